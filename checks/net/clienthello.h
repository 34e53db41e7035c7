// A TLS ClientHello made by hand, and the first answer to it. No cryptography: what a server is willing to speak shows
// in its ServerHello alone, and the local OpenSSL, which refuses to offer old versions, has no say in it.
#pragma once

#include "checks/net/tlsprobe.h"
#include "models/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace cockpit {

// One record that offers exactly this version. An empty server name, or an IP address, is left out of the SNI.
QByteArray clientHello(TlsVersion version, const QString &serverName);

enum class HelloKind { NeedMore, ServerHello, Alert };

struct HelloAnswer
{
    HelloKind kind = HelloKind::NeedMore;
    TlsVersion version = TlsVersion::Tls13; // of a ServerHello
    std::uint16_t cipher = 0;               // of a ServerHello
    std::uint8_t alert = 0;                 // RFC 8446 section 6: handshake_failure(40), protocol_version(70), …

    bool operator==(const HelloAnswer &) const = default;
};

// What the bytes received so far say. Warnings in front of a ServerHello are skipped. Protocol: this is not TLS.
[[nodiscard]] Result<HelloAnswer> parseHelloAnswer(QByteArrayView bytes);

} // namespace cockpit
