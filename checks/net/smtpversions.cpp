#include "checks/net/smtpversions.h"

#include "checks/net/helloexchange.h"
#include "checks/net/hostconnection.h"
#include "checks/net/smtpconversation.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SmtpClient)
};

// SSL 3 is not asked for: no library of today has it, and a server that speaks it speaks TLS 1.0 as well.
std::optional<TlsVersion> below(TlsVersion version)
{
    switch (version) {
    case TlsVersion::Tls13:
        return TlsVersion::Tls12;
    case TlsVersion::Tls12:
        return TlsVersion::Tls11;
    case TlsVersion::Tls11:
        return TlsVersion::Tls10;
    case TlsVersion::Tls10:
    case TlsVersion::Ssl3:
        return std::nullopt;
    }
    Q_UNREACHABLE();
}

// Up to the server's word that the handshake may begin.
Result<void> askForTls(SmtpConversation &talk, const SmtpOlderVersions &question)
{
    const auto refused = [&](const SmtpReply &reply) {
        return failure(ErrorKind::Protocol,
                       Text::tr("%1 did not want to talk once more (\"%2\").").arg(question.host, reply.text()));
    };
    const auto greeting = talk.hear();
    if (!greeting)
        return tl::unexpected<Error>(greeting.error());
    if (!greeting->isPositive())
        return refused(*greeting);
    for (const QByteArray &command : {"EHLO " + nameInEhlo(question.sender), QByteArray("STARTTLS")}) {
        const auto reply = talk.ask(command);
        if (!reply)
            return tl::unexpected<Error>(reply.error());
        if (!reply->isPositive())
            return refused(*reply);
    }
    return {};
}

// The version that the server chooses when it is offered this one at most; empty when it refuses.
Result<std::optional<TlsVersion>> choiceOf(const SmtpOlderVersions &question, TlsVersion offered, ProbeContext &context)
{
    const auto connection = connectToAddresses(question.host, question.port, std::span(&question.address, 1), context);
    if (!connection)
        return tl::unexpected<Error>(connection.error());
    SmtpConversation talk(connection->socket,
                          smtpPatience(connection->patience, context.options.operationTimeout, context.deadline));
    if (const auto ready = askForTls(talk, question); !ready)
        return tl::unexpected<Error>(ready.error());
    Patience patience = talk.patience();
    patience.deadline = context.operationDeadline().earlierOf(patience.deadline);
    const auto answer = exchangeHello(clientHello(offered, question.host), talk.socket(), patience);
    const bool isIgnored = !answer && answer.error().kind == ErrorKind::TimedOut && !context.deadline.hasPassed();
    if (isIgnored && offered < TlsVersion::Tls12)
        return std::optional<TlsVersion>();
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    const bool isTaken = answer->kind == HelloKind::ServerHello && answer->version <= offered;
    return isTaken ? std::optional(answer->version) : std::nullopt;
}

} // namespace

QString SmtpOlderVersions::key() const
{
    return u"%1|%2|%3|%4|%5"_s.arg(host.toLower(), address.toString(), sender, toWord(best), QString::number(port));
}

Result<std::vector<TlsVersion>> probe(const SmtpOlderVersions &question, ProbeContext &context)
{
    std::vector<TlsVersion> taken;
    for (auto next = below(question.best); next;) {
        const auto choice = choiceOf(question, *next, context);
        if (!choice)
            return tl::unexpected<Error>(choice.error());
        if (!*choice)
            break;
        taken.push_back(**choice);
        next = below(**choice);
    }
    return taken;
}

} // namespace cockpit
