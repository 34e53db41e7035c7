#include "tests/lab/cloudflarelab.h"

#include <QJsonDocument>
#include <QUrl>
#include <QUrlQuery>

namespace cockpit::lab {

using namespace Qt::StringLiterals;

namespace {

const QString kApi = u"api.cloudflare.com"_s;
const QByteArray kBase = "/client/v4";

QByteArray jsonOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray headerIn(const QByteArray &request, const QByteArray &name)
{
    for (const QByteArray &line : request.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.first(colon).toLower() == name)
            return line.sliced(colon + 1).trimmed();
    }
    return {};
}

LabAnswer pageOf(const QJsonArray &all, const QUrlQuery &query)
{
    const int size = std::max(1, query.queryItemValue(u"per_page"_s).toInt());
    const int page = std::max(1, query.queryItemValue(u"page"_s).toInt());
    QJsonArray items;
    for (qsizetype i = qsizetype(page - 1) * size; i < std::min<qsizetype>(all.size(), qsizetype(page) * size); ++i)
        items.append(all[i]);
    return labResult(items, page, int((all.size() + size - 1) / size));
}

QJsonObject item(const LabZone &zone, const QString &id)
{
    return {{u"id"_s, id},
            {u"value"_s, zone.settings[id]},
            {u"editable"_s, !zone.fixedByPlan.contains(id)},
            {u"modified_on"_s, u"2026-01-01T05:20:00.12345Z"_s}};
}

TlsSetup setupFor(const Identity &root)
{
    return {.chain = {makeSigned({.commonName = kApi, .names = {kApi}}, root)}};
}

} // namespace

LabAnswer labResult(const QJsonValue &result, int page, int totalPages)
{
    return {.body = jsonOf({{u"success"_s, true},
                            {u"errors"_s, QJsonArray()},
                            {u"messages"_s, QJsonArray()},
                            {u"result"_s, result},
                            {u"result_info"_s, QJsonObject{{u"page"_s, page}, {u"total_pages"_s, totalPages}}}})};
}

LabAnswer labError(int status, int code, const QString &message)
{
    return {.status = status,
            .body = jsonOf({{u"success"_s, false},
                            {u"errors"_s, QJsonArray{QJsonObject{{u"code"_s, code}, {u"message"_s, message}}}},
                            {u"messages"_s, QJsonArray()},
                            {u"result"_s, QJsonValue()}})};
}

LabZone wellSetZone()
{
    LabZone zone;
    zone.settings = {{u"ssl"_s, u"strict"_s},
                     {u"always_use_https"_s, u"on"_s},
                     {u"min_tls_version"_s, u"1.2"_s},
                     {u"tls_1_3"_s, u"on"_s},
                     {u"automatic_https_rewrites"_s, u"on"_s},
                     {u"security_header"_s, QJsonObject{{u"strict_transport_security"_s,
                                                         QJsonObject{{u"enabled"_s, true}, {u"max_age"_s, 31536000}}}}},
                     {u"opportunistic_encryption"_s, u"on"_s},
                     {u"0rtt"_s, u"off"_s},
                     {u"security_level"_s, u"medium"_s},
                     {u"browser_check"_s, u"on"_s},
                     {u"challenge_ttl"_s, 1800},
                     {u"development_mode"_s, u"off"_s},
                     {u"always_online"_s, u"off"_s},
                     {u"cache_level"_s, u"aggressive"_s},
                     {u"browser_cache_ttl"_s, 14400},
                     {u"websockets"_s, u"on"_s},
                     {u"ip_geolocation"_s, u"on"_s},
                     {u"email_obfuscation"_s, u"on"_s},
                     {u"hotlink_protection"_s, u"off"_s},
                     {u"server_side_exclude"_s, u"on"_s},
                     {u"brotli"_s, u"on"_s},
                     {u"http2"_s, u"on"_s},
                     {u"http3"_s, u"on"_s},
                     {u"early_hints"_s, u"off"_s},
                     {u"true_client_ip_header"_s, u"off"_s},
                     {u"ciphers"_s, QJsonArray()},
                     {u"replace_insecure_js"_s, u"on"_s},
                     {u"rocket_loader"_s, u"off"_s},
                     {u"pseudo_ipv4"_s, u"off"_s}};
    zone.records = {QJsonObject{{u"name"_s, u"example.com"_s},
                                {u"type"_s, u"A"_s},
                                {u"content"_s, u"203.0.113.10"_s},
                                {u"proxied"_s, true},
                                {u"proxiable"_s, true}}};
    zone.rulesets = {
        {u"http_ratelimit"_s,
         QJsonArray{QJsonObject{{u"description"_s, u"Sign in"_s},
                                {u"action"_s, u"block"_s},
                                {u"enabled"_s, true},
                                {u"expression"_s, u"(http.request.uri.path contains \"/login\")"_s},
                                {u"ratelimit"_s, QJsonObject{{u"period"_s, 60}, {u"requests_per_period"_s, 10}}}}}},
        {u"http_request_firewall_custom"_s,
         QJsonArray{QJsonObject{{u"description"_s, u"No probes"_s},
                                {u"action"_s, u"block"_s},
                                {u"enabled"_s, true},
                                {u"expression"_s, u"(http.request.uri.path eq \"/.env\")"_s}}}}};
    zone.packs = {QJsonObject{{u"id"_s, u"3822ff90-ea29-44df-9e55-21300bb9419b"_s},
                              {u"type"_s, u"universal"_s},
                              {u"status"_s, u"active"_s},
                              {u"hosts"_s, QJsonArray{u"example.com"_s, u"*.example.com"_s}}}};
    zone.bots = {{u"fight_mode"_s, true}, {u"enable_js"_s, true}};
    return zone;
}

CloudflareLab::CloudflareLab(LabZone zone) : m_zone(std::move(zone))
{
    const Identity root = makeRoot(u"Lab root"_s);
    if (m_root.open()) {
        m_root.write(pemOf({root}));
        m_root.flush();
    }
    m_server = std::make_unique<HostileServer>(
        answering([this](const QByteArray &request) { return answerTo(request); }), setupFor(root));
}

CloudflareLab::~CloudflareLab() = default;

NetOptions CloudflareLab::options() const
{
    NetOptions net;
    net.connects = {{kApi, 443, {u"127.0.0.1"_s, m_server->port()}}};
    net.caFile = m_root.fileName();
    net.operationTimeout = std::chrono::milliseconds(3000);
    return net;
}

void CloudflareLab::setZone(const LabZone &zone)
{
    const std::lock_guard lock(m_mutex);
    m_zone = zone;
}

void CloudflareLab::setTokenStatus(const QString &status)
{
    const std::lock_guard lock(m_mutex);
    m_tokenStatus = status;
}

void CloudflareLab::forbid(const QString &part)
{
    const std::lock_guard lock(m_mutex);
    m_forbidden << part;
}

void CloudflareLab::answerWith(const QString &part, const LabAnswer &answer)
{
    const std::lock_guard lock(m_mutex);
    m_scripted.insert_or_assign(part, answer);
}

QStringList CloudflareLab::asked() const
{
    const std::lock_guard lock(m_mutex);
    return m_asked;
}

int CloudflareLab::writes() const
{
    const std::lock_guard lock(m_mutex);
    return m_writes;
}

QByteArray CloudflareLab::answerTo(const QByteArray &request)
{
    const std::lock_guard lock(m_mutex);
    const QByteArrayList words = request.left(request.indexOf('\r')).split(' ');
    const QString target = QString::fromLatin1(words.value(1)).mid(kBase.size());
    m_asked << target;
    m_writes += words.value(0) == "GET" ? 0 : 1;
    const bool isRightToken = headerIn(request, "authorization") == "Bearer " + token().reveal();
    LabAnswer answer;
    if (!words.value(1).startsWith(kBase))
        answer = labError(404, 7000, u"No route for that URI"_s);
    else if (!isRightToken && target.startsWith("/user/tokens/verify"_L1))
        answer = labError(401, 1000, u"Invalid API Token"_s);
    else if (!isRightToken)
        answer = labError(403, 9109, u"Invalid access token"_s);
    else
        answer = usualAnswer(target);
    return httpAnswer(answer.status, answer.headers, answer.body);
}

LabAnswer CloudflareLab::usualAnswer(const QString &target) const
{
    for (const auto &[part, answer] : m_scripted) {
        if ((target + u'$').contains(part))
            return answer;
    }
    if (target.startsWith("/user/tokens/verify"_L1))
        return labResult(QJsonObject{{u"id"_s, m_zone.id}, {u"status"_s, m_tokenStatus}});
    if (m_tokenStatus != "active"_L1)
        return labError(403, 9109, u"Invalid access token"_s);
    for (const QString &part : m_forbidden) {
        if (target.contains(part))
            return labError(403, 10000, u"Authentication error"_s);
    }
    const QUrl url(target);
    if (url.path() == "/zones"_L1) {
        const QString name = QUrlQuery(url).queryItemValue(u"name"_s);
        const QJsonObject zone{{u"id"_s, m_zone.id},
                               {u"name"_s, m_zone.name},
                               {u"status"_s, m_zone.status},
                               {u"paused"_s, m_zone.isPaused},
                               {u"plan"_s, QJsonObject{{u"name"_s, m_zone.plan}}}};
        return labResult(name.isEmpty() || name == m_zone.name ? QJsonArray{zone} : QJsonArray());
    }
    const QString base = u"/zones/"_s + m_zone.id;
    return url.path().startsWith(base) ? ofZone(url.path().mid(base.size()), url.query())
                                       : labError(404, 7003, u"Could not route to that"_s);
}

LabAnswer CloudflareLab::ofZone(const QString &path, const QString &query) const
{
    if (path == "/settings"_L1) {
        QJsonArray items;
        for (const QString &id : m_zone.settings.keys())
            items.append(item(m_zone, id));
        return labResult(items);
    }
    if (path.startsWith("/settings/"_L1)) {
        const QString id = path.mid(10);
        return m_zone.settings.contains(id) ? labResult(item(m_zone, id))
                                            : labError(400, 1006, u"Unrecognized zone setting name"_s);
    }
    if (path == "/dns_records"_L1)
        return pageOf(m_zone.records, QUrlQuery(query));
    if (path == "/pagerules"_L1)
        return labResult(m_zone.pageRules);
    if (path == "/bot_management"_L1)
        return labResult(m_zone.bots);
    if (path == "/ssl/certificate_packs"_L1)
        return pageOf(m_zone.packs, QUrlQuery(query));
    if (path == "/ssl/universal/settings"_L1)
        return labResult(QJsonObject{{u"enabled"_s, m_zone.isUniversal}});
    if (path == "/dnssec"_L1)
        return labResult(QJsonObject{{u"status"_s, m_zone.dnssec}});
    const QString phase = path.section(u'/', 3, 3);
    if (path == u"/rulesets/phases/%1/entrypoint"_s.arg(phase) && m_zone.rulesets.contains(phase))
        return labResult(QJsonObject{{u"phase"_s, phase}, {u"rules"_s, m_zone.rulesets[phase]}});
    return labError(404, 10003, u"could not find entrypoint ruleset in the phase"_s);
}

} // namespace cockpit::lab
