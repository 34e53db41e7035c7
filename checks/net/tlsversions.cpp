#include "checks/engine/observations.h"
#include "checks/net/helloexchange.h"
#include "checks/net/hostconnection.h"

#include <QCoreApplication>

#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TlsProbe)
};

// One of the five questions behind TlsVersionsOffered: a type of its own lets the engine ask all of them side by side.
struct TlsVersionAccepted
{
    using Answer = bool;
    QString host;
    std::uint16_t port = 443;
    TlsVersion version = TlsVersion::Tls12;

    QString key() const { return u"%1|%2|%3"_s.arg(host.toLower()).arg(port).arg(toWord(version)); }
};

Result<bool> probe(const TlsVersionAccepted &question, ProbeContext &context)
{
    const auto connection = connectToHost(question.host, question.port, context);
    if (!connection)
        return tl::unexpected<Error>(connection.error());
    const auto answer =
        exchangeHello(clientHello(question.version, question.host), connection->socket, connection->patience);
    if (!answer && answer.error().kind == ErrorKind::Protocol) {
        return failure(ErrorKind::Protocol,
                       Text::tr("%1 answers on port %2, but not with TLS.").arg(question.host).arg(question.port));
    }
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    return answer->kind == HelloKind::ServerHello && answer->version == question.version;
}

} // namespace

QString TlsVersionsOffered::key() const
{
    return u"%1|%2"_s.arg(host.toLower()).arg(port);
}

Result<std::vector<TlsVersion>> probe(const TlsVersionsOffered &question, ProbeContext &context)
{
    static constexpr std::array kAll = {TlsVersion::Ssl3, TlsVersion::Tls10, TlsVersion::Tls11, TlsVersion::Tls12,
                                        TlsVersion::Tls13};
    std::vector<TlsVersionAccepted> questions;
    questions.reserve(kAll.size());
    for (const TlsVersion version : kAll)
        questions.push_back({question.host, question.port, version});
    const auto answers = context.observations.askAll(questions);

    std::vector<TlsVersion> offered;
    std::optional<Error> silence;
    for (std::size_t i = 0; i < kAll.size(); ++i) {
        const Result<bool> &answer = *answers[i];
        // Some firewalls drop outdated hellos without a word: then that version is not on offer. A current one that
        // gets no answer is no fact at all.
        if (!answer && (kAll[i] >= TlsVersion::Tls12 || answer.error().kind == ErrorKind::Cancelled))
            silence = answer.error();
        else if (answer && *answer)
            offered.push_back(kAll[i]);
    }
    if (silence)
        return tl::unexpected<Error>(*silence);
    return offered;
}

} // namespace cockpit
