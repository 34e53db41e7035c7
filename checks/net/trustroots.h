// The roots that a certificate is judged by: the system's and those of --ca-file.
#pragma once

#include "checks/net/opensslhandles.h"
#include "models/result.h"

#include <QString>

namespace cockpit {

// BadInput when the file cannot be read or holds no certificate. An empty name means the system's roots alone.
[[nodiscard]] Result<X509StorePtr> loadTrustRoots(const QString &caFile);

// OpenSSL's oldest unread error in words, and forgets the rest. Empty when there is none.
QString takeOpenSslError();

} // namespace cockpit
