// The roots that a certificate is judged by: the system's and those of --ca-file.
#pragma once

#include "checks/engine/probe.h"
#include "checks/net/opensslhandles.h"

#include <QString>

#include <memory>

namespace cockpit {

// BadInput when the file cannot be read or holds no certificate. An empty name means the system's roots alone.
[[nodiscard]] Result<X509StorePtr> loadTrustRoots(const QString &caFile);

// The same, read once for a whole run: where the system keeps its roots in one file, reading them takes longer than a
// handshake. The store may be used from any thread.
struct TrustRoots
{
    using Answer = std::shared_ptr<X509_STORE>;
    QString caFile;
    QString key() const { return caFile; }
    int roundTrips() const { return 0; } // a file
};
[[nodiscard]] Result<std::shared_ptr<X509_STORE>> probe(const TrustRoots &question, ProbeContext &context);

// The roots that browsers bring along, as the system keeps them in its copy of Mozilla's list: without those that
// somebody added to this computer (a company's proxy, a developer's tool). Null where the system has no such copy.
struct PublicRoots
{
    using Answer = std::shared_ptr<X509_STORE>;
    QString key() const { return {}; }
    int roundTrips() const { return 0; } // files
};
[[nodiscard]] Result<std::shared_ptr<X509_STORE>> probe(const PublicRoots &question, ProbeContext &context);
// Of every certificate file in a folder; null when there is none.
X509StorePtr rootsIn(const QString &folder);

// OpenSSL's oldest unread error in words, and forgets the rest. Empty when there is none.
QString takeOpenSslError();

} // namespace cockpit
