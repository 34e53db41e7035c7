// First flights of TLS servers: what came as an answer to a hello of ours.
#include "fuzz/fuzz.h"

#include "checks/net/clienthello.h"
#include "checks/net/finitefield.h"

using namespace cockpit;

namespace {

// The first answer decides: what follows it changes nothing.
void checkAnswer(const QByteArray &bytes)
{
    const auto whole = parseHelloAnswer(bytes);
    promise(whole || whole.error().kind == ErrorKind::Protocol, "what is not TLS breaks the protocol");
    if (!whole)
        return;
    if (whole->kind == HelloKind::ServerHello)
        promise(bytes.size() >= 44, "a ServerHello has its random and its suite");
    if (whole->kind == HelloKind::NeedMore)
        promise(whole->cipher == 0 && whole->alert == 0, "nothing is known yet");
    for (const qsizetype cut : {bytes.size() / 3, bytes.size() / 2, bytes.size() - 1}) {
        const auto part = parseHelloAnswer(bytes.left(cut));
        promise(part.has_value(), "a beginning of TLS is TLS");
        promise(part->kind == HelloKind::NeedMore || *part == *whole, "more bytes do not change an answer");
    }
}

void checkPrime(const QByteArray &bytes)
{
    const PrimeRead whole = readPrime(bytes);
    promise((whole.state == FlightState::Found) == (whole.bits > 0), "a prime has bits, and nothing else has");
    promise(whole.bits <= 8 * 65535, "a prime is no longer than its length can say");
    for (const qsizetype cut : {bytes.size() / 3, bytes.size() / 2, bytes.size() - 1}) {
        const PrimeRead part = readPrime(bytes.left(cut));
        promise(part.state == FlightState::NeedMore || part == whole, "more bytes do not change a prime");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const QByteArray input = inputOf(bytes, size);
    checkAnswer(input);
    checkPrime(input);
    return 0;
}
