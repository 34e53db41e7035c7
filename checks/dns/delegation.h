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

// Asks two of the parent's servers directly. Empty when that is not to be had: a resolver that knows only this domain,
// servers that do not answer, or one server in charge of both zones, which shows its own list and not the delegation.
std::optional<Delegation> delegationOf(const QString &domain, Observations &seen);

} // namespace cockpit
