// edge.cloudflare-config: proxy, HTTPS mode and basic protections are set as intended, by Cloudflare's own answer. Each
// setting is judged by its rule (settingrules.h).
// observed: "zone": {"name","plan","status","paused"}, "settings": [{"id","value","state": SettingState,"editable"}],
// "dns_only": [name]|null (null: the records could not be read), and those of zonecertificates.h; without a zone:
// "answer" (why, a word).
#pragma once

#include "checks/edge/zonecertificates.h"
#include "checks/engine/check.h"

namespace cockpit {

struct CloudflareConfig
{
    CloudflareZone zone;
    QJsonValue settings;               // the API's list
    std::optional<QJsonValue> records; // the API's DNS records; none: could not be read
    QString whyNoRecords = {};         // then
    QStringList hosts;                 // of the product, that visitors open
    ZoneCertificates certificates = {};
};

// Hosts of the product that Cloudflare names without shielding them, and no platform shields either.
QStringList dnsOnlyHosts(const QJsonValue &records, const QStringList &hosts);

// Those that visitors reach by way of Cloudflare.
QStringList proxiedHosts(const QJsonValue &records, const QStringList &hosts);

Check cloudflareConfigCheck();
Judged judgeCloudflareConfig(const CloudflareConfig &config);

} // namespace cockpit
