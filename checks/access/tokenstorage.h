// access.token-storage: the app keeps its tokens in the device's safe storage, not in plain files.
// observed: "places": [{"store","api","what": token|unknown,"file","line","safe": bool}]: where code or an app package
// keeps things; "stacks": [react-native|flutter|capacitor|ios|android|web]; "files": how many were read.
#pragma once

#include "checks/access/tokenplaces.h"
#include "checks/engine/check.h"

namespace cockpit {

Check tokenStorageCheck();
Judged judgeTokenStorage(const access::TokenPlaces &read);

} // namespace cockpit
