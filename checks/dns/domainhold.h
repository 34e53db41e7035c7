// Does a domain belong to somebody? The registry's record and the name servers of the suffix have to agree before it is
// called free.
#pragma once

#include "checks/engine/probe.h"
#include "models/finding.h"

#include <QString>

#include <vector>

namespace cockpit {

enum class DomainHold { Held, Free, Unclear };

struct DomainHolding
{
    DomainHold hold = DomainHold::Unclear;
    bool isConfirmed = false; // Free: a name server of the suffix itself denies it, too
    QString why;              // Unclear: a sentence for people
    std::vector<Evidence> evidence;

    bool operator==(const DomainHolding &) const = default;
};

// domain: as registries have it (registryDomain()).
struct WhoHolds
{
    using Answer = DomainHolding;
    QString domain;
    QString key() const { return domain; }
    int roundTrips() const { return 0; } // its questions ask
};
// No failure of its own: what cannot be found out is Unclear.
[[nodiscard]] Result<DomainHolding> probe(const WhoHolds &question, ProbeContext &context);

} // namespace cockpit
