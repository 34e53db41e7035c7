#include "checks/dns/rdap.h"

#include "checks/engine/observations.h"
#include "checks/net/httpclient.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Rdap)
};

const QUrl kIanaList(u"https://data.iana.org/rdap/dns.json"_s);
constexpr int kOk = 200;
constexpr int kNotFound = 404;
constexpr int kTooManyRequests = 429;

// RFC 7480 section 4.2: by this header a server knows that no web page is wanted.
const std::vector<Header> kWantsRdap{{"Accept", "application/rdap+json"}};

std::optional<QUrl> findServer(const QString &domain, ProbeContext &context)
{
    if (auto server = RdapBootstrap::shipped().serverFor(domain))
        return server;
    const auto list = context.observations.ask(HttpGet{.url = kIanaList});
    const bool isGood = *list && (*list)->status == kOk && (*list)->trust != CertificateTrust::Untrusted;
    if (!isGood)
        return std::nullopt;
    const auto bootstrap = RdapBootstrap::parse((*list)->body);
    return bootstrap ? bootstrap->serverFor(domain) : std::nullopt;
}

QUrl recordUrl(const QUrl &server, const QString &domain)
{
    QString base = server.toString();
    if (!base.endsWith(u'/'))
        base += u'/';
    return QUrl(base + u"domain/"_s + domain);
}

// The registrar's own record: an extra, so that no answer is none.
std::optional<Registration> askRegistrar(const QUrl &url, ProbeContext &context)
{
    if (url.isEmpty())
        return std::nullopt;
    const auto chain = context.observations.ask(FollowRedirects{url, kWantsRdap});
    if (!*chain || (*chain)->last.status != kOk || (*chain)->last.trust == CertificateTrust::Untrusted)
        return std::nullopt;
    const auto registration = parseRegistration((*chain)->last.body);
    return registration ? std::optional(*registration) : std::nullopt;
}

Result<RdapAnswer> read(const HttpResponse &response, RdapAnswer answer, ProbeContext &context)
{
    const QString host = answer.server.host();
    if (response.trust == CertificateTrust::Untrusted) {
        return failure(ErrorKind::Protocol,
                       Text::tr("The registry's server %1 has no certificate that can be trusted.").arg(host),
                       response.trustProblem);
    }
    switch (response.status) {
    case kOk: {
        auto registration = parseRegistration(response.body);
        if (!registration)
            return tl::unexpected(registration.error());
        answer.state = RdapState::Registered;
        answer.registry = std::move(*registration);
        answer.registrar = askRegistrar(answer.registry.registrarServer, context);
        return answer;
    }
    case kNotFound:
        answer.state = RdapState::NotRegistered;
        return answer;
    case kTooManyRequests:
        answer.state = RdapState::Busy;
        answer.retryAfter = QString::fromLatin1(response.header("Retry-After").value_or(QByteArray()).left(60));
        return answer;
    default: // any number from a server
        return failure(ErrorKind::Protocol, Text::tr("The registry's server %1 answered with the status %2.")
                                                .arg(host, QString::number(response.status)));
    }
}

} // namespace

Result<RdapAnswer> probe(const RdapLookup &question, ProbeContext &context)
{
    RdapAnswer answer;
    const auto server = findServer(question.domain, context);
    if (!server)
        return answer;
    answer.server = *server;
    const auto chain = context.observations.ask(FollowRedirects{recordUrl(*server, question.domain), kWantsRdap});
    if (!*chain)
        return tl::unexpected<Error>(chain->error());
    return read((*chain)->last, std::move(answer), context);
}

} // namespace cockpit
