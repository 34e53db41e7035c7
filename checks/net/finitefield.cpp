#include "checks/net/finitefield.h"

#include "checks/net/ciphersuites.h"
#include "checks/net/helloexchange.h"
#include "checks/net/hostconnection.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kFlightCap = 128LL * 1024;

// A key exchange over a curve begins with other numbers, and a server may choose what was not on offer.
bool choseFiniteField(QByteArrayView flight)
{
    const auto hello = parseHelloAnswer(flight);
    return hello && std::ranges::find(finiteFieldSuites(), hello->cipher) != finiteFieldSuites().end();
}

} // namespace

QString FiniteFieldPrime::key() const
{
    return u"%1|%2|%3"_s.arg(host.toLower(), QString::number(port), toWord(version));
}

Result<std::optional<int>> probe(const FiniteFieldPrime &question, ProbeContext &context)
{
    const auto connection = connectToHost(question.host, question.port, context);
    if (!connection)
        return tl::unexpected<Error>(connection.error());
    const auto suites = finiteFieldSuites();
    sendHello(clientHello(
                  {.version = question.version, .serverName = question.host, .suites = {suites.begin(), suites.end()}}),
              connection->socket);
    QByteArray received;
    while (received.size() < kFlightCap) {
        const auto part = readSome(connection->socket, connection->patience);
        const bool isIgnored = !part && part.error().kind == ErrorKind::TimedOut && !context.deadline.hasPassed();
        if (isIgnored && received.isEmpty())
            return std::optional<int>(); // as in TlsOffer
        if (!part)
            return tl::unexpected<Error>(part.error());
        received += *part;
        const PrimeRead read = readPrime(received);
        if (read.state == FlightState::Found)
            return choseFiniteField(received) ? std::optional(read.bits) : std::nullopt;
        if (part->isEmpty() || read.state == FlightState::Absent)
            return std::optional<int>();
    }
    return std::optional<int>();
}

} // namespace cockpit
