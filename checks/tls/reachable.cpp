#include "checks/tls/reachable.h"

#include "checks/engine/lookgaps.h"
#include "checks/net/httpclient.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TlsReachable)
};

void noteUnreached(const QStringList &addresses, Judged &judged)
{
    const LookGap gap{{{.code = u"ipv6_down"_s}, {.code = u"address_down"_s}, {.code = u"stale_address"_s}},
                      Text::tr("From this network there is no way to %1: what visitors find there was not seen.")
                          .arg(addresses.join(u", "_s))};
    judged.summary += u' ' + gap.sentence;
    leaveOpen(judged, gap);
}

Judged judgeAnswer(const Host &host, const TlsSession &session, std::span<const AddressSeen> addresses,
                   const QDateTime &now)
{
    Judged judged;
    judged.summary = Text::tr("%1 answers over %2.").arg(host.name, toWord(session.version));
    if (session.asksForCertificate)
        judged.summary += u' ' + Text::tr("It asks its visitors for a certificate of their own.");
    judged.observed = {{u"reachable"_s, true},
                       {u"address"_s, session.peer.toString()},
                       {u"protocol"_s, toWord(session.version)},
                       {u"alpn"_s, QString::fromLatin1(session.alpn)},
                       {u"handshake_ms"_s, static_cast<qint64>(session.handshake.count())},
                       {u"client_certificate"_s, session.asksForCertificate},
                       {u"addresses"_s, addressesJson(addresses)}};
    judged.evidence = {chainEvidence(session)};
    judged.findings = judgeAddresses(host, addresses, now);
    if (!judged.findings.empty())
        judged.summary = judged.findings.front().whatWeSaw;
    judged.outcome = outcomeFor(judged.findings);
    if (const QStringList unreached = unreachedAddresses(addresses); !unreached.isEmpty())
        noteUnreached(unreached, judged);
    return judged;
}

Finding unreachable(const Host &host, const Error &error)
{
    Finding finding;
    finding.severity = unusableSeverity(host.role);
    finding.impact = unusableImpact(host.role);
    finding.whatWeSaw = error.message;
    finding.effortMinutes = 60;
    if (error.kind == ErrorKind::TimedOut) {
        finding.code = u"silent"_s;
        finding.title = Text::tr("Nobody answers at https://%1").arg(host.name);
        // A firewall between here and there looks the same.
        finding.proof = Proof::Lead;
    } else if (error.kind == ErrorKind::Protocol) {
        finding.code = u"no_tls"_s;
        finding.title = Text::tr("%1 answers, but no secure connection can be made").arg(host.name);
        finding.proof = Proof::Proven;
    } else {
        finding.code = u"refused"_s;
        finding.title = Text::tr("https://%1 is switched off").arg(host.name);
        finding.proof = Proof::Strong;
    }
    if (!error.detail.isEmpty())
        finding.evidence = {{Text::tr("Technical detail"), error.detail}};
    return finding;
}

Judged lookAtReachability(const Look &look)
{
    const auto session = sessionFor(look);
    if (session)
        return judgeReachable(*look.host, *session, lookAtAddresses(look), look.startedAt);
    // Without an address, or when the run ended first, there is nothing to say about the host itself.
    const bool hasAddress = look.seen.ask(HostAddresses{look.host->name, look.host->httpsPort})->has_value();
    if (!hasAddress || look.seen.isOver())
        return session.error();
    return judgeReachable(*look.host, *look.seen.ask(TlsHandshake{look.host->name, look.host->httpsPort}));
}

} // namespace

Judged judgeReachable(const Host &host, const Result<TlsSession> &session, std::span<const AddressSeen> addresses,
                      const QDateTime &now)
{
    if (session)
        return judgeAnswer(host, *session, addresses, now);
    switch (session.error().kind) {
    case ErrorKind::Unreachable:
    case ErrorKind::TimedOut:
    case ErrorKind::Protocol:
        break;
    case ErrorKind::NoRoute:
    case ErrorKind::BadInput:
    case ErrorKind::NotFound:
    case ErrorKind::Cancelled:
    case ErrorKind::TooLarge:
    case ErrorKind::NotPermitted:
    case ErrorKind::Storage:
    case ErrorKind::Unsupported:
        return couldNotLook(session.error());
    }
    Judged judged;
    judged.summary = session.error().message;
    judged.observed = {{u"reachable"_s, false}};
    judged.findings = {unreachable(host, session.error())};
    judged.outcome = outcomeFor(judged.findings);
    return judged;
}

Check tlsReachable()
{
    return {.id = u"tls.reachable"_s,
            .scope = Scope::EachHost,
            .roles = {},
            .impacts = {Impact::Downtime, Impact::BrokenLogin},
            .needs = {},
            .look = &lookAtReachability};
}

} // namespace cockpit
