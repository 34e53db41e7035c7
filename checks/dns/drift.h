// dns.drift: the records of the domain are still those that a person accepted as right.
// observed: looked_at, accepted_at|null, records[{name, type, values[]|null, problem|null}], sightings[{name, type,
// values[], first_seen}]; values null: it could not be looked at.
#pragma once

#include "checks/engine/check.h"
#include "checks/net/dnsclient.h"
#include "models/dnsbaseline.h"

namespace cockpit {

// A set as it is now.
struct DriftLook
{
    QString name;
    QString type;
    std::optional<QStringList> values; // none: could not look. A failure or silence is never a difference
    QString problem;                   // then: why
    QStringList keys = {};             // of a DKIM key behind a provider's alias, which is all that `values` says

    DnsRecordSet set() const { return {name, type, values.value_or(QStringList())}; }
};

struct DriftFacts
{
    Target target;
    DnsHistory known;
    std::vector<DriftLook> present;
    std::vector<DriftLook> second; // the same from another resolver, for sets that differ
    QDateTime now;
};

Check driftCheck();
// A difference counts once two looks agree on it: two resolvers, or two looks a minute apart. While a second resolver
// sees what was accepted it does not count; where that sees yet something else, what is found is a lead.
Judged judgeDrift(const DriftFacts &facts);

// Is it as it was accepted, be it in the words of an earlier version: addresses of a platform one by one, and the key
// behind a provider's alias as such?
bool isAsAccepted(const DnsRecordSet &accepted, const DriftLook &look);

// Those of `present` that differ from the baseline.
std::vector<DriftLook> changedSets(const DnsHistory &known, const Target &target,
                                   const std::vector<DriftLook> &present);

} // namespace cockpit
