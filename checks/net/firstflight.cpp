#include "checks/net/finitefield.h"
#include "checks/net/tlsrecord.h"

#include <bit>

namespace cockpit {

namespace {

constexpr int kServerKeyExchange = 12;
constexpr int kServerHelloDone = 14;

// What the handshake records say one after the other.
struct Stream
{
    QByteArray messages;
    bool isOver = false; // something else came
};

bool isWarning(QByteArrayView record)
{
    const TlsAlert alert = readAlert(record);
    return !alert.isCut && !alert.endsTheHandshake();
}

Stream handshakeStream(QByteArrayView bytes)
{
    Stream stream;
    while (bytes.size() >= kRecordHeader) {
        ByteReader header(bytes);
        const int type = header.number(1);
        header.number(2);
        const qsizetype length = header.number(2);
        stream.isOver = (type != kHandshakeRecord && type != kAlertRecord) || length > kLongestRecord;
        if (stream.isOver || bytes.size() < kRecordHeader + length)
            return stream;
        const QByteArrayView record = bytes.sliced(kRecordHeader, length);
        if (type == kHandshakeRecord)
            stream.messages += record;
        else if (!isWarning(record))
            return {stream.messages, true};
        bytes = bytes.sliced(kRecordHeader + length);
    }
    return stream;
}

// struct { opaque dh_p<1..2^16-1>; … } ServerDHParams (RFC 5246 section 7.4.3)
PrimeRead primeIn(QByteArrayView message)
{
    ByteReader reader(message);
    QByteArrayView prime = reader.bytes(reader.number(2));
    while (!prime.isEmpty() && prime.front() == 0)
        prime = prime.sliced(1);
    if (reader.isBroken() || prime.isEmpty())
        return {FlightState::Absent, 0};
    const auto first = static_cast<unsigned char>(prime.front());
    return {FlightState::Found, static_cast<int>(8 * (prime.size() - 1)) + std::bit_width(first)};
}

} // namespace

PrimeRead readPrime(QByteArrayView bytes)
{
    const Stream stream = handshakeStream(bytes);
    ByteReader reader(stream.messages);
    while (!reader.isEmpty()) {
        const int type = reader.number(1);
        const QByteArrayView message = reader.bytes(reader.number(3));
        if (reader.isBroken())
            break; // not all of it has come
        if (type == kServerKeyExchange)
            return primeIn(message);
        if (type == kServerHelloDone)
            return {FlightState::Absent, 0};
    }
    return {stream.isOver ? FlightState::Absent : FlightState::NeedMore, 0};
}

} // namespace cockpit
