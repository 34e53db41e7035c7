#include "checks/net/clienthello.h"
#include "checks/net/tlsrecord.h"

#include <QCoreApplication>

#include <optional>

namespace cockpit {

namespace {

constexpr int kServerHello = 2;
constexpr int kSupportedVersions = 43;
constexpr int kKeyShare = 51;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TlsProbe)
};

tl::unexpected<Error> notTls()
{
    return failure(ErrorKind::Protocol, Text::tr("The answer is not TLS."));
}

std::optional<TlsVersion> versionFromWire(int number)
{
    switch (number) {
    case 0x0300:
        return TlsVersion::Ssl3;
    case 0x0301:
        return TlsVersion::Tls10;
    case 0x0302:
        return TlsVersion::Tls11;
    case 0x0303:
        return TlsVersion::Tls12;
    case 0x0304:
        return TlsVersion::Tls13;
    default: // a number from the wire
        return std::nullopt;
    }
}

// What the extensions of a ServerHello say.
struct Selected
{
    int version = 0;
    int group = 0;
};

// RFC 8446 sections 4.2.1 and 4.2.8: a server that speaks 1.3 says so in an extension, and 1.2 in the old place; its
// key share begins with the group, in a HelloRetryRequest too.
Selected readExtensions(ByteReader extensions, int legacyVersion)
{
    Selected selected{.version = legacyVersion};
    while (!extensions.isEmpty() && !extensions.isBroken()) {
        const int type = extensions.number(2);
        ByteReader body(extensions.bytes(extensions.number(2)));
        if (type == kSupportedVersions)
            selected.version = body.number(2);
        else if (type == kKeyShare)
            selected.group = body.number(2);
    }
    return selected;
}

// RFC 8446 section 4.1.3: the random of a ServerHello that is a HelloRetryRequest.
QByteArray retryRandom()
{
    static const QByteArray random =
        QByteArray::fromHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");
    return random;
}

// struct { version(2) random(32) session_id<0..32> cipher_suite(2) compression(1) extensions<0..2^16-1> }
Result<HelloAnswer> parseServerHello(ByteReader message)
{
    const int legacyVersion = message.number(2);
    HelloAnswer answer{.kind = HelloKind::ServerHello};
    answer.isRetry = message.bytes(32) == retryRandom();
    message.bytes(message.number(1));
    answer.cipher = static_cast<std::uint16_t>(message.number(2));
    message.bytes(1);
    if (message.isBroken())
        return notTls();
    Selected selected{.version = legacyVersion};
    if (!message.isEmpty())
        selected = readExtensions(ByteReader(message.bytes(message.number(2))), legacyVersion);
    const auto known = versionFromWire(selected.version);
    if (!known || message.isBroken())
        return notTls();
    answer.version = *known;
    answer.group = static_cast<std::uint16_t>(selected.group);
    return answer;
}

Result<HelloAnswer> parseHandshake(QByteArrayView record)
{
    ByteReader reader(record);
    const int type = reader.number(1);
    const QByteArrayView message = reader.bytes(reader.number(3));
    if (type != kServerHello || reader.isBroken())
        return notTls();
    return parseServerHello(ByteReader(message));
}

} // namespace

Result<HelloAnswer> parseHelloAnswer(QByteArrayView bytes)
{
    while (bytes.size() >= kRecordHeader) {
        ByteReader header(bytes);
        const int type = header.number(1);
        const int version = header.number(2);
        const qsizetype length = header.number(2);
        if ((type != kAlertRecord && type != kHandshakeRecord) || version >> 8 != 3 || length > kLongestRecord)
            return notTls();
        if (bytes.size() < kRecordHeader + length)
            return HelloAnswer{};
        const QByteArrayView record = bytes.sliced(kRecordHeader, length);
        if (type == kHandshakeRecord)
            return parseHandshake(record);
        const TlsAlert alert = readAlert(record);
        if (alert.isCut)
            return notTls();
        if (alert.endsTheHandshake())
            return HelloAnswer{.kind = HelloKind::Alert, .alert = static_cast<std::uint8_t>(alert.description)};
        bytes = bytes.sliced(kRecordHeader + length);
    }
    // Other protocols that greet first are told apart by their first byte, without waiting for more.
    if (!bytes.isEmpty() && bytes.front() != kAlertRecord && bytes.front() != kHandshakeRecord)
        return notTls();
    return HelloAnswer{};
}

} // namespace cockpit
