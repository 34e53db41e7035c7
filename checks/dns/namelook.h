// How the checks that look at all names of a product begin and end.
#pragma once

#include "checks/dns/foundnames.h"
#include "checks/engine/check.h"

#include <functional>

namespace cockpit {

// What lookFurther makes of the names; or the reason why nobody can look: the domain is this computer, does not exist,
// or its name servers are silent.
Judged lookAtNames(const Look &look, const std::function<Judged(const FoundNames &)> &lookFurther);

// A look that could not be made has not seen what an earlier one spoke of: by their subjects the next look knows what
// to ask for again. Without effect on any other judgement.
void keepInMind(const QStringList &subjects, Judged &judged);

} // namespace cockpit
