#include "checks/net/clienthello.h"

#include "checks/net/addressspace.h"

#include <QRandomGenerator>

#include <array>
#include <span>

namespace cockpit {

namespace {

// RFC 8446 section 4.2, RFC 5746
constexpr quint16 kServerName = 0;
constexpr quint16 kSupportedGroups = 10;
constexpr quint16 kEcPointFormats = 11;
constexpr quint16 kSignatureAlgorithms = 13;
constexpr quint16 kSupportedVersions = 43;
constexpr quint16 kKeyShare = 51;
constexpr quint16 kRenegotiationInfo = 0xff01;

constexpr quint8 kHandshakeRecord = 22;
constexpr quint8 kClientHello = 1;

// Every family that a server may insist on: what is tested here is the version, not the cipher.
constexpr std::array<quint16, 3> kTls13Suites = {0x1301, 0x1302, 0x1303};
constexpr std::array<quint16, 12> kTls12Suites = {0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8,
                                                  0x009e, 0x009f, 0x009c, 0x009d, 0x003c, 0x003d};
constexpr std::array<quint16, 13> kOldSuites = {0xc009, 0xc013, 0xc00a, 0xc014, 0x0033, 0x0039, 0x002f,
                                                0x0035, 0xc012, 0x0016, 0x000a, 0x0005, 0x0004};

// x25519, secp256r1, secp384r1, secp521r1
constexpr std::array<quint16, 4> kUsualGroups = {0x001d, 0x0017, 0x0018, 0x0019};
constexpr std::array<quint16, 12> kSignatures = {0x0403, 0x0503, 0x0603, 0x0807, 0x0804, 0x0805,
                                                 0x0806, 0x0401, 0x0501, 0x0601, 0x0203, 0x0201};

QByteArray u8(int value)
{
    return QByteArray(1, static_cast<char>(value));
}

QByteArray u16(int value)
{
    return u8(value >> 8) + u8(value);
}

QByteArray u24(int value)
{
    return u8(value >> 16) + u16(value);
}

QByteArray withLength16(const QByteArray &bytes)
{
    return u16(static_cast<int>(bytes.size())) + bytes;
}

QByteArray list(std::span<const quint16> values)
{
    QByteArray bytes;
    for (const quint16 value : values)
        bytes += u16(value);
    return bytes;
}

QByteArray extension(quint16 type, const QByteArray &body)
{
    return u16(type) + withLength16(body);
}

QByteArray randomBytes(int count)
{
    QByteArray bytes;
    while (bytes.size() < count)
        bytes += u8(static_cast<int>(QRandomGenerator::global()->bounded(256)));
    return bytes;
}

int wireVersion(TlsVersion version)
{
    switch (version) {
    case TlsVersion::Ssl3:
        return 0x0300;
    case TlsVersion::Tls10:
        return 0x0301;
    case TlsVersion::Tls11:
        return 0x0302;
    case TlsVersion::Tls12:
        return 0x0303;
    case TlsVersion::Tls13:
        return 0x0304;
    }
    Q_UNREACHABLE();
}

QByteArray usualSuites(TlsVersion version)
{
    if (version == TlsVersion::Tls13)
        return list(kTls13Suites);
    return (version == TlsVersion::Tls12 ? list(kTls12Suites) : QByteArray()) + list(kOldSuites);
}

QByteArray serverNameExtension(const QString &serverName)
{
    if (serverName.isEmpty() || isIpAddress(serverName))
        return {};
    return extension(kServerName, withLength16(u8(0) + withLength16(serverName.toLatin1())));
}

QByteArray extensions(const HelloOffer &offer)
{
    const std::span<const quint16> groups =
        offer.groups.empty() ? std::span<const quint16>(kUsualGroups) : std::span<const quint16>(offer.groups);
    QByteArray bytes = serverNameExtension(offer.serverName);
    bytes += extension(kSupportedGroups, withLength16(list(groups)));
    bytes += extension(kEcPointFormats, u8(1) + u8(0));
    if (offer.version >= TlsVersion::Tls12)
        bytes += extension(kSignatureAlgorithms, withLength16(list(kSignatures)));
    if (offer.version == TlsVersion::Tls13) {
        bytes += extension(kSupportedVersions, u8(2) + u16(wireVersion(offer.version)));
        bytes += extension(kKeyShare, withLength16({}));
    } else {
        bytes += extension(kRenegotiationInfo, u8(0));
    }
    return bytes;
}

} // namespace

QByteArray clientHello(const HelloOffer &offer)
{
    // TLS 1.3 hides behind the numbers of 1.2, and sends a session id to look like it (RFC 8446 section 4.1.2).
    const TlsVersion shown = std::min(offer.version, TlsVersion::Tls12);
    const QByteArray sessionId = offer.version == TlsVersion::Tls13 ? randomBytes(32) : QByteArray();
    QByteArray hello = u16(wireVersion(shown)) + randomBytes(32);
    hello += u8(static_cast<int>(sessionId.size())) + sessionId;
    hello += withLength16(offer.suites.empty() ? usualSuites(offer.version) : list(offer.suites));
    hello += u8(1) + u8(0); // no compression
    if (offer.version > TlsVersion::Ssl3)
        hello += withLength16(extensions(offer));
    const QByteArray message = u8(kClientHello) + u24(static_cast<int>(hello.size())) + hello;
    const int recordVersion = wireVersion(std::min(offer.version, TlsVersion::Tls10));
    return u8(kHandshakeRecord) + u16(recordVersion) + withLength16(message);
}

QByteArray clientHello(TlsVersion version, const QString &serverName)
{
    return clientHello({.version = version, .serverName = serverName});
}

} // namespace cockpit
