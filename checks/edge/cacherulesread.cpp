// Cache rules and page rules as the API gives them.
#include "checks/edge/addresspattern.h"
#include "checks/edge/cacherules.h"
#include "checks/edge/oneof.h"
#include "checks/edge/rulescope.h"
#include "checks/edge/settingsexport.h"
#include "checks/web/report.h"
#include "models/routes/accessguess.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLongestName = 80;

// What stands in paths of files that are the same for everybody.
constexpr std::array kFilePlaces{"static"_L1, "assets"_L1, "images"_L1, "img"_L1,   "css"_L1,     "js"_L1,
                                 "fonts"_L1,  "media"_L1,  "dist"_L1,   "build"_L1, "favicon"_L1, "scripts"_L1};
// What stands behind one of them came out of a build, whatever it is called: "/_next/static/chunks/app/". What people
// upload stands behind "media" and "images" too.
constexpr std::array kBuiltPlaces{"static"_L1, "assets"_L1, "dist"_L1,       "build"_L1,
                                  "css"_L1,    "js"_L1,     "wp-content"_L1, "wp-includes"_L1};
// Machines get each caller's own answer there.
constexpr std::array kApiPlaces{"api"_L1, "apis"_L1, "graphql"_L1, "rest"_L1, "rpc"_L1, "trpc"_L1, "wp-json"_L1};
constexpr std::array kFileEndings{
    "css"_L1,  "js"_L1,  "mjs"_L1, "map"_L1,  "png"_L1,   "jpg"_L1, "jpeg"_L1, "gif"_L1, "webp"_L1,       "avif"_L1,
    "svg"_L1,  "ico"_L1, "bmp"_L1, "woff"_L1, "woff2"_L1, "ttf"_L1, "otf"_L1,  "eot"_L1, "mp3"_L1,        "mp4"_L1,
    "webm"_L1, "ogg"_L1, "wav"_L1, "wasm"_L1, "txt"_L1,   "xml"_L1, "zip"_L1,  "gz"_L1,  "webmanifest"_L1};

QStringList wordsOf(const QString &text)
{
    static const QRegularExpression other(u"[^a-z0-9]+"_s);
    return text.toLower().split(other, Qt::SkipEmptyParts);
}

// "css", "*.css", "\.(css|js)$"
bool endsInFiles(const QString &text)
{
    const QStringList endings = wordsOf(text.section(u'.', -1));
    return !endings.isEmpty() &&
           std::ranges::all_of(endings, [](const QString &e) { return isOneOf(e, kFileEndings); });
}

bool isPrivatePlace(const QString &segment)
{
    return isOneOf(segment, kApiPlaces) || guessedAccess(u'/' + segment, AddressKind::Page) != AccessClass::Public;
}

// "/account/media", "^/(billing|api)/": members' files are their own. What calls itself a file is kept by ending there
// too, although a server that does not look at endings gives the page. In an expression with a choice nobody stands in
// front of another.
bool isPrivatePath(const QString &text)
{
    static const QRegularExpression between(u"[/()|^$]+"_s);
    const QStringList segments = text.toLower().split(between, Qt::SkipEmptyParts);
    const bool isChoice = text.contains(u'|');
    for (const QString &segment : segments) {
        if (!isChoice && isOneOf(segment, kBuiltPlaces))
            return false;
        if (isPrivatePlace(segment))
            return true;
    }
    return false;
}

bool isPathOfFiles(const QString &text)
{
    const QStringList words = wordsOf(text);
    const bool isOfFiles = (text.contains(u'.') && endsInFiles(text)) ||
                           std::ranges::any_of(words, [](const QString &word) { return isOneOf(word, kFilePlaces); });
    return isOfFiles && !isPrivatePath(text);
}

bool isAboutFiles(const Comparison &one)
{
    if (!isPath(one) || one.isNot || one.texts.isEmpty())
        return false;
    return one.field.endsWith(".extension"_L1) ? std::ranges::all_of(one.texts, endsInFiles)
                                               : std::ranges::all_of(one.texts, isPathOfFiles);
}

// Answers to these are not kept, whatever a rule says.
bool isAboutSendingAlone(const Comparison &one)
{
    static const QStringList kKept{u"GET"_s, u"HEAD"_s};
    return isMethod(one) && one.match == MatchKind::Whole && !one.isNot &&
           std::ranges::none_of(one.texts,
                                [](const QString &method) { return kKept.contains(method, Qt::CaseInsensitive); });
}

// Files, or what those get who are not signed in.
bool isHarmless(const RuleBranch &branch)
{
    return std::ranges::any_of(branch, [](const Comparison &one) {
        return isAboutFiles(one) || isAboutSendingAlone(one) || (isAboutSession(one) && !picksSignedIn(one));
    });
}

bool hasUnknownHosts(const RuleBranch &branch)
{
    return std::ranges::any_of(branch, isOfUnknownHosts);
}

bool isEverything(const RuleBranch &branch)
{
    return isAboutEverything(branch) && !hasUnknownHosts(branch);
}

// Empty where one of them is about all hosts.
QStringList hostsOfEverything(const std::vector<RuleBranch> &branches)
{
    QStringList hosts;
    for (const RuleBranch &branch : branches) {
        if (!isEverything(branch))
            continue;
        const QStringList named = hostsIn(branch);
        if (named.isEmpty())
            return {};
        hosts << named;
    }
    return hosts;
}

// Whom a rule that is about everything names with a "not". Several branches may each leave out another host, and then
// none is left out by all.
QStringList leftOutBy(const std::vector<RuleBranch> &branches)
{
    QStringList hosts;
    if (std::ranges::count_if(branches, isEverything) != 1)
        return hosts;
    for (const Comparison &one : *std::ranges::find_if(branches, isEverything)) {
        if (isHost(one) && one.isNot)
            hosts << hostsOf(one);
    }
    return hosts;
}

// Everything of hosts that nobody can tell.
bool isUnread(const RuleBranch &branch)
{
    return isAboutEverything(branch) && hasUnknownHosts(branch);
}

bool isUnclear(const RuleBranch &branch)
{
    return !isAboutEverything(branch) && !isHarmless(branch);
}

// How much of its hosts a branch of a rule that passes the cache by leaves out. What is not about all the signed-in is
// no guard for them: those who are not signed in, those of one country, those who send, a host that is "not".
CacheGuard guardOf(const RuleBranch &branch)
{
    RuleBranch narrowing;
    std::ranges::copy_if(branch, std::back_inserter(narrowing), [](const Comparison &one) {
        return !isAboutEverything(RuleBranch{one}) || (isHost(one) && one.isNot);
    });
    const bool isWhole = narrowing.empty() || (narrowing.size() == 1 && picksSignedIn(narrowing.front()));
    if (isWhole)
        return CacheGuard::Session;
    const bool isByPath = std::ranges::any_of(narrowing, isPath) && std::ranges::all_of(narrowing, [](const auto &one) {
                              return isPath(one) || picksSignedIn(one);
                          });
    return isByPath ? CacheGuard::Paths : CacheGuard::None;
}

bool isWithin(const QStringList &hosts, const QStringList &others)
{
    return !hosts.isEmpty() &&
           std::ranges::all_of(hosts, [&](const QString &host) { return isOneOfHosts(host, others); });
}

void guardBy(const EdgeCacheRule &skipping, EdgeCacheRule &rule)
{
    bool isUnknown = skipping.isUnread;
    for (const RuleBranch &branch : skipping.branches) {
        const CacheGuard guard = guardOf(branch);
        if (hasUnknownHosts(branch)) {
            isUnknown = isUnknown || guard != CacheGuard::None;
            continue;
        }
        const QStringList hosts = hostsIn(branch);
        const bool isForAll = hosts.isEmpty() || isWithin(rule.hosts, hosts);
        const bool isBetter =
            guard == CacheGuard::Session || (guard == CacheGuard::Paths && rule.guard == CacheGuard::None);
        if (isBetter && isForAll)
            rule.guard = guard;
        else if (guard == CacheGuard::Session)
            rule.guardedHosts << hosts;
    }
    if (isWithin(rule.hosts, rule.guardedHosts))
        rule.guard = CacheGuard::Session;
    if (isUnknown && rule.guard != CacheGuard::Session)
        rule.guard = CacheGuard::Unknown;
}

// What was left out so far is kept after all.
bool keepsAgain(const EdgeCacheRule &later, const EdgeCacheRule &rule)
{
    return later.keeps && later.isEverything && (later.hosts.isEmpty() || isWithin(rule.hosts, later.hosts));
}

void unguard(EdgeCacheRule &rule)
{
    rule.guard = CacheGuard::None;
    rule.guardedHosts.clear();
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
    const auto [scheme, host, path] = cutAddress(pattern);
    rule.name = quoted((pattern.isEmpty() ? u"page rule"_s : shownPattern(pattern)).toUtf8(), kLongestName);
    rule.isEverything = path.isEmpty() ? host.endsWith(u'*') : path == "/*"_L1;
    if (!host.contains(u'*') && !host.isEmpty())
        rule.hosts << host;
    if (!rule.isEverything && !path.isEmpty())
        rule.paths << path;
    readActions(value["actions"_L1].toArray(), rule);
    rule.isUnclear = rule.keeps && !rule.isEverything && !isPathOfFiles(path);
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
        EdgeCacheRule rule;
        rule.name = nameOfRule(value["description"_L1].toString(), expression, kLongestName);
        rule.keeps = settings["cache"_L1].toBool();
        rule.skips = settings["cache"_L1].isBool() && !rule.keeps;
        rule.isForced = settings["edge_ttl"_L1]["mode"_L1].toString() == "override_origin"_L1;
        const RuleExpression read = readExpression(expression.toUtf8());
        rule.branches = read.branches;
        rule.isUnread = read.isTooMuch || (rule.keeps && std::ranges::any_of(read.branches, isUnread));
        rule.isEverything = std::ranges::any_of(read.branches, isEverything);
        rule.isUnclear = rule.keeps && std::ranges::any_of(read.branches, isUnclear);
        rule.hosts = hostsOfEverything(read.branches);
        rule.leftOutHosts = leftOutBy(read.branches);
        rules.push_back(std::move(rule));
    }
    return rules;
}

void guardRules(std::vector<EdgeCacheRule> &rules)
{
    for (size_t i = 0; i < rules.size(); ++i) {
        if (!rules[i].keeps || !rules[i].isEverything)
            continue;
        for (size_t other = rules[i].isPageRule ? 0 : i + 1; other < rules.size(); ++other) {
            if (rules[other].isPageRule)
                continue;
            if (rules[other].skips)
                guardBy(rules[other], rules[i]);
            else if (keepsAgain(rules[other], rules[i]))
                unguard(rules[i]);
        }
    }
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
