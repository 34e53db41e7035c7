#include "checks/mail/starttlstrust.h"

#include "checks/mail/starttlsreach.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(StartTls)
};

Finding mismatch(const QString &host, const Certificate &leaf, Severity severity, const QString &lost)
{
    return startTlsFinding(u"certificate_mismatch"_s, severity,
                           Text::tr("A mail server's certificate is for another name"),
                           Text::tr("The certificate of %1 is for %2.")
                                   .arg(host, leaf.names.isEmpty() ? leaf.subject : leaf.names.join(u", "_s)) +
                               lost,
                           host);
}

// RFC 7672 section 3.2.3: the name of the TLSA records or the domain that the mail is for.
bool isForPinnedName(const Certificate &leaf, const QString &host, const StartTlsFacts &facts)
{
    const QString base = facts.daneOf(host).base;
    return coversHost(leaf, base.isEmpty() ? host : base) || coversHost(leaf, facts.domain);
}

// As a sender sees it who goes by the authorities that everybody trusts.
void judgeTrust(const QString &host, const TlsSession &tls, const StartTlsFacts &facts, std::vector<Finding> &findings)
{
    const bool isInsisted = facts.enforced.contains(host);
    const Severity severity = isInsisted ? Severity::High : Severity::Low;
    const QString lost = isInsisted ? insistenceOn(host, facts) : QString();
    if (tls.chainStatus != ChainStatus::Trusted) {
        findings.push_back(startTlsFinding(u"certificate_untrusted"_s, severity,
                                           Text::tr("A mail server's certificate is not trusted"),
                                           Text::tr("The certificate of %1 is not one that senders can check (%2).")
                                                   .arg(host, toWord(tls.chainStatus)) +
                                               lost,
                                           host));
    }
    if (!coversHost(tls.chain.front(), host))
        findings.push_back(mismatch(host, tls.chain.front(), severity, lost));
}

// As a sender sees it who goes by an authority that a TLSA record names: name and dates count as ever (RFC 7672
// section 3.1.2).
void judgeUnderAuthority(const QString &host, const Certificate &leaf, bool hasValidDates, const StartTlsFacts &facts,
                         std::vector<Finding> &findings)
{
    if (!hasValidDates) {
        findings.push_back(startTlsFinding(
            u"certificate_untrusted"_s, Severity::High, Text::tr("A mail server's certificate is not trusted"),
            Text::tr("A certificate of %1 has expired, or is not valid yet. The TLSA record names its authority "
                     "alone, so its dates count too.")
                    .arg(host) +
                insistenceOn(host, facts),
            host));
    }
    if (!isForPinnedName(leaf, host, facts))
        findings.push_back(mismatch(host, leaf, Severity::High, insistenceOn(host, facts)));
}

} // namespace

bool isInsistedOn(const QString &host, const StartTlsFacts &facts)
{
    return facts.enforced.contains(host) || facts.daneOf(host).isBinding();
}

QString insistenceOn(const QString &host, const StartTlsFacts &facts)
{
    if (!isInsistedOn(host, facts))
        return {};
    return u' ' + (facts.enforced.contains(host)
                       ? Text::tr("Your mail policy (MTA-STS) tells senders to insist, so this mail is lost.")
                       : Text::tr("Your TLSA records tell senders to insist, so this mail is lost."));
}

std::vector<Finding> certificateFindings(const QString &host, const TlsSession &tls, const DaneMatch &match,
                                         const StartTlsFacts &facts)
{
    std::vector<Finding> findings;
    // Senders who follow the mail policy and not DANE know of no pin (RFC 8461 section 4.2).
    if (match.pin == DanePin::None || facts.enforced.contains(host))
        judgeTrust(host, tls, facts, findings);
    if (match.pin == DanePin::Authority)
        judgeUnderAuthority(host, tls.chain.front(), match.hasValidDates, facts, findings);
    return findings;
}

} // namespace cockpit
