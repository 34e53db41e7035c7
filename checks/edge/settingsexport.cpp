#include "checks/edge/settingsexport.h"

#include "checks/edge/addresspattern.h"
#include "checks/edge/rulescope.h"
#include "checks/edge/settingrules.h"
#include "checks/edge/zonecertificates.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>
#include <array>
#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SettingsExport)
};

constexpr int kLongestText = 400;
constexpr int kDeepest = 6; // the API's own nesting is four levels
constexpr std::array kParameters{"cache"_L1,   "edge_ttl"_L1, "browser_ttl"_L1, "overrides"_L1,
                                 "ruleset"_L1, "phases"_L1,   "products"_L1};
constexpr std::array kRateNumbers{"period"_L1, "requests_per_period"_L1, "mitigation_timeout"_L1};

// Masked and cut; what nests deeper than any setting is left out.
QJsonValue shownValue(const QJsonValue &value, int depth = 0)
{
    if (value.isString())
        return quoted(value.toString().toUtf8(), kLongestText);
    if (depth == kDeepest)
        return {};
    if (value.isArray()) {
        QJsonArray shown;
        for (const QJsonValue item : value.toArray())
            shown.append(shownValue(item, depth + 1));
        return shown;
    }
    if (!value.isObject())
        return value;
    QJsonObject shown;
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        shown.insert(quoted(it.key().toUtf8(), kLongestText), shownValue(it.value(), depth + 1));
    return shown;
}

// A number or a word by itself, anything else as JSON on one line.
QString lineOf(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    if (value.isArray())
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    if (value.isObject())
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    return value.toVariant().toString();
}

// Where no shared secret can stand. An address with its query may hold one, and so may any header.
bool isOpenField(const QString &field)
{
    constexpr std::array kOpen{"http.host"_L1,
                               "http.request.method"_L1,
                               "http.request.version"_L1,
                               "http.request.uri.path"_L1,
                               "http.request.uri.path.extension"_L1,
                               "raw.http.request.uri.path"_L1,
                               "raw.http.request.uri.path.extension"_L1,
                               "ssl"_L1};
    return std::ranges::find(kOpen, field) != kOpen.end() || field.startsWith("ip."_L1);
}

// Long, and letters among digits or capitals among small ones: nobody chose it to be read.
bool isTokenLike(QStringView run)
{
    constexpr qsizetype kShortest = 16;
    constexpr qsizetype kShortestOfLetters = 24;
    const auto count = [&](bool (*is)(QChar)) { return std::ranges::count_if(run, is); };
    const auto digits = count([](QChar c) { return c.isDigit(); });
    const auto capitals = count([](QChar c) { return c.isUpper(); });
    const auto small = count([](QChar c) { return c.isLower(); });
    const auto joints = run.size() - digits - capitals - small;
    return (run.size() >= kShortest && digits >= 2 && capitals + small >= 2) ||
           (run.size() >= kShortestOfLetters && joints == 0 && capitals >= 2 && small >= 2);
}

bool isTokenChar(QChar c)
{
    return c.unicode() < 0x80 && (c.isLetterOrNumber() || c == u'-' || c == u'_');
}

QJsonObject settingsIn(const QJsonValue &items)
{
    QJsonObject settings;
    for (const QJsonValue item : items.toArray())
        settings.insert(quoted(item["id"_L1].toString().toUtf8(), 60), shownValue(item["value"_L1]));
    return settings;
}

QJsonObject parametersOf(const QJsonValue &rule)
{
    QJsonObject parameters;
    for (const QLatin1StringView name : kParameters) {
        const QJsonValue value = rule["action_parameters"_L1][name];
        if (!value.isUndefined())
            parameters.insert(name, shownValue(value));
    }
    for (const QLatin1StringView name : kRateNumbers) {
        if (const QJsonValue value = rule["ratelimit"_L1][name]; value.isDouble())
            parameters.insert(name, value);
    }
    return parameters;
}

QJsonArray rulesIn(const QJsonValue &items)
{
    QJsonArray rules;
    for (const QJsonValue item : items.toArray())
        rules.append(QJsonObject{{u"name"_s, quoted(item["description"_L1].toString().toUtf8(), kLongestText)},
                                 {u"action"_s, quoted(item["action"_L1].toString().toUtf8(), 40)},
                                 {u"on"_s, item["enabled"_L1].toBool(true)},
                                 {u"expression"_s, shownExpression(item["expression"_L1].toString())},
                                 {u"parameters"_s, parametersOf(item)}});
    return rules;
}

QJsonObject pageRulesIn(const QJsonValue &items)
{
    QJsonObject rules;
    for (const QJsonValue item : items.toArray()) {
        QJsonObject actions;
        for (const QJsonValue action : item["actions"_L1].toArray())
            actions.insert(quoted(action["id"_L1].toString().toUtf8(), 60), shownValue(action["value"_L1]));
        const QString pattern = item["targets"_L1][0]["constraint"_L1]["value"_L1].toString();
        rules.insert(quoted(shownPattern(pattern).toUtf8(), kLongestText), actions);
    }
    return rules;
}

QJsonObject dnsIn(const QJsonValue &items)
{
    QJsonObject records;
    for (const QJsonValue item : items.toArray()) {
        if (!item["proxiable"_L1].toBool())
            continue;
        const QString name = item["name"_L1].toString() + u' ' + item["type"_L1].toString();
        records.insert(quoted(name.toUtf8(), 300), item["proxied"_L1].toBool() ? u"proxied"_s : u"dns_only"_s);
    }
    return records;
}

// Those that visitors see or will see, without their states: a renewal is no change. Several may be for the same hosts,
// in any order.
QJsonObject certificatesIn(const QJsonValue &items)
{
    std::map<QString, QStringList> types;
    for (CertificatePack &pack : readCertificatePacks(items)) {
        const PackState state = pack.state();
        pack.hosts.sort();
        const bool isLeft = state == PackState::Failed && pack.usedUntil.isValid();
        if (state == PackState::Serving || state == PackState::Coming || state == PackState::Unknown || isLeft)
            types[pack.hosts.join(u", "_s)] << pack.type;
    }
    QJsonObject certificates;
    for (auto &[hosts, all] : types) {
        all.sort();
        all.removeDuplicates(); // the one that is to follow, and the one before
        certificates.insert(hosts, all.join(u", "_s));
    }
    return certificates;
}

QJsonObject memberOf(const QJsonValue &object, const QString &name)
{
    return {{name, shownValue(object[name])}};
}

// Each thing of a part by its name, as one line.
using Lines = std::map<QString, QString>;

void addLine(Lines &lines, const QString &name, const QJsonValue &value)
{
    QString free = name;
    for (int number = 2; lines.contains(free); ++number)
        free = u"%1 (%2)"_s.arg(name, QString::number(number));
    lines.emplace(free, lineOf(value));
}

Lines linesOf(const QJsonValue &part)
{
    Lines lines;
    const QJsonObject object = part.toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        addLine(lines, it.key(), it.value());
    for (const QJsonValue item : part.toArray()) {
        const QString name = item["name"_L1].toString();
        addLine(lines, name.isEmpty() ? item["expression"_L1].toString() : name, item);
    }
    return lines;
}

void compare(const QString &part, const Lines &before, const Lines &after, std::vector<ExportChange> &changes)
{
    for (const auto &[name, value] : before) {
        const auto now = after.find(name);
        if (now == after.end())
            changes.push_back({ChangeKind::Removed, part, name, value, {}});
        else if (now->second != value)
            changes.push_back({ChangeKind::Changed, part, name, value, now->second});
    }
    for (const auto &[name, value] : after) {
        if (!before.contains(name))
            changes.push_back({ChangeKind::Added, part, name, {}, value});
    }
}

const SettingRule *ruleOf(const ExportChange &change)
{
    const auto &rules = knownSettingRules();
    const auto rule = std::ranges::find(rules, change.what, &SettingRule::id);
    return change.part == "settings"_L1 && rule != rules.end() ? &*rule : nullptr;
}

// What the line was made of: only words, numbers and objects come back, which is all that settings are.
QJsonValue valueIn(const QString &line)
{
    if (const QJsonDocument document = QJsonDocument::fromJson(line.toUtf8()); document.isObject())
        return document.object();
    else if (document.isArray())
        return document.array();
    bool isNumber = false;
    const double number = line.toDouble(&isNumber);
    return isNumber && !line.contains(u'.') ? QJsonValue(number) : QJsonValue(line);
}

QString nameOf(const ExportChange &change)
{
    if (const SettingRule *rule = ruleOf(change))
        return Text::tr("the setting \"%1\"").arg(rule->name);
    if (change.part == "settings"_L1 || change.part == "bots"_L1)
        return Text::tr("the setting \"%1\"").arg(change.what);
    if (change.part == "dns"_L1)
        return Text::tr("the record %1").arg(change.what);
    if (change.part == "certificates"_L1)
        return Text::tr("the certificate for %1").arg(change.what);
    if (change.part == "universal"_L1)
        return Text::tr("the setting \"%1\"").arg(u"Universal SSL"_s);
    if (change.part == "dnssec"_L1)
        return Text::tr("the setting \"%1\"").arg(u"DNSSEC"_s);
    return Text::tr("the rule \"%1\"").arg(change.what);
}

QString cut(const QString &line)
{
    constexpr qsizetype kLongest = 120;
    return line.size() > kLongest ? line.left(kLongest) + u'…' : line;
}

} // namespace

// The address of a webhook is often its only lock.
QString shownPath(const QString &path)
{
    QString shown;
    for (qsizetype at = 0; at < path.size();) {
        const auto end = std::find_if_not(path.begin() + at, path.end(), isTokenChar) - path.begin();
        const QStringView run = QStringView(path).sliced(at, end - at);
        shown += isTokenLike(run) ? u"•••"_s : run.toString();
        if (end < path.size())
            shown += path[end];
        at = end + 1;
    }
    return shown;
}

QString shownPattern(const QString &pattern)
{
    const QString path = cutAddress(pattern).path;
    return pattern.chopped(path.size()) + shownPath(path);
}

QString shownExpression(const QString &expression)
{
    QString hidden = Text::tr("(hidden: it compares with what may be a secret)");
    if (expression.contains("hmac"_L1, Qt::CaseInsensitive)) // its key is a text like any other
        return hidden;
    QString shown = expression;
    for (const Comparison &one : readExpression(expression.toUtf8()).comparisons) {
        const bool isOpen = isOpenField(one.field) && !one.isShared;
        for (const QString &text : one.texts) {
            const QString masked = !isOpen ? u"•••"_s : isPath(one) ? shownPath(text) : text;
            if (text.isEmpty() || masked == text)
                continue;
            if (!shown.contains(u'"' + text + u'"'))
                return hidden;
            shown.replace(u'"' + text + u'"', u'"' + masked + u'"');
        }
    }
    return quoted(shown.toUtf8(), 4 * kLongestText);
}

QString nameOfRule(const QString &given, const QString &expression, int longest)
{
    return quoted((given.isEmpty() ? shownExpression(expression) : given).toUtf8(), longest);
}

QJsonObject exportOf(const CloudflareZone &zone, const std::vector<ZonePart> &parts)
{
    QJsonObject all{{u"zone"_s, zone.name}};
    QJsonObject rules;
    for (const ZonePart &part : parts) {
        if (!part.value)
            continue;
        if (part.name == "settings"_L1)
            all.insert(part.name, settingsIn(*part.value));
        else if (part.name == "dns"_L1)
            all.insert(part.name, dnsIn(*part.value));
        else if (part.name == "page_rules"_L1)
            all.insert(part.name, pageRulesIn(*part.value));
        else if (part.name == "bots"_L1)
            all.insert(part.name, shownValue(*part.value));
        else if (part.name == "certificates"_L1)
            all.insert(part.name, certificatesIn(*part.value));
        else if (part.name == "universal"_L1)
            all.insert(part.name, memberOf(*part.value, u"enabled"_s));
        else if (part.name == "dnssec"_L1)
            all.insert(part.name, memberOf(*part.value, u"status"_s));
        else
            rules.insert(part.name, rulesIn(*part.value));
    }
    all.insert(u"rules"_s, rules);
    return all;
}

std::vector<ExportChange> changesBetween(const QJsonObject &before, const QJsonObject &after)
{
    std::vector<ExportChange> changes;
    for (const QString &part :
         {u"settings"_s, u"bots"_s, u"dns"_s, u"page_rules"_s, u"certificates"_s, u"universal"_s, u"dnssec"_s}) {
        if (before.contains(part) && after.contains(part))
            compare(part, linesOf(before[part]), linesOf(after[part]), changes);
    }
    const QJsonObject rulesBefore = before["rules"_L1].toObject();
    const QJsonObject rulesAfter = after["rules"_L1].toObject();
    for (const QString &phase : rulesBefore.keys()) {
        if (rulesAfter.contains(phase))
            compare(phase, linesOf(rulesBefore[phase]), linesOf(rulesAfter[phase]), changes);
    }
    return changes;
}

QString sentenceAbout(const ExportChange &change)
{
    switch (change.kind) {
    case ChangeKind::Added:
        return Text::tr("New: %1 (%2).").arg(nameOf(change), cut(change.after));
    case ChangeKind::Removed:
        return Text::tr("Gone: %1 (%2).").arg(nameOf(change), cut(change.before));
    case ChangeKind::Changed:
        return Text::tr("Changed: %1 was %2, and is %3.").arg(nameOf(change), cut(change.before), cut(change.after));
    }
    Q_UNREACHABLE();
}

bool isWorse(const ExportChange &change)
{
    const SettingRule *rule = ruleOf(change);
    if (!rule || change.kind != ChangeKind::Changed)
        return false;
    const auto stateOf = [&](const QString &line) {
        return judgeSetting(*rule, QJsonObject{{u"id"_s, rule->id}, {u"value"_s, valueIn(line)}}).state;
    };
    return stateOf(change.before) == SettingState::Good && stateOf(change.after) == SettingState::Bad;
}

} // namespace cockpit
