// What an earlier look saw of backend services and this one may not: a table that the pages no longer name is not gone
// by that, and neither is what a stranger got from it. Pure.
#pragma once

#include "checks/access/backendreads.h"
#include "checks/engine/lookgaps.h"

namespace cockpit {

// Adds the names that gave a stranger something when `before` was observed, as far as their number allows: whatever is
// found there ends by an answer, and not by silence. Of the same service alone (kind and origin).
void recallNames(BackendFound &found, const QJsonObject &before);

// What may still be open and was not asked in this look: a service that the pages no longer name, or whose answer
// showed something else this time; and what such looks had noted before.
std::vector<Unseen> unaskedBackends(const QJsonObject &before, const std::vector<BackendLook> &looks);

// The judgement with those gaps: they close no finding, and the summary names them.
Judged withUnaskedBackends(Judged judged, const std::vector<Unseen> &gaps);

} // namespace cockpit
