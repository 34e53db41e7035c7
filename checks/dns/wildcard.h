// What a zone answers for names that nobody made: a wildcard's answer says nothing about the name that was asked for
// (RFC 4592), and some servers say "no such record" in place of "no such name" (compact denial, RFC 9824).
#pragma once

#include "checks/engine/observations.h"
#include "checks/net/dnsclient.h"

#include <vector>

namespace cockpit {

struct MadeUpNames
{
    QStringList names;                      // that were asked for
    std::vector<Result<DnsAnswer>> answers; // A of each

    bool hasWildcard() const;
    // The servers never say that a name does not exist.
    bool areDeniedCompactly() const;
    // Is this what a made-up name would have got, too?
    bool explain(const DnsAnswer &answer) const;
    // Where an alias for all names leads; empty without one.
    QStringList aliasChain() const;
};

// Asks for two of them below the domain; once in a run, whoever needs to know.
struct AskMadeUpNames
{
    using Answer = MadeUpNames;
    QString domain;
    QString key() const { return domain; }
    int roundTrips() const { return 0; } // its look-ups ask
};
// No failure of its own: silence is among the answers.
[[nodiscard]] Result<MadeUpNames> probe(const AskMadeUpNames &question, ProbeContext &context);

} // namespace cockpit
