// Reads an X.509 certificate into the plain value that judges see.
#pragma once

#include "checks/net/opensslhandles.h"
#include "checks/net/tlsprobe.h"

#include <span>

namespace cockpit {

Certificate readCertificate(X509 *x509);

// The way back, without what is no certificate.
std::vector<X509Ptr> certificatesFrom(std::span<const Certificate> chain);
// As OpenSSL wants them; they stay the owner's.
std::vector<X509 *> pointersTo(std::span<const X509Ptr> owned);

} // namespace cockpit
