#include "checks/tls/certificatefacts.h"

#include "checks/net/httpclient.h"
#include "checks/tls/interception.h"
#include "models/redactor.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CertificateFacts)
};

// Names on a certificate are foreign text; more of them than this is no use to a reader.
constexpr int kLongestShown = 200;
constexpr int kMostNamesShown = 20;

QString shownNames(const Certificate &certificate)
{
    QStringList names = certificate.names.mid(0, kMostNamesShown);
    for (QString &name : names)
        name = plainText(name, kLongestShown);
    if (certificate.names.size() > kMostNamesShown)
        names += u"…"_s;
    return names.join(u", "_s);
}

} // namespace

tl::expected<TlsSession, Judged> sessionFor(const Look &look)
{
    const Host &host = *look.host;
    const auto addresses = look.seen.ask(HostAddresses{host.name, host.httpsPort});
    if (!*addresses) {
        if (addresses->error().kind == ErrorKind::Cancelled)
            return tl::unexpected<Judged>(couldNotLook(addresses->error()));
        return tl::unexpected<Judged>(
            notRun(Text::tr("%1 (The check \"dns.resolution\" looks into that.)").arg(addresses->error().message)));
    }
    const auto session = look.seen.ask(TlsHandshake{host.name, host.httpsPort});
    if (!*session)
        return tl::unexpected<Judged>(couldNotLook(session->error()));
    if (auto intercepted = interceptedAt(look))
        return tl::unexpected<Judged>(std::move(*intercepted));
    return **session;
}

Result<EndpointSession> statusOf(const TlsSession &session, const Look &look)
{
    const auto again =
        look.seen.ask(TlsEndpoint{.host = look.host->name, .port = look.host->httpsPort, .address = session.peer});
    if (*again && (*again)->session.chain.front().fingerprint != session.chain.front().fingerprint) {
        return failure(ErrorKind::Protocol,
                       Text::tr("%1 shows two certificates in turn, as during a renewal on several "
                                "servers, so that what came with the one says nothing about the "
                                "other. Look again later.")
                           .arg(look.host->name));
    }
    return *again;
}

QJsonObject certificateJson(const Certificate &certificate)
{
    return {{u"subject"_s, certificate.subject},
            {u"issuer"_s, certificate.issuer},
            {u"names"_s, QJsonArray::fromStringList(certificate.names)},
            {u"not_before"_s, certificate.notBefore.toString(Qt::ISODate)},
            {u"not_after"_s, certificate.notAfter.toString(Qt::ISODate)},
            {u"key_type"_s, certificate.keyType},
            {u"key_bits"_s, certificate.keyBits},
            {u"signature"_s, certificate.signature},
            {u"fingerprint"_s, certificate.fingerprint}};
}

Evidence chainEvidence(const TlsSession &session)
{
    QStringList lines;
    for (const Certificate &certificate : session.chain) {
        lines += u"%1. %2"_s.arg(QString::number(lines.size() + 1), plainText(certificate.subject, kLongestShown)) +
                 u"\n   issuer: %1\n   valid:  %2 – %3"_s.arg(plainText(certificate.issuer, kLongestShown),
                                                              certificate.notBefore.toString(Qt::ISODate),
                                                              certificate.notAfter.toString(Qt::ISODate)) +
                 (certificate.names.isEmpty() ? QString() : u"\n   names:  "_s + shownNames(certificate));
    }
    if (!session.chainDetail.isEmpty())
        lines += u"OpenSSL: "_s + session.chainDetail;
    return {Text::tr("Certificates sent by %1, %2, %3")
                .arg(session.peer.toString(), toWord(session.version), session.cipher),
            lines.join(u'\n')};
}

Evidence clockEvidence(const QDateTime &now)
{
    return {Text::tr("The clock of this computer"),
            Text::tr("It showed %1. If that is wrong, set the clock and look again.").arg(plainTime(now))};
}

Evidence clockEvidence(const QDateTime &here, const QDateTime &there)
{
    return {Text::tr("Two clocks"),
            Text::tr("This computer showed %1, and the server %2. If the first is wrong, set the clock and look again.")
                .arg(plainTime(here), plainTime(there))};
}

Severity unusableSeverity(HostRole role)
{
    switch (role) {
    case HostRole::Site:
    case HostRole::Www:
    case HostRole::App:
    case HostRole::Api:
    case HostRole::Admin:
    case HostRole::Auth:
    case HostRole::Portal:
        return Severity::Critical;
    case HostRole::Mail:
    case HostRole::Other:
        return Severity::High;
    }
    Q_UNREACHABLE();
}

Impact unusableImpact(HostRole role)
{
    switch (role) {
    case HostRole::App:
    case HostRole::Admin:
    case HostRole::Auth:
    case HostRole::Portal:
        return Impact::BrokenLogin;
    case HostRole::Site:
    case HostRole::Www:
    case HostRole::Api:
    case HostRole::Mail:
    case HostRole::Other:
        return Impact::Downtime;
    }
    Q_UNREACHABLE();
}

QString plainTime(const QDateTime &time)
{
    return Text::tr("%1 UTC").arg(QLocale().toString(time.toUTC(), u"d MMMM yyyy, HH:mm"_s));
}

} // namespace cockpit
