#include "checks/net/clienthello.h"

#include <QCoreApplication>

#include <optional>

namespace cockpit {

namespace {

constexpr int kAlertRecord = 21;
constexpr int kHandshakeRecord = 22;
constexpr int kServerHello = 2;
constexpr int kWarningAlert = 1;
constexpr int kCloseNotify = 0;
constexpr int kSupportedVersions = 43;
constexpr qsizetype kRecordHeader = 5;
constexpr qsizetype kLongestRecord = 16384 + 2048; // RFC 5246 section 6.2.3

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TlsProbe)
};

// Reads big-endian numbers from the front; asking for more than there is makes it broken instead of reading on.
class Reader
{
public:
    explicit Reader(QByteArrayView bytes) : m_rest(bytes) {}

    int number(int octets)
    {
        int value = 0;
        for (const char byte : bytes(octets))
            value = value << 8 | static_cast<unsigned char>(byte);
        return value;
    }
    QByteArrayView bytes(qsizetype count)
    {
        if (count > m_rest.size()) {
            m_isBroken = true;
            m_rest = {};
            return {};
        }
        const QByteArrayView front = m_rest.first(count);
        m_rest = m_rest.sliced(count);
        return front;
    }
    bool isEmpty() const { return m_rest.isEmpty(); }
    bool isBroken() const { return m_isBroken; }

private:
    QByteArrayView m_rest;
    bool m_isBroken = false;
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

// RFC 8446 section 4.2.1: a server that speaks 1.3 says so in this extension, and 1.2 in the old place.
int selectedVersion(Reader extensions, int otherwise)
{
    while (!extensions.isEmpty() && !extensions.isBroken()) {
        const int type = extensions.number(2);
        Reader body(extensions.bytes(extensions.number(2)));
        if (type == kSupportedVersions)
            return body.number(2);
    }
    return otherwise;
}

// struct { version(2) random(32) session_id<0..32> cipher_suite(2) compression(1) extensions<0..2^16-1> }
Result<HelloAnswer> parseServerHello(Reader message)
{
    const int legacyVersion = message.number(2);
    message.bytes(32);
    message.bytes(message.number(1));
    HelloAnswer answer{.kind = HelloKind::ServerHello};
    answer.cipher = static_cast<std::uint16_t>(message.number(2));
    message.bytes(1);
    if (message.isBroken())
        return notTls();
    int version = legacyVersion;
    if (!message.isEmpty())
        version = selectedVersion(Reader(message.bytes(message.number(2))), legacyVersion);
    const auto known = versionFromWire(version);
    if (!known || message.isBroken())
        return notTls();
    answer.version = *known;
    return answer;
}

Result<HelloAnswer> parseHandshake(QByteArrayView record)
{
    Reader reader(record);
    const int type = reader.number(1);
    const QByteArrayView message = reader.bytes(reader.number(3));
    if (type != kServerHello || reader.isBroken())
        return notTls();
    return parseServerHello(Reader(message));
}

} // namespace

Result<HelloAnswer> parseHelloAnswer(QByteArrayView bytes)
{
    while (bytes.size() >= kRecordHeader) {
        Reader header(bytes);
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
        Reader alert(record);
        const int level = alert.number(1);
        const int description = alert.number(1);
        if (alert.isBroken())
            return notTls();
        // "I do not know that name" comes as a warning, and the handshake goes on.
        if (level != kWarningAlert || description == kCloseNotify)
            return HelloAnswer{.kind = HelloKind::Alert, .alert = static_cast<std::uint8_t>(description)};
        bytes = bytes.sliced(kRecordHeader + length);
    }
    // Other protocols that greet first are told apart by their first byte, without waiting for more.
    if (!bytes.isEmpty() && bytes.front() != kAlertRecord && bytes.front() != kHandshakeRecord)
        return notTls();
    return HelloAnswer{};
}

} // namespace cockpit
