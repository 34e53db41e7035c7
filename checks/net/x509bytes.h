// OpenSSL's certificates from bytes and to bytes.
#pragma once

#include "checks/net/opensslhandles.h"

#include <QByteArray>
#include <QDateTime>

#include <openssl/ct.h>

namespace cockpit {

// Null for what is no certificate.
X509Ptr x509From(const QByteArray &der);
QByteArray logIdOf(const SCT *sct);
// The octets of its INTEGER, a leading zero included.
QByteArray serialOf(X509 *x509);
// Null for none, and for what is no time.
QDateTime timeOf(const ASN1_TIME *time);

} // namespace cockpit
