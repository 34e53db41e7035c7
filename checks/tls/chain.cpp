#include "checks/tls/chain.h"

#include "checks/engine/lookgaps.h"
#include "checks/net/chainat.h"
#include "checks/net/chainverdict.h"
#include "checks/net/trustkind.h"
#include "checks/tls/clock.h"
#include "models/redactor.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TlsChain)
};

Evidence interceptionNote(const Certificate &leaf)
{
    return {Text::tr("Before you act"),
            Text::tr(
                "If \"%1\" is your company or your antivirus program, it re-signs secure connections on this computer, "
                "and what was seen is not your site's certificate. Look again from another network.")
                .arg(plainText(leaf.issuer, 200))};
}

Finding unusable(const Host &host, const QString &code, const QString &title, const QString &seen)
{
    Finding finding;
    finding.code = code;
    finding.severity = unusableSeverity(host.role);
    finding.proof = Proof::Proven;
    finding.impact = unusableImpact(host.role);
    finding.title = title;
    finding.whatWeSaw = seen;
    finding.effortMinutes = 60;
    return finding;
}

// What those do about it who repair chains.
QString repairNote(const std::optional<ChainRepair> &repair)
{
    const RepairEnd end = repair ? repair->end : RepairEnd::CouldNotFetch;
    switch (end) {
    case RepairEnd::Repaired:
        return Text::tr("Most browsers fetch it and repair that; phone apps, webhooks and other servers do not.");
    case RepairEnd::NoPointer:
        return Text::tr("It does not say where that one can be fetched either. If the issuer is a public authority, "
                        "only browsers that know it already can repair that; if it is one of your own, nobody trusts "
                        "the certificate. Phone apps, webhooks and other servers refuse it in both cases.");
    case RepairEnd::CouldNotFetch:
        return Text::tr("Most browsers repair that; phone apps, webhooks and other servers do not. (The missing one "
                        "could not be fetched for this look.)");
    case RepairEnd::StillUntrusted:
        return {};
    }
    Q_UNREACHABLE();
}

Finding incomplete(const Host &host, const Certificate &leaf, const std::optional<ChainRepair> &repair)
{
    Finding finding =
        unusable(host, u"incomplete_chain"_s, Text::tr("Apps and payment services cannot connect to %1").arg(host.name),
                 Text::tr("%1 sends its certificate without the one of its issuer, \"%2\". %3")
                     .arg(host.name, plainText(leaf.issuer, 200), repairNote(repair)));
    finding.severity = Severity::High;
    // Without a pointer a lone certificate of a public authority looks like one of somebody's own.
    finding.proof = repair && repair->end == RepairEnd::NoPointer ? Proof::Strong : Proof::Proven;
    finding.impact = Impact::Downtime;
    finding.effortMinutes = 30;
    return finding;
}

Finding wrongOrder(const Host &host)
{
    Finding finding =
        unusable(host, u"wrong_order"_s, Text::tr("The certificates of %1 are sent in the wrong order").arg(host.name),
                 Text::tr("All needed certificates are sent, but not each one followed by its issuer. "
                          "Strict clients refuse that."));
    finding.severity = Severity::Medium;
    finding.impact = Impact::Downtime;
    finding.effortMinutes = 30;
    return finding;
}

Finding untrustedRoot(const Host &host, const Certificate &leaf)
{
    Finding finding =
        unusable(host, u"untrusted_root"_s, Text::tr("Browsers warn everybody away from %1").arg(host.name),
                 Text::tr("The certificate was issued by \"%1\", which browsers do not trust.")
                     .arg(plainText(leaf.issuer, 200)));
    finding.evidence = {interceptionNote(leaf)};
    return finding;
}

Finding staging(const Host &host, const Certificate &leaf)
{
    return unusable(host, u"staging_issuer"_s, Text::tr("Browsers warn everybody away from %1").arg(host.name),
                    Text::tr("The certificate is a rehearsal: it comes from the test authority \"%1\".")
                        .arg(plainText(leaf.issuer, 200)));
}

Finding untrusted(const Host &host, const Certificate &leaf)
{
    return isRehearsal(leaf) ? staging(host, leaf) : untrustedRoot(host, leaf);
}

Finding brokenRule(const Host &host, const TlsSession &session)
{
    Finding finding = unusable(
        host, u"unusable_certificate"_s, Text::tr("Browsers refuse the certificate of %1").arg(host.name),
        Text::tr("An authority that is trusted stands behind it, but it cannot be used here. OpenSSL says: \"%1\".")
            .arg(session.chainDetail));
    finding.proof = Proof::Strong; // one library's word, as precise as it is
    return finding;
}

bool isCurrent(const Certificate &certificate, const QDateTime &now)
{
    return certificate.notBefore <= now && now < certificate.notAfter;
}

// Empty when there is nothing to find, or when it is tls.expiry that finds it.
std::vector<Finding> findingsFor(const Host &host, ChainStatus status, const TlsSession &session, const QDateTime &now,
                                 const std::optional<ChainRepair> &repair)
{
    const Certificate &leaf = session.chain.front();
    switch (status) {
    case ChainStatus::Trusted:
        return {};
    case ChainStatus::Expired:
    case ChainStatus::NotYetValid:
        if (!isCurrent(leaf, now))
            return {};
        return {unusable(
            host, u"expired_link"_s, Text::tr("A certificate in the chain of %1 is out of date").arg(host.name),
            Text::tr("The certificate of %1 is within its dates, but one above it is not.").arg(host.name))};
    case ChainStatus::SelfSigned:
        return {unusable(host, u"self_signed"_s, Text::tr("Browsers warn everybody away from %1").arg(host.name),
                         Text::tr("%1 shows a certificate that it issued to itself.").arg(host.name))};
    case ChainStatus::UntrustedRoot:
        return {untrusted(host, leaf)};
    case ChainStatus::Unusable:
        return {brokenRule(host, session)};
    case ChainStatus::Incomplete:
        return {incomplete(host, leaf, repair)};
    case ChainStatus::WrongOrder:
        return {wrongOrder(host)};
    case ChainStatus::Revoked:
        return {unusable(host, u"revoked"_s, Text::tr("The certificate of %1 was withdrawn").arg(host.name),
                         Text::tr("Its issuer, \"%1\", has revoked it.").arg(plainText(leaf.issuer, 200)))};
    }
    Q_UNREACHABLE();
}

// By a root that is in this computer's store but in no browser, and that was not given for this look.
bool isTrustedHereAlone(const TlsSession &session, const Look &look)
{
    if (session.chainStatus != ChainStatus::Trusted || !look.seen.options().caFile.isEmpty())
        return false;
    const auto trust = look.seen.ask(HostTrust{look.host->name, look.host->httpsPort});
    return *trust && **trust == TrustKind::Private;
}

// Neither a pass nor a finding: a proxy in between, or an authority that visitors may have as well.
Judged noteLocalRoot(Judged judged, const TlsSession &session)
{
    judged.outcome = Outcome::Info;
    judged.summary =
        Text::tr("This computer trusts \"%1\" because somebody added it here; browsers elsewhere do not know it. If it "
                 "belongs to your company's network or to an antivirus program, your site's own certificate was not "
                 "seen: look again from another network. If it is an authority of your own, visitors are warned away "
                 "unless they added it, too.")
            .arg(plainText(session.chain.back().issuer, 200));
    leaveOpen(judged, anyBehind({judged.summary}));
    return judged;
}

bool isAboutDates(ChainStatus status)
{
    return status == ChainStatus::Expired || status == ChainStatus::NotYetValid;
}

// With everything fetched, what looked like a missing link is one that leads nowhere.
ChainStatus statusAfter(const TlsSession &session, const std::optional<ChainRepair> &repair)
{
    const bool leadsNowhere = repair && repair->end == RepairEnd::StillUntrusted;
    return session.chainStatus == ChainStatus::Incomplete && leadsNowhere ? ChainStatus::UntrustedRoot
                                                                          : session.chainStatus;
}

// What a computer with that clock would make of the chain.
Judged judgeDatesAt(const Look &look, TlsSession session, const QDateTime &time)
{
    const auto status = look.seen.ask(ChainAt{look.host->name, look.host->httpsPort, time});
    if (*status)
        session.chainStatus = **status;
    return judgeChainOf(*look.host, session, time, std::nullopt);
}

Judged lookAtChain(const Look &look)
{
    const auto session = sessionFor(look);
    if (!session)
        return session.error();
    std::optional<ChainRepair> repair;
    if (session->chainStatus == ChainStatus::Incomplete) {
        const auto tried = look.seen.ask(RepairChain{look.host->name, look.host->httpsPort});
        if (*tried)
            repair = **tried;
    }
    Judged judged = judgeChainOf(*look.host, *session, look.startedAt, repair);
    const auto other = isAboutDates(session->chainStatus) ? otherClockAt(look) : std::nullopt;
    if (other)
        judged = reconciled(std::move(judged), judgeDatesAt(look, *session, other->time), *other, look.startedAt);
    return isTrustedHereAlone(*session, look) ? noteLocalRoot(std::move(judged), *session) : judged;
}

} // namespace

Judged judgeChainOf(const Host &host, const TlsSession &session, const QDateTime &now,
                    const std::optional<ChainRepair> &repair)
{
    const Certificate &leaf = session.chain.front();
    const ChainStatus status = statusAfter(session, repair);
    Judged judged;
    judged.observed = {{u"certificate"_s, certificateJson(leaf)},
                       {u"chain"_s, toWord(status)},
                       {u"sent"_s, static_cast<int>(session.chain.size())},
                       {u"repair"_s, repair ? QJsonValue(toWord(repair->end)) : QJsonValue()}};
    judged.evidence = {chainEvidence(session)};
    judged.findings = findingsFor(host, status, session, now, repair);
    for (Finding &finding : judged.findings)
        finding.evidence.push_back(chainEvidence(session));
    judged.values = {{u"issuer"_s, plainText(leaf.issuer, 200)}};
    if (status == ChainStatus::Trusted) {
        judged.summary =
            Text::tr("Trusted by way of \"%1\", nothing missing.").arg(plainText(session.chain.back().issuer, 200));
    } else if (judged.findings.empty()) {
        judged.summary = Text::tr("Not trusted, because the certificate's own dates are wrong (see \"tls.expiry\").");
        judged.outcome = Outcome::Fail;
        return judged;
    } else {
        judged.summary = judged.findings.front().whatWeSaw;
    }
    judged.outcome = outcomeFor(judged.findings);
    return judged;
}

Check tlsChain()
{
    return {.id = u"tls.chain"_s,
            .scope = Scope::EachHost,
            .roles = {},
            .impacts = {Impact::Downtime, Impact::BrokenLogin},
            .needs = {},
            .look = &lookAtChain};
}

} // namespace cockpit
