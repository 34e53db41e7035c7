#include "checks/mail/starttlsfindings.h"

#include "checks/mail/starttlsreach.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(StartTls)
};

bool isOutdated(TlsVersion version)
{
    return version < TlsVersion::Tls12; // RFC 8996
}

} // namespace

std::optional<Finding> daneFinding(const QString &host, const DaneLook &dane, const QString &word,
                                   const QString &shownAt)
{
    const QString name = u"_25._tcp."_s + (dane.base.isEmpty() ? host : dane.base);
    if (word == "unsigned"_L1) {
        return startTlsFinding(
            u"dane_unsigned"_s, Severity::Low, Text::tr("TLSA records without DNSSEC do nothing"),
            dane.isAliasAtFault
                ? Text::tr(
                      "The TLSA records at %1 are signed, but %2 leads there by an alias that no signature proves; "
                      "senders pass over them.")
                      .arg(name, host)
                : Text::tr("%1 has TLSA records, but no signatures prove them; senders pass over them.").arg(name),
            host);
    }
    if (word == "bogus"_L1) {
        return startTlsFinding(
            u"dane_bogus"_s, Severity::High, Text::tr("The signatures on the TLSA records do not hold"),
            (dane.records.empty()
                 ? Text::tr("The DNSSEC signatures that should prove that there is nothing at %1 do not hold.")
                 : Text::tr("The DNSSEC signatures on %1 are broken."))
                    .arg(name) +
                u' ' + Text::tr("Mail from senders who use DANE stops."),
            host);
    }
    if (word == "unusable"_L1) {
        return startTlsFinding(u"dane_unusable"_s, Severity::Low, Text::tr("The TLSA records are not for mail"),
                               Text::tr("None of the TLSA records at %1 has usage 2 or 3 with a known selector and "
                                        "matching type; senders pass over them.")
                                   .arg(name),
                               host);
    }
    if (word == "mismatch"_L1 && !shownAt.isEmpty()) {
        return startTlsFinding(u"dane_mismatch"_s, Severity::High,
                               Text::tr("The TLSA records do not fit the certificate"),
                               Text::tr("None of the TLSA records at %1 fits the certificate that %2 shows at its "
                                        "address %3. Mail from senders who use DANE stops.")
                                   .arg(name, host, shownAt),
                               host);
    }
    return std::nullopt;
}

std::optional<Finding> versionFinding(const QString &host, TlsVersion best,
                                      const std::optional<std::vector<TlsVersion>> &older)
{
    if (isOutdated(best)) {
        return startTlsFinding(
            u"old_tls"_s, Severity::Medium, Text::tr("A mail server encrypts in an outdated way"),
            Text::tr("%1 speaks %2 at best; TLS 1.2 or newer is wanted. Senders that have given up the old versions "
                     "deliver in the clear or not at all.")
                .arg(host, toWord(best)),
            host);
    }
    QStringList outdated;
    for (const TlsVersion version : older.value_or(std::vector<TlsVersion>())) {
        if (isOutdated(version))
            outdated << toWord(version);
    }
    if (outdated.isEmpty())
        return std::nullopt;
    return startTlsFinding(
        u"old_tls_accepted"_s, Severity::Low, Text::tr("A mail server also takes outdated encryption"),
        Text::tr("%1 speaks %2, and still accepts %3, which is no longer safe (RFC 8996). Senders use the best that "
                 "both sides know, so this is advice for when you next touch the server.")
            .arg(host, toWord(best), outdated.join(u", "_s)),
        host);
}

std::optional<Finding> mxFinding(const StartTlsFacts &facts)
{
    if (!facts.mxProof || !*facts.mxProof)
        return std::nullopt;
    switch (**facts.mxProof) {
    case SecurityStatus::Secure:
    case SecurityStatus::Unknown: // a gap
        return std::nullopt;
    case SecurityStatus::Insecure:
        return startTlsFinding(
            u"dane_mx_unsigned"_s, Severity::Low, Text::tr("Signed TLSA records behind unsigned MX records"),
            Text::tr("The TLSA records of the mail servers are proven, but the MX records of %1 are not signed. "
                     "Whoever forges those leads mail to a server of his own, past the TLSA records, and some senders "
                     "do not use the TLSA records then.")
                .arg(facts.domain),
            facts.domain);
    case SecurityStatus::Bogus: // a look-up that failed, for who checks (RFC 7672 section 2.1.1)
        return startTlsFinding(u"dane_mx_bogus"_s, Severity::High,
                               Text::tr("The signatures on the MX records do not hold"),
                               Text::tr("The DNSSEC signatures on the MX records of %1 are broken or missing. Senders "
                                        "who check them find no mail server, and keep the mail back.")
                                   .arg(facts.domain),
                               facts.domain);
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
