// Cache rules and page rules as the API gives them.
#include "checks/edge/cacherules.h"
#include "checks/web/report.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLongestName = 80;

QString nameOf(const QString &given, const QString &otherwise)
{
    return quoted((given.isEmpty() ? otherwise : given).toUtf8(), kLongestName);
}

// Later rules win (cache rules all apply, in their order).
CacheGuard guardBehind(const std::vector<EdgeCacheRule> &rules, size_t at)
{
    CacheGuard guard = CacheGuard::None;
    for (size_t i = at + 1; i < rules.size(); ++i) {
        if (rules[i].skips && rules[i].looksAtSession)
            return CacheGuard::Session;
        if (rules[i].skips && !rules[i].paths.isEmpty())
            guard = CacheGuard::Paths;
    }
    return guard;
}

// "*example.com/*": what stands in front of the first slash, and behind it.
std::pair<QString, QString> partsOf(const QString &pattern)
{
    const qsizetype scheme = pattern.indexOf("://"_L1);
    const QString plain = scheme < 0 ? pattern : pattern.mid(scheme + 3);
    const qsizetype slash = plain.indexOf(u'/');
    return slash < 0 ? std::pair(plain, QString()) : std::pair(plain.left(slash), plain.mid(slash));
}

void readActions(const QJsonArray &actions, EdgeCacheRule &rule)
{
    for (const QJsonValue action : actions) {
        const QString id = action["id"_L1].toString();
        if (id == "cache_level"_L1) {
            rule.keeps = action["value"_L1].toString() == "cache_everything"_L1;
            rule.skips = action["value"_L1].toString() == "bypass"_L1;
        } else if (id == "edge_cache_ttl"_L1) {
            rule.isForced = action["value"_L1].toInt() > 0;
        } else if (id == "bypass_cache_on_cookie"_L1) {
            rule.guard = CacheGuard::Session;
        }
    }
}

EdgeCacheRule readPageRule(const QJsonValue &value)
{
    EdgeCacheRule rule{.isPageRule = true};
    const QString pattern = value["targets"_L1][0]["constraint"_L1]["value"_L1].toString();
    const auto [host, path] = partsOf(pattern);
    rule.name = nameOf(pattern, u"page rule"_s);
    rule.isEverything = path.isEmpty() ? host.endsWith(u'*') : path == "/*"_L1;
    if (!host.contains(u'*') && !host.isEmpty())
        rule.hosts << host;
    if (!rule.isEverything && !path.isEmpty())
        rule.paths << path;
    readActions(value["actions"_L1].toArray(), rule);
    return rule;
}

} // namespace

std::vector<EdgeCacheRule> readCacheRules(const QJsonValue &cacheRules)
{
    std::vector<EdgeCacheRule> rules;
    for (const QJsonValue value : cacheRules.toArray()) {
        if (value["action"_L1].toString() != "set_cache_settings"_L1 || !value["enabled"_L1].toBool(true))
            continue;
        const QJsonValue settings = value["action_parameters"_L1];
        const QString expression = value["expression"_L1].toString();
        const RuleExpression read = readExpression(expression.toUtf8());
        EdgeCacheRule rule;
        rule.name = nameOf(value["description"_L1].toString(), expression);
        rule.keeps = settings["cache"_L1].toBool();
        rule.skips = settings["cache"_L1].isBool() && !rule.keeps;
        rule.isEverything = isAboutEverything(read);
        rule.isForced = settings["edge_ttl"_L1]["mode"_L1].toString() == "override_origin"_L1;
        rule.hosts = hostsIn(read);
        rule.paths = pathsIn(read);
        rule.looksAtSession = looksAtSession(read);
        rules.push_back(std::move(rule));
    }
    for (size_t i = 0; i < rules.size(); ++i) {
        if (rules[i].keeps && rules[i].isEverything)
            rules[i].guard = guardBehind(rules, i);
    }
    return rules;
}

// Only the first page rule that fits applies; the highest priority comes first.
std::vector<EdgeCacheRule> readPageRules(const QJsonValue &pageRules)
{
    const QJsonArray array = pageRules.toArray();
    std::vector<QJsonValue> values(array.begin(), array.end());
    std::erase_if(values, [](const QJsonValue &v) { return v["status"_L1].toString() == "disabled"_L1; });
    std::ranges::stable_sort(values, std::greater{}, [](const QJsonValue &v) { return v["priority"_L1].toInt(); });
    std::vector<EdgeCacheRule> rules;
    bool skipsPaths = false;
    for (const QJsonValue &value : values) {
        EdgeCacheRule rule = readPageRule(value);
        if (rule.keeps && rule.isEverything && skipsPaths && rule.guard == CacheGuard::None)
            rule.guard = CacheGuard::Paths;
        skipsPaths = skipsPaths || (rule.skips && !rule.paths.isEmpty());
        if (rule.keeps || rule.skips)
            rules.push_back(std::move(rule));
    }
    return rules;
}

} // namespace cockpit
