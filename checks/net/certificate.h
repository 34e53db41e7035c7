// Reads an X.509 certificate into the plain value that judges see.
#pragma once

#include "checks/net/opensslhandles.h"
#include "checks/net/tlsprobe.h"

namespace cockpit {

Certificate readCertificate(X509 *x509);

} // namespace cockpit
