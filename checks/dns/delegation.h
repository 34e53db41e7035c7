// What the zone above says about who is in charge of a domain: resolvers follow that, not what the domain says itself.
#pragma once

#include "checks/engine/observations.h"
#include "models/finding.h"

#include <QStringList>

#include <optional>

namespace cockpit {

struct Delegation
{
    QString parent;      // the zone that delegates: "com"
    QStringList servers; // as listed there; sorted, without repetitions
    Evidence evidence;
};

// What it means when a resolver refuses every name above. REFUSED says nothing about a zone (RFC 1035 section 4.1.1):
// one that knows this domain alone answers so, and so does an office's, of a domain that elsewhere has a zone above.
enum class RefusedAbove {
    IsNone,  // there is nothing to be seen
    IsError, // nobody said
};

// Asks two of the parent's servers directly. Empty where there is none to be seen: a resolver that knows only this
// domain, or one server in charge of both zones, which shows its own list and not the delegation. An error when nobody
// said: whatever the zone above leads to may be there.
[[nodiscard]] Result<std::optional<Delegation>> delegationOf(const QString &domain, Observations &seen,
                                                             RefusedAbove refused = RefusedAbove::IsNone);

} // namespace cockpit
