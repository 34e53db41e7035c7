// Whether an answer can tell what somebody gets at an address, whatever it says. Nothing that was not heard to its end
// proves anything, neither for nor against.
#pragma once

#include "checks/net/httpclient.h"

#include <optional>

namespace cockpit {

// No: none came, or it was cut off, or it is a limit, a test for robots or of a broken server.
bool tellsWhatIsThere(const std::optional<HttpResponse> &answer);

} // namespace cockpit
