// Alternative services (RFC 7838): other doors that an answer tells browsers to use from now on.
#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace cockpit {

struct AltService
{
    QByteArray protocol;   // its ALPN name, decoded: "h3", "h2"
    QString host;          // A-labels or an address without brackets; empty: the host that answered
    int port = 0;          // 1 to 65535
    qint64 maxAge = 86400; // seconds that it may be kept
    bool persists = false; // over a change of network
    bool operator==(const AltService &) const = default;
};

struct AltServices
{
    bool clears = false;   // "clear": all that were named before are to be forgotten
    bool isBroken = false; // a member that is none; browsers pass over it, and so do we
    std::vector<AltService> services;
    bool operator==(const AltServices &) const = default;
};

constexpr size_t kMostAltServices = 16;

// Alt-Svc = "clear" / 1#( protocol-id "=" quoted-string *( OWS ";" OWS parameter ) ), section 3. lines: each field as
// it came. What is named behind kMostAltServices is left out.
AltServices parseAltServices(const std::vector<QByteArray> &lines);

} // namespace cockpit
