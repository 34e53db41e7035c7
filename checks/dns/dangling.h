// dns.dangling: no record leads to a name that is given up. Two levels: "leads nowhere, remove it" is certain; "a
// stranger could claim it" is likely, and said only when the domain is free at its registry, or when the service hands
// the name to anybody and says itself that it has no such site. Never by a text alone. Beside them a maybe: an address
// at a cloud where nobody answers, or somebody else does. A name weighs more when cookies, the API's permissions or a
// sign-in come with it (namereach.h).
// observed: references[{kind, from, target, alias_end (the missing name behind the target's aliases|null), hops[],
// via, state, claim ("free_domain"|"free_name"|null), service|null,
// domain ("held"|"free"|"unclear"|null)}], addresses[{name, address, cloud, state, certificate_names[]}], names,
// wildcard, unclear (references, records and addresses), not_seen (models/unseen.h).
#pragma once

#include "checks/dns/cloudaddresses.h"
#include "checks/dns/namereach.h"
#include "checks/dns/references.h"
#include "checks/engine/check.h"

namespace cockpit {

struct DanglingFacts
{
    QString domain;
    std::vector<SeenReference> references;
    int names = 0; // that were looked at
    bool hasWildcard = false;
    NameReach reach = {};
    QStringList problems = {}; // what could not be read: where it leads is unclear
    std::vector<SeenAddress> addresses = {};
    std::vector<ReferenceKind> incomplete = {}; // kinds of references of which not all were read
    QStringList unanswered = {}; // names that an earlier look knew, and of which nobody knows whether they are there
    QJsonObject before = {};     // what the last look observed
};

// What an earlier look spoke of, or did not see either, by the words of Finding::subject.
QStringList danglingSubjects(const QJsonObject &before);
// Of such a subject the name that tells of it when it is asked for; empty for what mail, reports and pages name, which
// is read in another way.
QString nameToldBy(const QString &subject);

Check danglingCheck();
Judged judgeDangling(const DanglingFacts &facts);

} // namespace cockpit
