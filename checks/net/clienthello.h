// A TLS ClientHello made by hand, and the first answer to it. No cryptography: what a server is willing to speak shows
// in its ServerHello alone, and the local OpenSSL, which refuses to offer old versions, has no say in it.
#pragma once

#include "checks/net/tlsprobe.h"
#include "models/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace cockpit {

// What a hello offers.
struct HelloOffer
{
    TlsVersion version = TlsVersion::Tls12; // the highest one; exactly this one for TLS 1.3
    QString serverName = {};                // left out of the SNI when empty or an IP address
    std::vector<std::uint16_t> suites = {}; // empty: every usual one of the version
    std::vector<std::uint16_t> groups = {}; // empty: the usual ones

    bool operator==(const HelloOffer &) const = default;
};

// One record. A hello of TLS 1.3 carries no key share: a server that knows one of the groups has to name it in a
// HelloRetryRequest, so that it can be asked for groups that the local OpenSSL has never heard of.
QByteArray clientHello(const HelloOffer &offer);
// Offers exactly this version with everything that is usual.
QByteArray clientHello(TlsVersion version, const QString &serverName);

enum class HelloKind { NeedMore, ServerHello, Alert, Closed };

struct HelloAnswer
{
    HelloKind kind = HelloKind::NeedMore;
    TlsVersion version = TlsVersion::Tls13; // of a ServerHello
    std::uint16_t cipher = 0;               // of a ServerHello
    std::uint8_t alert = 0;                 // RFC 8446 section 6: handshake_failure(40), protocol_version(70), …
    std::uint16_t group = 0;                // that a ServerHello of TLS 1.3 chose; 0: none named
    bool isRetry = false;                   // the ServerHello is a HelloRetryRequest

    bool operator==(const HelloAnswer &) const = default;
};

// What the bytes received so far say. Warnings in front of a ServerHello are skipped. Protocol: this is not TLS.
[[nodiscard]] Result<HelloAnswer> parseHelloAnswer(QByteArrayView bytes);

} // namespace cockpit
