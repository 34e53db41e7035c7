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
// A difference counts once two looks agree: two resolvers, or two looks a minute apart. While a second resolver sees
// something else it does not count.
Judged judgeDrift(const DriftFacts &facts);

// Those of `present` that differ from the baseline.
std::vector<DriftLook> changedSets(const DnsHistory &known, const Target &target,
                                   const std::vector<DriftLook> &present);

} // namespace cockpit
