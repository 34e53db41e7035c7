// The parts of a zone's settings that the checks read, each with what to say when the token may not read it.
#pragma once

#include "checks/edge/cloudflarezone.h"

namespace cockpit {

struct ZonePart
{
    QString name;                    // "settings"
    std::optional<QJsonValue> value; // none when it could not be read
    QString why = {};                // then: a sentence
    Judged instead = {};             // then: for a check that is about this part alone
};

// [{"id","value","editable"}]. Asked in one go; one by one where Cloudflare has given up the list.
ZonePart settingsOf(const Look &look, const CloudflareZone &zone);
// [{"name","type","content","proxied","proxiable"}]
ZonePart dnsRecordsOf(const Look &look, const CloudflareZone &zone);
// The rules of a phase, in their order; an empty list where none were ever made.
ZonePart rulesOf(const Look &look, const CloudflareZone &zone, const QString &phase);
// Of the old kind ("Page Rules"), the active ones.
ZonePart pageRulesOf(const Look &look, const CloudflareZone &zone);
ZonePart botManagementOf(const Look &look, const CloudflareZone &zone);
// Of all states: [{"type","status","hosts"}].
ZonePart certificatePacksOf(const Look &look, const CloudflareZone &zone);
// {"enabled"}: whether Cloudflare makes certificates by itself.
ZonePart universalSslOf(const Look &look, const CloudflareZone &zone);
// {"status"}
ZonePart dnssecOf(const Look &look, const CloudflareZone &zone);

namespace phases {
const QString kCache = QStringLiteral("http_request_cache_settings");
const QString kFirewall = QStringLiteral("http_request_firewall_custom");
const QString kRateLimit = QStringLiteral("http_ratelimit");
const QString kManaged = QStringLiteral("http_request_firewall_managed");
const QString kDdos = QStringLiteral("ddos_l7");
} // namespace phases

// The item of a list whose "id" that is; undefined when there is none.
QJsonValue itemOf(const QJsonValue &list, const QString &id);

} // namespace cockpit
