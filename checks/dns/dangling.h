// dns.dangling: no record leads to a name that is given up. Two levels: "leads nowhere, remove it" is certain; "a
// stranger could claim it" is likely, and said only when the domain is free at its registry, or when the service hands
// the name to anybody and says itself that it has no such site. Never by a text alone.
// observed: references[{kind, from, target, hops[], via, state, claim ("free_domain"|"free_name"|null), service|null,
// domain ("held"|"free"|"unclear"|null)}], names, wildcard, unclear (references and records).
#pragma once

#include "checks/dns/references.h"
#include "checks/engine/check.h"

namespace cockpit {

struct DanglingFacts
{
    QString domain;
    std::vector<SeenReference> references;
    int names = 0; // that were looked at
    bool hasWildcard = false;
    // A page sets cookies for the domain and all below it: who gets a name of it gets the cookies, too.
    bool setsWideCookies = false;
    QStringList problems = {}; // what could not be read: where it leads is unclear
};

Check danglingCheck();
Judged judgeDangling(const DanglingFacts &facts);

} // namespace cockpit
