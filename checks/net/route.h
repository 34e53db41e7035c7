// Whether this network has a way somewhere.
#pragma once

#include "checks/engine/netoptions.h"

namespace cockpit {

// Asks the system alone and sends nothing: without IPv6 at home there is no way to any address of it.
bool hasRouteTo(const SocketAddress &address);

} // namespace cockpit
