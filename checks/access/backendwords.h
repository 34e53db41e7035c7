// What is said of backend services whose words differ from kind to kind.
#pragma once

#include "checks/access/backends.h"

namespace cockpit {

// Why anybody is, or can become, its administrator.
QString unclaimedWords(BackendKind kind);

} // namespace cockpit
