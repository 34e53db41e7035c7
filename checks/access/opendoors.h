// What a private address that lets a stranger in gives to tell. Pure.
#pragma once

#include "checks/access/unauthenticated.h"
#include "models/finding.h"

#include <optional>

namespace cockpit {

// Its subject is the route's name. isDeclared: a person or a document says that the route is private; else its name is
// all there is.
std::optional<Finding> findingFor(const AskedRoute &one, Admission admission, bool isDeclared);

} // namespace cockpit
