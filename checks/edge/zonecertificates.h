// The certificates that Cloudflare shows to visitors of a zone, and the signatures of the zone's names (DNSSEC), as its
// API tells of them.
#pragma once

#include "checks/edge/cloudflareparts.h"
#include "checks/engine/lookgaps.h"
#include "models/finding.h"

#include <QDateTime>

namespace cockpit {

enum class PackState {
    Serving,
    Coming, // being made or checked
    Failed, // ended, or never made
    Spare,  // made, and not shown to visitors: a backup, or one for Cloudflare's staging network
    Gone,   // deleted, or being put out of use
    Unknown,
};

// What Cloudflare calls a certificate pack: one certificate in several kinds of key. The status is that of the newest
// order: while it is renewed, and when that fails, the certificate before stays in use until it ends.
struct CertificatePack
{
    QString type; // "universal", "advanced", "sni_custom"
    QString status;
    QStringList hosts;        // "example.com", "*.example.com"
    QDateTime usedUntil = {}; // the last end of its certificates that are "active"; invalid: there is none

    PackState state() const;
    // A pack in a state that this program does not know may be in use.
    bool mayServe(const QDateTime &now) const;
    // A certificate is in use while another is made, or could not be made.
    bool servesMeanwhile(const QDateTime &now) const;
    bool covers(const QString &host) const;
    bool operator==(const CertificatePack &) const = default;
};
std::vector<CertificatePack> readCertificatePacks(const QJsonValue &packs);

struct ZoneCertificates
{
    ZonePart packs;
    ZonePart universal;
    ZonePart dnssec;
    QDateTime readAt = {}; // certificates that ended before are not in use
};

// proxied: hosts of the product that visitors reach by way of Cloudflare.
std::vector<Finding> findingsAbout(const ZoneCertificates &certificates, const CloudflareZone &zone,
                                   const QStringList &proxied);
// What could not be told, a sentence each, and the findings that it may hide.
LookGaps doubtsAbout(const ZoneCertificates &certificates, const CloudflareZone &zone);
Evidence evidenceOf(const ZoneCertificates &certificates);
// "certificates": [{"type","status","hosts"}]|null, "universal": bool|null, "dnssec": text|null
QJsonObject observedOf(const ZoneCertificates &certificates);

} // namespace cockpit
