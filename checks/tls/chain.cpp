#include "checks/tls/chain.h"

#include "models/redactor.h"

#include <QCoreApplication>

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

Finding incomplete(const Host &host, const Certificate &leaf)
{
    Finding finding =
        unusable(host, u"incomplete_chain"_s, Text::tr("Apps and payment services cannot connect to %1").arg(host.name),
                 Text::tr("%1 sends its certificate without the one of its issuer, \"%2\". Most browsers "
                          "repair that; phone apps, webhooks and other servers do not.")
                     .arg(host.name, plainText(leaf.issuer, 200)));
    finding.severity = Severity::High;
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

bool isCurrent(const Certificate &certificate, const QDateTime &now)
{
    return certificate.notBefore <= now && now < certificate.notAfter;
}

// Empty when there is nothing to find, or when it is tls.expiry that finds it.
std::vector<Finding> findingsFor(const Host &host, const TlsSession &session, const QDateTime &now)
{
    const Certificate &leaf = session.chain.front();
    switch (session.chainStatus) {
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
        return {untrustedRoot(host, leaf)};
    case ChainStatus::Incomplete:
        return {incomplete(host, leaf)};
    case ChainStatus::WrongOrder:
        return {wrongOrder(host)};
    case ChainStatus::Revoked:
        return {unusable(host, u"revoked"_s, Text::tr("The certificate of %1 was withdrawn").arg(host.name),
                         Text::tr("Its issuer, \"%1\", has revoked it.").arg(plainText(leaf.issuer, 200)))};
    }
    Q_UNREACHABLE();
}

Judged lookAtChain(const Look &look)
{
    const auto session = sessionFor(look);
    return session ? judgeChainOf(*look.host, *session, look.startedAt) : session.error();
}

} // namespace

Judged judgeChainOf(const Host &host, const TlsSession &session, const QDateTime &now)
{
    const Certificate &leaf = session.chain.front();
    Judged judged;
    judged.observed = {{u"certificate"_s, certificateJson(leaf)},
                       {u"chain"_s, toWord(session.chainStatus)},
                       {u"sent"_s, static_cast<int>(session.chain.size())}};
    judged.evidence = {chainEvidence(session)};
    judged.findings = findingsFor(host, session, now);
    for (Finding &finding : judged.findings)
        finding.evidence.push_back(chainEvidence(session));
    judged.values = {{u"issuer"_s, plainText(leaf.issuer, 200)}};
    if (session.chainStatus == ChainStatus::Trusted) {
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
