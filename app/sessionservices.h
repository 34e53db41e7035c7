// What the window's session is given, from what was composed at start.
#pragma once

#include "app/composition.h"
#include "ui/session.h"

namespace cockpit {

// composition and credentials outlive the session.
SessionServices sessionServices(const Composition &composition, const NetOptions &net, CredentialStore &credentials);

} // namespace cockpit
