#include "tests/lab/scriptedtls.h"

#include "checks/net/bytereader.h"

#include <algorithm>

namespace cockpit::lab {

namespace {

constexpr int kWireTls12 = 0x0303;
constexpr int kWireTls13 = 0x0304;

QByteArray number(int value, int octets)
{
    QByteArray bytes;
    for (int i = octets; i-- > 0;)
        bytes += static_cast<char>(value >> (8 * i));
    return bytes;
}

QByteArray sized(const QByteArray &bytes, int octets)
{
    return number(static_cast<int>(bytes.size()), octets) + bytes;
}

QByteArray record(int type, const QByteArray &body, int version = kWireTls12)
{
    return number(type, 1) + number(version, 2) + sized(body, 2);
}

QByteArray message(int type, const QByteArray &body)
{
    return number(type, 1) + sized(body, 3);
}

int wire(TlsVersion version)
{
    return 0x0300 + static_cast<int>(version);
}

std::vector<quint16> numbersIn(QByteArrayView bytes)
{
    std::vector<quint16> values;
    ByteReader reader(bytes);
    while (!reader.isEmpty() && !reader.isBroken())
        values.push_back(static_cast<quint16>(reader.number(2)));
    return values;
}

void readExtension(int type, QByteArrayView body, SeenHello &hello)
{
    ByteReader reader(body);
    if (type == 43) {
        for (const quint16 version : numbersIn(reader.bytes(reader.number(1))))
            hello.version = std::max<int>(hello.version, version);
    } else if (type == 10) {
        hello.groups = numbersIn(reader.bytes(reader.number(2)));
    } else if (type == 0) {
        reader.number(2);
        reader.number(1);
        hello.serverName = reader.bytes(reader.number(2)).toByteArray();
    }
}

std::optional<quint16> firstShared(const std::vector<quint16> &ours, const std::vector<quint16> &theirs)
{
    const auto it =
        std::ranges::find_if(ours, [&](quint16 one) { return std::ranges::find(theirs, one) != theirs.end(); });
    return it == ours.end() ? std::nullopt : std::optional(*it);
}

QByteArray serverHello(int legacyVersion, const QByteArray &random, int suite, const QByteArray &extensions)
{
    const QByteArray body = number(legacyVersion, 2) + random + number(0, 1) + number(suite, 2) + number(0, 1) +
                            (extensions.isEmpty() ? QByteArray() : sized(extensions, 2));
    return message(2, body);
}

QByteArray retryFor(int group)
{
    static const QByteArray random =
        QByteArray::fromHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");
    const QByteArray extensions =
        number(43, 2) + sized(number(kWireTls13, 2), 2) + number(51, 2) + sized(number(group, 2), 2);
    return record(22, serverHello(kWireTls12, random, 0x1301, extensions));
}

bool hasFiniteField(int suite)
{
    static const std::vector<int> suites{0x009e, 0x009f, 0x0033, 0x0039, 0x0067, 0x006b, 0x0016};
    return std::ranges::find(suites, suite) != suites.end();
}

// The rest of a flight with a Diffie-Hellman prime of so many bits, each message in two records.
QByteArray keyExchange(int bits)
{
    QByteArray prime((bits + 7) / 8, '\xff');
    if (bits % 8 != 0)
        prime[0] = static_cast<char>((1 << (bits % 8)) - 1);
    const QByteArray parameters = sized(prime, 2) + sized(QByteArray(1, '\2'), 2) + sized(prime, 2);
    const QByteArray whole = message(11, sized({}, 3)) + message(12, parameters) + message(14, {});
    return record(22, whole.first(9)) + record(22, whole.sliced(9));
}

QByteArray answerTo(const SeenHello &hello, const TlsTraits &traits)
{
    const auto alert = [](int why) { return record(21, number(2, 1) + number(why, 1)); };
    const auto speaks = [&](int version) {
        return std::ranges::any_of(traits.versions, [&](TlsVersion v) { return wire(v) == version; });
    };
    if (hello.version == kWireTls13 && speaks(kWireTls13)) {
        const auto group = firstShared(traits.groups, hello.groups);
        return group ? retryFor(*group) : alert(40);
    }
    int version = std::min(hello.version, kWireTls12);
    while (version >= 0x0300 && !speaks(version))
        --version;
    if (version < 0x0300)
        return alert(70);
    const bool isOld = version < kWireTls12 && !traits.oldSuites.empty();
    const auto suite = firstShared(isOld ? traits.oldSuites : traits.suites, hello.suites);
    if (!suite)
        return alert(40);
    return record(22, serverHello(version, QByteArray(32, 'r'), *suite, {}), version) +
           (hasFiniteField(*suite) ? keyExchange(traits.primeBits) : QByteArray());
}

} // namespace

std::optional<SeenHello> readClientHello(const QByteArray &bytes)
{
    ByteReader record(bytes);
    const int type = record.number(1);
    record.number(2);
    ByteReader handshake(record.bytes(record.number(2)));
    if (type != 22 || handshake.number(1) != 1)
        return std::nullopt;
    ByteReader body(handshake.bytes(handshake.number(3)));
    SeenHello hello{.version = body.number(2)};
    body.bytes(32);
    body.bytes(body.number(1));
    hello.suites = numbersIn(body.bytes(body.number(2)));
    body.bytes(body.number(1));
    if (body.isBroken())
        return std::nullopt;
    ByteReader extensions(body.isEmpty() ? QByteArrayView() : body.bytes(body.number(2)));
    while (!extensions.isEmpty() && !extensions.isBroken()) {
        const int extension = extensions.number(2);
        readExtension(extension, extensions.bytes(extensions.number(2)), hello);
    }
    return hello;
}

Script scriptedTls(const TlsTraits &traits)
{
    return [traits](Connection &connection) {
        QByteArray received;
        std::optional<SeenHello> hello;
        while (!hello) {
            const QByteArray more = connection.readSome();
            if (more.isEmpty())
                return;
            received += more;
            hello = readClientHello(received);
        }
        const QByteArray answer = answerTo(*hello, traits);
        if (traits.isMuteWhenRefusing && answer.front() == '\x15') {
            connection.hang();
            return;
        }
        if (traits.closesWhenRefusing && answer.front() == '\x15')
            return;
        connection.write((traits.warnsFirst ? QByteArray::fromHex("15030300020170") : QByteArray()) + answer);
    };
}

} // namespace cockpit::lab
