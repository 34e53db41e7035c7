// The certificates that Cloudflare shows to visitors of a zone, and the signatures of the zone's names (DNSSEC), as its
// API tells of them.
#pragma once

#include "checks/edge/cloudflareparts.h"
#include "models/finding.h"
#include "models/unseen.h"

namespace cockpit {

enum class PackState {
    Serving,
    Coming, // being made or checked
    Failed, // ended, or never made
    Spare,  // made, and not shown to visitors: a backup, or one for Cloudflare's staging network
    Gone,   // deleted, or being put out of use
    Unknown,
};

// What Cloudflare calls a certificate pack: one certificate in several kinds of key.
struct CertificatePack
{
    QString type; // "universal", "advanced", "sni_custom"
    QString status;
    QStringList hosts; // "example.com", "*.example.com"

    PackState state() const;
    bool covers(const QString &host) const;
    bool operator==(const CertificatePack &) const = default;
};
std::vector<CertificatePack> readCertificatePacks(const QJsonValue &packs);

struct ZoneCertificates
{
    ZonePart packs;
    ZonePart universal;
    ZonePart dnssec;
};

// proxied: hosts of the product that visitors reach by way of Cloudflare.
std::vector<Finding> findingsAbout(const ZoneCertificates &certificates, const CloudflareZone &zone,
                                   const QStringList &proxied);
// What could not be told, a sentence each, and the findings that it may hide.
QStringList doubtsAbout(const ZoneCertificates &certificates, std::vector<Unseen> &gaps);
Evidence evidenceOf(const ZoneCertificates &certificates);
// "certificates": [{"type","status","hosts"}]|null, "universal": bool|null, "dnssec": text|null
QJsonObject observedOf(const ZoneCertificates &certificates);

} // namespace cockpit
