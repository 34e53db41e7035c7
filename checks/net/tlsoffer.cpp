#include "checks/net/tlsoffer.h"

#include "checks/engine/observations.h"
#include "checks/net/helloexchange.h"
#include "checks/net/hostconnection.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TlsProbe)
};

QString numbers(const std::vector<std::uint16_t> &values)
{
    QStringList words;
    words.reserve(static_cast<qsizetype>(values.size()));
    for (const std::uint16_t value : values)
        words += QString::number(value, 16);
    return words.join(u',');
}

bool isOnOffer(const std::vector<std::uint16_t> &offered, std::uint16_t chosen)
{
    return offered.empty() || std::ranges::find(offered, chosen) != offered.end();
}

bool isTaken(const HelloOffer &offer, const HelloAnswer &answer)
{
    if (answer.kind != HelloKind::ServerHello || answer.version > offer.version ||
        (answer.version == TlsVersion::Tls13) != (offer.version == TlsVersion::Tls13))
        return false;
    const bool groupFits = offer.version != TlsVersion::Tls13 || isOnOffer(offer.groups, answer.group);
    return groupFits && isOnOffer(offer.suites, answer.cipher);
}

} // namespace

QString TlsOffer::key() const
{
    return u"%1|%2|%3|%4|%5|%6"_s.arg(host.toLower(), QString::number(port), QString::number(attempt),
                                      toWord(offer.version), numbers(offer.suites), numbers(offer.groups));
}

Result<OfferAnswer> probe(const TlsOffer &question, ProbeContext &context)
{
    const auto connection = connectToHost(question.host, question.port, context);
    if (!connection)
        return tl::unexpected<Error>(connection.error());
    HelloOffer offer = question.offer;
    offer.serverName = question.host;
    const auto answer = exchangeHello(clientHello(offer), connection->socket, connection->patience);
    if (!answer && answer.error().kind == ErrorKind::Protocol) {
        return failure(
            ErrorKind::Protocol,
            Text::tr("%1 answers on port %2, but not with TLS.").arg(question.host, QString::number(question.port)));
    }
    if (!answer && answer.error().kind == ErrorKind::TimedOut && !context.deadline.hasPassed())
        return OfferAnswer{.end = OfferEnd::Ignored, .problem = answer.error().message};
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    if (answer->kind == HelloKind::Closed)
        return OfferAnswer{.end = OfferEnd::Closed};
    return isTaken(offer, *answer) ? OfferAnswer{.end = OfferEnd::Taken, .hello = *answer} : OfferAnswer();
}

Result<OfferAnswer> askFirmly(TlsOffer question, Observations &observations)
{
    auto answer = observations.ask(question);
    if (*answer && (*answer)->end == OfferEnd::Closed) {
        ++question.attempt;
        answer = observations.ask(question);
    }
    if (*answer && (*answer)->end == OfferEnd::Ignored)
        return failure(ErrorKind::TimedOut, (*answer)->problem);
    return *answer;
}

} // namespace cockpit
