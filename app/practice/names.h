// The names of the practice company. All are under .example, which nobody can register (RFC 2606).
#pragma once

#include <QByteArray>

namespace cockpit {

inline const QByteArray kDomain = "acme-ops.example";
inline const QByteArray kWwwHost = "www.acme-ops.example";
inline const QByteArray kAppHost = "app.acme-ops.example";
inline const QByteArray kApiHost = "api.acme-ops.example";
inline const QByteArray kBetaHost = "beta.acme-ops.example";
inline const QByteArray kStagingHost = "staging-api.acme-ops.example";
inline const QByteArray kDeskHost = "desk.acme-ops.example";
inline const QByteArray kOldHost = "old.acme-ops.example";
inline const QByteArray kMailHost = "mail.acme-ops.example";
inline const QByteArray kFirstNameServer = "ns1.acme-ops.example";
inline const QByteArray kLameNameServer = "ns2.acme-ops.example";

} // namespace cockpit
