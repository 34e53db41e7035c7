// Does the zone above lead to the servers that the domain names itself?
#pragma once

#include "checks/dns/authoritative.h"

namespace cockpit {

// What the domain's own servers say; sorted. Empty when none of them answered as one.
QStringList ownServersOf(const QString &domain, const std::vector<ServerAnswer> &servers);

// Names the differences; empty when there are none, or when `own` is empty and there is nothing to compare.
std::optional<Finding> judgeDelegation(const QString &domain, const QStringList &own, const Delegation &delegation);

} // namespace cockpit
