#include "checks/edge/zonecertificates.h"

#include "checks/web/report.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ZoneCertificates)
};

constexpr int kMinutes = 30;

QString dayOf(const QDateTime &time)
{
    return QLocale().toString(time.toUTC().date(), QLocale::LongFormat);
}

using Packs = std::vector<CertificatePack>;

bool isCovered(const Packs &packs, const QString &host, PackState state)
{
    return std::ranges::any_of(packs,
                               [&](const CertificatePack &pack) { return pack.state() == state && pack.covers(host); });
}

bool isServed(const Packs &packs, const QString &host, const QDateTime &now)
{
    return std::ranges::any_of(packs,
                               [&](const CertificatePack &pack) { return pack.mayServe(now) && pack.covers(host); });
}

Finding about(const QString &code, Severity severity, Impact impact, const QString &title, const QString &saw)
{
    Finding finding = makeFinding(code, severity, Proof::Proven, impact, title, saw);
    finding.effortMinutes = kMinutes;
    return finding;
}

bool isUniversalOff(const ZoneCertificates &all)
{
    return all.universal.value && all.universal.value->toObject()["enabled"_L1] == QJsonValue(false);
}

Finding withoutCertificate(const QStringList &hosts, bool isUniversalOff)
{
    QString saw =
        Text::tr("No certificate that is in use at Cloudflare covers these hosts, so that browsers get no secure "
                 "connection there: %1.")
            .arg(hosts.join(u", "_s));
    if (isUniversalOff)
        saw += u' ' + Text::tr("Universal SSL, by which Cloudflare makes one, is switched off.");
    return about(u"no_edge_certificate"_s, Severity::High, Impact::Downtime,
                 Text::tr("Cloudflare has no certificate for some of your hosts"), saw);
}

Finding coming(const QStringList &hosts)
{
    return about(u"certificate_pending"_s, Severity::Medium, Impact::Downtime,
                 Text::tr("A certificate at Cloudflare is not ready yet"),
                 Text::tr("Cloudflare is still checking or making the certificate of these hosts, and has no other one "
                          "for them: %1.")
                     .arg(hosts.join(u", "_s)));
}

Finding stuck(const CertificatePack &pack, const QDateTime &now)
{
    QString saw = Text::tr("The certificate for %1 is \"%2\", and no other one covers all these names.")
                      .arg(pack.hosts.join(u", "_s), pack.status);
    if (pack.servesMeanwhile(now))
        saw += u' ' + Text::tr("The one before is in use until %1.").arg(dayOf(pack.usedUntil));
    return about(u"certificate_stuck"_s, Severity::Medium, Impact::Downtime,
                 Text::tr("Cloudflare could not make or renew a certificate"), saw);
}

// Names that nobody else serves, of a pack that has failed. A name with a wildcard needs one that says the same.
bool leavesNamesBare(const CertificatePack &failed, const Packs &packs, const QDateTime &now)
{
    return std::ranges::any_of(failed.hosts, [&](const QString &name) {
        return std::ranges::none_of(packs, [&](const CertificatePack &other) {
            const bool isGood = other.state() != PackState::Failed && other.mayServe(now);
            return isGood && (other.hosts.contains(name) || other.covers(name));
        });
    });
}

void judgePacks(const ZoneCertificates &all, const QStringList &proxied, std::vector<Finding> &findings)
{
    const Packs packs = readCertificatePacks(*all.packs.value);
    QStringList bare;
    QStringList waiting;
    for (const QString &host : proxied) {
        if (!isServed(packs, host, all.readAt))
            (isCovered(packs, host, PackState::Coming) ? waiting : bare) << host;
    }
    if (!bare.isEmpty())
        findings.push_back(withoutCertificate(bare, isUniversalOff(all)));
    if (!waiting.isEmpty())
        findings.push_back(coming(waiting));
    const auto failed = std::ranges::find_if(packs, [&](const CertificatePack &pack) {
        return pack.state() == PackState::Failed && leavesNamesBare(pack, packs, all.readAt);
    });
    if (failed != packs.end() && bare.isEmpty() && waiting.isEmpty())
        findings.push_back(stuck(*failed, all.readAt));
}

QString dnssecIn(const ZoneCertificates &all)
{
    return all.dnssec.value ? quoted(all.dnssec.value->toObject()["status"_L1].toString().toUtf8(), 40) : QString();
}

bool isKnownDnssec(const QString &status)
{
    static const QStringList kKnown{u"active"_s, u"pending"_s, u"disabled"_s, u"pending-disabled"_s, u"error"_s};
    return kKnown.contains(status);
}

// Whether a domain should be signed at all is the business of "dns.dnssec".
std::optional<Finding> dnssecFinding(const QString &status, const CloudflareZone &zone)
{
    if (status == "pending"_L1)
        return about(
            u"dnssec_pending"_s, Severity::Low, Impact::Maintainability, Text::tr("DNSSEC is switched on halfway"),
            Text::tr("Cloudflare signs the names of %1 and waits for the DS record where the domain was bought: "
                     "until it is there, nobody checks the signatures.")
                .arg(zone.name));
    if (status == "pending-disabled"_L1)
        return about(u"dnssec_half_off"_s, Severity::Medium, Impact::Downtime,
                     Text::tr("DNSSEC is switched off halfway"),
                     Text::tr("Cloudflare is to stop signing the names of %1, and the DS record where the domain was "
                              "bought is still there. Signatures that end before it does make the domain unreachable.")
                         .arg(zone.name));
    if (status == "error"_L1)
        return about(u"dnssec_error"_s, Severity::Medium, Impact::Downtime,
                     Text::tr("Cloudflare reports a fault of DNSSEC"),
                     Text::tr("Cloudflare keeps DNSSEC of %1 as \"error\".").arg(zone.name));
    return std::nullopt;
}

QString wordsFor(PackState state)
{
    switch (state) {
    case PackState::Serving:
        return Text::tr("in use");
    case PackState::Coming:
        return Text::tr("being checked or made");
    case PackState::Failed:
        return Text::tr("Cloudflare could not make or renew it");
    case PackState::Spare:
        return Text::tr("in reserve; visitors do not see it");
    case PackState::Gone:
        return Text::tr("deleted, or put out of use");
    case PackState::Unknown:
        return Text::tr("a state that this program does not know; not judged");
    }
    Q_UNREACHABLE();
}

// "certificates": [{"status":"active","expires_on":"2026-12-24T12:00:00Z"}]
QDateTime lastEndIn(const QJsonArray &certificates)
{
    QDateTime last;
    for (const QJsonValue one : certificates) {
        const QDateTime end = QDateTime::fromString(one["expires_on"_L1].toString(), Qt::ISODate);
        if (one["status"_L1].toString() == "active"_L1 && end.isValid() && (!last.isValid() || last < end))
            last = end;
    }
    return last;
}

QString wordsFor(const CertificatePack &pack, const QDateTime &now)
{
    const QString state = wordsFor(pack.state());
    return pack.servesMeanwhile(now)
               ? Text::tr("%1; the certificate before is in use until %2").arg(state, dayOf(pack.usedUntil))
               : state;
}

QString dnssecWords(const QString &status)
{
    if (status == "active"_L1)
        return Text::tr("signed, and the registry knows: resolvers notice forged answers");
    if (status == "pending"_L1)
        return Text::tr("signed; the DS record at the registrar is missing");
    if (status == "disabled"_L1)
        return Text::tr("off; \"dns.dnssec\" judges whether that is right");
    if (status == "pending-disabled"_L1)
        return Text::tr("being switched off; the DS record at the registrar is still there");
    if (status == "error"_L1)
        return Text::tr("Cloudflare reports a fault");
    return Text::tr("a state that this program does not know; not judged");
}

} // namespace

// The words of the API's schema for "status" of a certificate pack; "pending_expiration" is left open: it may serve
// yet.
PackState CertificatePack::state() const
{
    static const QStringList kComing{u"initializing"_s, u"pending_validation"_s, u"pending_issuance"_s,
                                     u"pending_deployment"_s};
    static const QStringList kFailed{u"expired"_s, u"validation_timed_out"_s, u"issuance_timed_out"_s,
                                     u"deployment_timed_out"_s, u"initializing_timed_out"_s};
    static const QStringList kSpare{u"backup_issued"_s, u"holding_deployment"_s, u"staging_deployment"_s,
                                    u"staging_active"_s};
    static const QStringList kGone{u"deleted"_s,         u"pending_deletion"_s, u"deletion_timed_out"_s,
                                   u"pending_cleanup"_s, u"deactivating"_s,     u"inactive"_s};
    if (status == "active"_L1)
        return PackState::Serving;
    if (kComing.contains(status))
        return PackState::Coming;
    if (kFailed.contains(status))
        return PackState::Failed;
    if (kSpare.contains(status))
        return PackState::Spare;
    return kGone.contains(status) ? PackState::Gone : PackState::Unknown;
}

bool CertificatePack::servesMeanwhile(const QDateTime &now) const
{
    const bool isMaking = state() == PackState::Coming || state() == PackState::Failed;
    return isMaking && usedUntil.isValid() && now < usedUntil;
}

bool CertificatePack::mayServe(const QDateTime &now) const
{
    return state() == PackState::Serving || state() == PackState::Unknown || servesMeanwhile(now);
}

// A wildcard stands for one label (RFC 6125 section 6.4.3).
bool CertificatePack::covers(const QString &host) const
{
    const QString above = u"*."_s + host.section(u'.', 1);
    return hosts.contains(host, Qt::CaseInsensitive) || hosts.contains(above, Qt::CaseInsensitive);
}

std::vector<CertificatePack> readCertificatePacks(const QJsonValue &packs)
{
    std::vector<CertificatePack> read;
    const QJsonArray array = packs.toArray();
    read.reserve(size_t(array.size()));
    for (const QJsonValue value : array) {
        CertificatePack pack{quoted(value["type"_L1].toString().toUtf8(), 40),
                             quoted(value["status"_L1].toString().toUtf8(), 40),
                             {},
                             lastEndIn(value["certificates"_L1].toArray())};
        for (const QJsonValue host : value["hosts"_L1].toArray())
            pack.hosts << quoted(host.toString().toUtf8(), 253);
        read.push_back(std::move(pack));
    }
    return read;
}

std::vector<Finding> findingsAbout(const ZoneCertificates &certificates, const CloudflareZone &zone,
                                   const QStringList &proxied)
{
    std::vector<Finding> findings;
    // Cloudflare makes none before it stands in front of the domain.
    if (certificates.packs.value && zone.isInForce())
        judgePacks(certificates, proxied, findings);
    if (auto finding = dnssecFinding(dnssecIn(certificates), zone))
        findings.push_back(*std::move(finding));
    return findings;
}

LookGaps doubtsAbout(const ZoneCertificates &certificates, const CloudflareZone &zone)
{
    LookGaps gaps;
    const Packs packs = certificates.packs.value ? readCertificatePacks(*certificates.packs.value) : Packs();
    const bool isPackUnknown =
        std::ranges::any_of(packs, [](const CertificatePack &pack) { return pack.state() == PackState::Unknown; });
    if (!certificates.packs.value)
        gaps.say(certificates.packs.why);
    if (isPackUnknown)
        gaps.say(Text::tr("A certificate at Cloudflare is in a state that this program does not know."));
    if (gaps.isSaid() || !zone.isInForce()) // why a zone is not in force is a finding of its own
        gaps.hideCodes({u"no_edge_certificate"_s, u"certificate_pending"_s, u"certificate_stuck"_s});
    const bool isDnssecKnown = certificates.dnssec.value && isKnownDnssec(dnssecIn(certificates));
    if (!certificates.dnssec.value)
        gaps.say(certificates.dnssec.why);
    else if (!isDnssecKnown)
        gaps.say(Text::tr("Cloudflare's answer about DNSSEC holds no state that this program knows."));
    if (!isDnssecKnown)
        gaps.hideCodes({u"dnssec_pending"_s, u"dnssec_half_off"_s, u"dnssec_error"_s});
    return gaps;
}

Evidence evidenceOf(const ZoneCertificates &certificates)
{
    QStringList lines;
    if (certificates.packs.value) {
        for (const CertificatePack &pack : readCertificatePacks(*certificates.packs.value))
            lines << u"%1 (%2): %3, %4"_s.arg(pack.hosts.join(u", "_s), pack.type, pack.status,
                                              wordsFor(pack, certificates.readAt));
    }
    if (certificates.universal.value)
        lines << (isUniversalOff(certificates)
                      ? Text::tr("Universal SSL: off. Every host needs a certificate that you order or upload.")
                      : Text::tr("Universal SSL: on. Cloudflare makes and renews a certificate for the domain and the "
                                 "hosts right below it."));
    if (const QString status = dnssecIn(certificates); !status.isEmpty())
        lines << u"DNSSEC: %1 (%2)"_s.arg(status, dnssecWords(status));
    return {Text::tr("Certificates and DNSSEC at Cloudflare"), lines.join(u'\n')};
}

QJsonObject observedOf(const ZoneCertificates &certificates)
{
    QJsonValue rows;
    if (certificates.packs.value) {
        QJsonArray array;
        for (const CertificatePack &pack : readCertificatePacks(*certificates.packs.value))
            array.append(QJsonObject{{u"type"_s, pack.type},
                                     {u"status"_s, pack.status},
                                     {u"hosts"_s, QJsonArray::fromStringList(pack.hosts)}});
        rows = array;
    }
    const QString dnssec = dnssecIn(certificates);
    return {{u"certificates"_s, rows},
            {u"universal"_s, certificates.universal.value ? QJsonValue(!isUniversalOff(certificates)) : QJsonValue()},
            {u"dnssec"_s, dnssec.isEmpty() ? QJsonValue() : QJsonValue(dnssec)}};
}

} // namespace cockpit
