#include "checks/edge/cloudflareconfig.h"

#include "checks/edge/cloudflareparts.h"
#include "checks/edge/settingrules.h"
#include "checks/engine/lookgaps.h"
#include "checks/web/report.h"
#include "models/providers.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CloudflareConfig)
};

constexpr int kSwitchMinutes = 5;
constexpr int kProxyMinutes = 20;

QString shown(const QJsonValue &value)
{
    if (value.isObject() || value.isArray()) {
        const QJsonDocument document =
            value.isObject() ? QJsonDocument(value.toObject()) : QJsonDocument(value.toArray());
        return quoted(document.toJson(QJsonDocument::Compact));
    }
    return value.isDouble() ? QString::number(value.toDouble(), 'g', 15) : quoted(value.toString().toUtf8());
}

Finding findingFor(const JudgedSetting &setting, const CloudflareZone &zone)
{
    const SettingCase &broken = *setting.broken;
    Finding finding =
        makeFinding(broken.code, broken.severity, Proof::Proven, broken.impact, broken.title,
                    Text::tr("The setting \"%1\" of %2 is %3. %4 Wanted: %5.")
                        .arg(setting.rule->name, zone.name, shown(setting.value), broken.says, setting.rule->want));
    finding.effortMinutes = kSwitchMinutes;
    return finding;
}

Finding inactive(const CloudflareZone &zone)
{
    Finding finding = makeFinding(u"zone_inactive"_s, Severity::Medium, Proof::Proven, Impact::Downtime,
                                  Text::tr("Cloudflare's settings have no effect yet"),
                                  Text::tr("Cloudflare keeps %1 as \"%2\", not as active: the domain does not use its "
                                           "name servers yet.")
                                      .arg(zone.name, zone.status));
    finding.effortMinutes = kProxyMinutes;
    return finding;
}

Finding paused(const CloudflareZone &zone)
{
    Finding finding = makeFinding(u"zone_paused"_s, Severity::Medium, Proof::Proven, Impact::Downtime,
                                  Text::tr("Cloudflare is switched off for the domain"),
                                  Text::tr("Cloudflare is paused for %1: it answers for the names alone, all visitors "
                                           "reach the servers themselves, and no setting has an effect.")
                                      .arg(zone.name));
    finding.effortMinutes = kSwitchMinutes;
    return finding;
}

Finding notProxied(const QStringList &hosts)
{
    Finding finding = makeFinding(
        u"not_proxied"_s, Severity::Medium, Proof::Proven, Impact::Downtime, Text::tr("Some hosts pass Cloudflare by"),
        Text::tr("The records of these hosts are set to \"DNS only\" (grey cloud), so that visitors reach "
                 "the server itself: %1.")
            .arg(hosts.join(u", "_s)));
    finding.effortMinutes = kProxyMinutes;
    return finding;
}

QString stateWords(const JudgedSetting &setting)
{
    switch (setting.state) {
    case SettingState::Good:
        return Text::tr("fine");
    case SettingState::Bad:
        return Text::tr("wanted: %1").arg(setting.rule->want);
    case SettingState::Plan:
        return Text::tr("wanted: %1; your plan does not let you change it").arg(setting.rule->want);
    case SettingState::Unknown:
        return Text::tr("a value that this program does not know; not judged");
    case SettingState::Missing:
        return Text::tr("not in Cloudflare's answer; not judged");
    }
    Q_UNREACHABLE();
}

std::vector<JudgedSetting> judgedSettings(const QJsonValue &settings)
{
    std::vector<JudgedSetting> judged;
    judged.reserve(knownSettingRules().size());
    for (const SettingRule &rule : knownSettingRules())
        judged.push_back(judgeSetting(rule, itemOf(settings, rule.id)));
    return judged;
}

QJsonArray toJson(const std::vector<JudgedSetting> &settings)
{
    QJsonArray rows;
    for (const JudgedSetting &setting : settings)
        rows.append(QJsonObject{{u"id"_s, setting.rule->id},
                                {u"value"_s, setting.state == SettingState::Missing ? QJsonValue() : setting.value},
                                {u"state"_s, toWord(setting.state)},
                                {u"editable"_s, setting.isEditable}});
    return rows;
}

Evidence evidenceOf(const std::vector<JudgedSetting> &settings)
{
    QStringList lines;
    for (const JudgedSetting &setting : settings) {
        const QString value = setting.state == SettingState::Missing ? u"-"_s : shown(setting.value);
        lines << u"%1: %2 (%3)"_s.arg(setting.rule->name, value, stateWords(setting));
        lines << u"    "_s + setting.rule->about;
    }
    return {Text::tr("All settings that were judged"), lines.join(u'\n')};
}

// Platforms ask for "DNS only", and shield their own network.
bool isOnPlatform(const QString &content)
{
    return std::ranges::any_of(knownProviders(), [&](const Provider &p) {
        return p.is(ProviderKind::Hosting) && (matchesHost(p.cname, content) || matchesAddress(p.addresses, content));
    });
}

QString summaryOf(const CloudflareConfig &config, const std::vector<JudgedSetting> &settings)
{
    const auto good = std::ranges::count(settings, SettingState::Good, &JudgedSetting::state);
    return Text::tr("%1 of %2 settings of %3 at Cloudflare are as they should be")
        .arg(QString::number(good), QString::number(settings.size()), config.zone.name);
}

// A value that no rule knows, or none: each fault that the setting could have may be there. Settings without a case
// have none.
bool isInDoubt(const JudgedSetting &setting)
{
    return !setting.rule->cases.empty() &&
           (setting.state == SettingState::Missing || setting.state == SettingState::Unknown);
}

// A pass is for what was judged to the end.
void noteDoubts(Judged &judged, const CloudflareConfig &config, const std::vector<JudgedSetting> &settings)
{
    LookGaps gaps;
    QStringList names;
    if (!config.records) {
        gaps.say(config.whyNoRecords);
        gaps.hideCodes({u"not_proxied"_s, u"no_edge_certificate"_s, u"certificate_pending"_s});
    }
    for (const JudgedSetting &setting : settings) {
        if (!isInDoubt(setting))
            continue;
        names << u'"' + setting.rule->name + u'"';
        for (const SettingCase &one : setting.rule->cases)
            gaps.hideCodes({one.code});
    }
    if (!names.isEmpty())
        gaps.say(Text::tr("These settings could not be judged, as Cloudflare's answer holds no value that this program "
                          "knows: %1.")
                     .arg(names.join(u", "_s)));
    gaps.add(doubtsAbout(config.certificates, config.zone));
    leaveOpen(judged, gaps);
}

Judged lookAtCloudflareConfig(const Look &look)
{
    const ZoneAccess access = cloudflareZoneOf(look);
    if (!access.zone)
        return access.instead;
    const ZonePart settings = settingsOf(look, *access.zone);
    if (!settings.value)
        return settings.instead;
    const ZonePart records = dnsRecordsOf(look, *access.zone);
    QStringList hosts;
    for (const Host &host : look.target.hosts) {
        if (host.role != HostRole::Mail)
            hosts << host.name;
    }
    return judgeCloudflareConfig({*access.zone,
                                  *settings.value,
                                  records.value,
                                  records.why,
                                  hosts,
                                  {certificatePacksOf(look, *access.zone), universalSslOf(look, *access.zone),
                                   dnssecOf(look, *access.zone), look.startedAt}});
}

QString nameOf(const QJsonValue &record)
{
    return record["name"_L1].toString().toLower();
}

// A name exists by a record of its own or of a name below it (RFC 4592 section 2.2.2).
bool exists(const QString &name, const QJsonArray &records)
{
    return std::ranges::any_of(records, [&](const QJsonValue &record) {
        const QString known = nameOf(record);
        return known == name || known.endsWith(u'.' + name);
    });
}

// The name of the records that answer for a host: its own, or the wildcard right below the nearest name above that
// exists (RFC 4592 section 3.3.1).
QString answeringName(const QString &host, const QJsonArray &records)
{
    if (exists(host, records))
        return host;
    QString above = host.section(u'.', 1);
    while (!above.isEmpty() && !exists(above, records))
        above = above.section(u'.', 1);
    return u"*."_s + above;
}

QStringList hostsWith(const QJsonValue &records, const QStringList &hosts, bool (*fits)(const QJsonValue &))
{
    const QJsonArray all = records.toArray();
    QStringList found;
    for (const QString &host : hosts) {
        const QString name = answeringName(host, all);
        const bool isIt =
            std::ranges::any_of(all, [&](const QJsonValue &record) { return nameOf(record) == name && fits(record); });
        if (isIt)
            found << host;
    }
    return found;
}

} // namespace

QStringList proxiedHosts(const QJsonValue &records, const QStringList &hosts)
{
    return hostsWith(records, hosts, [](const QJsonValue &record) { return record["proxied"_L1].toBool(); });
}

QStringList dnsOnlyHosts(const QJsonValue &records, const QStringList &hosts)
{
    static const QStringList kWebTypes{u"A"_s, u"AAAA"_s, u"CNAME"_s};
    return hostsWith(records, hosts, [](const QJsonValue &record) {
        const bool isGrey =
            record["proxiable"_L1].toBool() && record["proxied"_L1].isBool() && !record["proxied"_L1].toBool();
        return isGrey && kWebTypes.contains(record["type"_L1].toString()) &&
               !isOnPlatform(record["content"_L1].toString());
    });
}

Judged judgeCloudflareConfig(const CloudflareConfig &config)
{
    const std::vector<JudgedSetting> settings = judgedSettings(config.settings);
    std::vector<Finding> findings;
    if (config.zone.status != "active"_L1)
        findings.push_back(inactive(config.zone));
    else if (config.zone.isPaused)
        findings.push_back(paused(config.zone));
    for (const JudgedSetting &setting : settings) {
        if (setting.state == SettingState::Bad)
            findings.push_back(findingFor(setting, config.zone));
    }
    QJsonValue dnsOnly;
    if (config.records) {
        const QStringList hosts = dnsOnlyHosts(*config.records, config.hosts);
        dnsOnly = QJsonArray::fromStringList(hosts);
        if (!hosts.isEmpty())
            findings.push_back(notProxied(hosts));
    }
    const QStringList proxied = config.records ? proxiedHosts(*config.records, config.hosts) : QStringList();
    std::ranges::move(findingsAbout(config.certificates, config.zone, proxied), std::back_inserter(findings));
    QJsonObject observed = observedOf(config.certificates);
    observed.insert(u"zone"_s, QJsonObject{{u"name"_s, config.zone.name},
                                           {u"plan"_s, config.zone.plan},
                                           {u"status"_s, config.zone.status},
                                           {u"paused"_s, config.zone.isPaused}});
    observed.insert(u"settings"_s, toJson(settings));
    observed.insert(u"dns_only"_s, dnsOnly);
    std::vector<Evidence> evidence{evidenceOf(settings)};
    if (Evidence certificates = evidenceOf(config.certificates); !certificates.body.isEmpty())
        evidence.push_back(std::move(certificates));
    Judged judged =
        concluded(std::move(findings), summaryOf(config, settings), std::move(observed), std::move(evidence));
    noteDoubts(judged, config, settings);
    return judged;
}

Check cloudflareConfigCheck()
{
    return {.id = u"edge.cloudflare-config"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::AccountTakeover, Impact::Downtime, Impact::CostAbuse, Impact::BrokenLogin,
                        Impact::Maintainability},
            .needs = {Need::ApiToken},
            .look = lookAtCloudflareConfig};
}

} // namespace cockpit
