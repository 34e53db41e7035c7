#include "checks/edge/cacherules.h"

#include "checks/edge/cloudflareparts.h"
#include "checks/edge/rulescope.h"
#include "checks/engine/lookgaps.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CacheRules)
};

constexpr int kEffortMinutes = 30;

// The hosts of which somebody signed in may get a kept page: those of the rule, or of the product. What a pattern
// stands for beside them is known as little as the rest of a rule for all hosts.
QStringList openHosts(const EdgeCacheRule &rule, const std::vector<Host> &hosts)
{
    const QStringList guarded = rule.guardedHosts + rule.leftOutHosts;
    QStringList open = rule.hosts;
    if (!guarded.isEmpty()) {
        open.removeIf([](const QString &host) { return host.contains(u'*'); });
        for (const Host &host : hosts) {
            const bool isOfRule = rule.hosts.isEmpty() || isOneOfHosts(host.name, rule.hosts);
            if (isOfRule && host.role != HostRole::Mail && !open.contains(host.name))
                open << host.name;
        }
    }
    open.removeIf([&](const QString &host) { return isOneOfHosts(host, guarded); });
    return open;
}

// Pages for visitors alone, by the roles that the project gives the hosts. A host that nobody listed may be anything.
bool isForVisitorsOnly(const EdgeCacheRule &rule, const std::vector<Host> &hosts)
{
    const QStringList open = openHosts(rule, hosts);
    const bool isNarrowed = !rule.guardedHosts.isEmpty() || !rule.leftOutHosts.isEmpty();
    return (!open.isEmpty() || isNarrowed) && std::ranges::all_of(open, [&](const QString &name) {
               const auto host = std::ranges::find(hosts, name, &Host::name);
               return host != hosts.end() && (host->role == HostRole::Site || host->role == HostRole::Www);
           });
}

// A later rule that keeps something makes it an exception and no end of the cache.
bool isLastWord(const std::vector<EdgeCacheRule> &rules, size_t at)
{
    return std::none_of(rules.begin() + static_cast<std::ptrdiff_t>(at), rules.end(),
                        [](const EdgeCacheRule &rule) { return rule.keeps && !rule.isPageRule; });
}

QString namesOf(const std::vector<const EdgeCacheRule *> &rules)
{
    QStringList names;
    for (const EdgeCacheRule *rule : rules)
        names << u'"' + rule->name + u'"';
    return names.join(u", "_s);
}

Finding about(const QString &code, Severity severity, Proof proof, Impact impact, const QString &title,
              const QString &saw)
{
    Finding finding = makeFinding(code, severity, proof, impact, title, saw);
    finding.effortMinutes = kEffortMinutes;
    return finding;
}

struct Sorted
{
    std::vector<const EdgeCacheRule *> forced, open, visitorsOnly, butForPaths, off;
};

Sorted sorted(const EdgeCacheFacts &facts)
{
    Sorted all;
    for (size_t i = 0; i < facts.rules.size(); ++i) {
        const EdgeCacheRule &rule = facts.rules[i];
        const bool isOfAll = rule.isEverything && rule.hosts.isEmpty() && rule.leftOutHosts.isEmpty();
        if (rule.skips && isOfAll && isLastWord(facts.rules, i))
            all.off.push_back(&rule);
        const bool isOutOfDoubt = rule.guard != CacheGuard::Session && rule.guard != CacheGuard::Unknown;
        if (!rule.keeps || !rule.isEverything || !isOutOfDoubt)
            continue;
        if (rule.guard == CacheGuard::Paths)
            all.butForPaths.push_back(&rule);
        else if (isForVisitorsOnly(rule, facts.hosts))
            all.visitorsOnly.push_back(&rule);
        else
            (rule.isForced ? all.forced : all.open).push_back(&rule);
    }
    return all;
}

std::vector<Finding> findingsOf(const Sorted &all)
{
    std::vector<Finding> findings;
    if (!all.forced.empty())
        findings.push_back(about(
            u"everything_forced"_s, Severity::High, Proof::Strong, Impact::DataExposure,
            Text::tr("Cloudflare keeps every page, also private ones, and shows it to others"),
            Text::tr(
                "The rule %1 keeps everything, for a time that the rule sets, whatever a page says about itself. No "
                "other rule leaves out who is signed in.")
                .arg(namesOf(all.forced))));
    if (!all.open.empty())
        findings.push_back(about(
            u"everything_cached"_s, Severity::Medium, Proof::Strong, Impact::DataExposure,
            Text::tr("Cloudflare keeps every page that does not forbid it"),
            Text::tr(
                "The rule %1 keeps everything, and no other rule leaves out who is signed in: one private page that "
                "forgets to say \"private\" is shown to the next visitor.")
                .arg(namesOf(all.open))));
    if (!all.visitorsOnly.empty())
        findings.push_back(about(
            u"site_cached"_s, Severity::Low, Proof::Lead, Impact::DataExposure,
            Text::tr("Every page of the public site is kept at the edge"),
            Text::tr("The rule %1 keeps everything. That is right as long as nobody signs in there and no form shows "
                     "what somebody typed.")
                .arg(namesOf(all.visitorsOnly))));
    if (!all.butForPaths.empty())
        findings.push_back(about(
            u"cached_but_for_paths"_s, Severity::Low, Proof::Lead, Impact::DataExposure,
            Text::tr("Every page is kept at the edge, but for a list of paths"),
            Text::tr("The rule %1 keeps everything that other rules do not leave out by path. A private page at a new "
                     "path is kept as well.")
                .arg(namesOf(all.butForPaths))));
    if (!all.off.empty())
        findings.push_back(
            about(u"cache_off"_s, Severity::Low, Proof::Proven, Impact::Downtime,
                  Text::tr("Nothing is kept at the edge, not even pictures and scripts"),
                  Text::tr("The rule %1 passes the cache by for everything, so that your server sends each "
                           "file to each visitor.")
                      .arg(namesOf(all.off))));
    return findings;
}

// Empty when all that is kept can be judged.
QString whatIsUnclear(const std::vector<EdgeCacheRule> &rules)
{
    std::vector<const EdgeCacheRule *> unclear;
    for (const EdgeCacheRule &rule : rules) {
        if (rule.isUnclear)
            unclear.push_back(&rule);
    }
    return unclear.empty() ? QString()
                           : Text::tr("Only you can tell whether what the rule %1 keeps is the same for everybody.")
                                 .arg(namesOf(unclear));
}

// Empty when this program can tell what every rule is about. What it cannot tell may hide each finding.
QString whatIsUnread(const std::vector<EdgeCacheRule> &rules)
{
    std::vector<const EdgeCacheRule *> unread;
    for (const EdgeCacheRule &rule : rules) {
        if (rule.isUnread || rule.guard == CacheGuard::Unknown)
            unread.push_back(&rule);
    }
    return unread.empty() ? QString()
                          : Text::tr("The rule %1 was not judged to the end: it, or a rule that makes an exception "
                                     "from it, picks hosts by a regular expression or has too many conditions.")
                                .arg(namesOf(unread));
}

QJsonArray toJson(const std::vector<EdgeCacheRule> &rules)
{
    QJsonArray rows;
    for (const EdgeCacheRule &rule : rules)
        rows.append(QJsonObject{{u"kind"_s, rule.isPageRule ? u"page_rule"_s : u"cache_rule"_s},
                                {u"name"_s, rule.name},
                                {u"keeps"_s, rule.keeps},
                                {u"everything"_s, rule.isEverything},
                                {u"forced"_s, rule.isForced},
                                {u"hosts"_s, QJsonArray::fromStringList(rule.hosts)},
                                {u"guard"_s, toWord(rule.guard)}});
    return rows;
}

Judged lookAtCacheRules(const Look &look)
{
    const ZoneAccess access = cloudflareZoneOf(look);
    if (!access.zone)
        return access.instead;
    const ZonePart cache = rulesOf(look, *access.zone, phases::kCache);
    const ZonePart pages = pageRulesOf(look, *access.zone);
    if (!cache.value && !pages.value)
        return cache.instead;
    EdgeCacheFacts facts{.rules = {}, .hosts = look.target.hosts, .unread = {}};
    if (cache.value)
        facts.rules = readCacheRules(*cache.value);
    else
        facts.unread << cache.why;
    if (pages.value)
        std::ranges::move(readPageRules(*pages.value), std::back_inserter(facts.rules));
    else
        facts.unread << pages.why;
    facts.unread << doubtsAbout(*access.zone);
    return judgeCacheRules(std::move(facts));
}

} // namespace

QString toWord(CacheGuard guard)
{
    switch (guard) {
    case CacheGuard::None:
        return u"none"_s;
    case CacheGuard::Paths:
        return u"paths"_s;
    case CacheGuard::Session:
        return u"session"_s;
    case CacheGuard::Unknown:
        return u"unknown"_s;
    }
    Q_UNREACHABLE();
}

Judged judgeCacheRules(EdgeCacheFacts facts)
{
    guardRules(facts.rules);
    const auto keeping = std::ranges::count(facts.rules, true, &EdgeCacheRule::keeps);
    const QString unclear = whatIsUnclear(facts.rules);
    const QString unread = whatIsUnread(facts.rules);
    if (!unread.isEmpty())
        facts.unread << unread;
    const QString good = keeping == 0 ? Text::tr("Cloudflare keeps files by their extension, and no pages")
                         : unclear.isEmpty() && unread.isEmpty()
                             ? Text::tr("%1 rules keep more than files, and leave private pages out").arg(keeping)
                             : Text::tr("%1 rules keep more than files").arg(keeping);
    Judged judged = concluded(findingsOf(sorted(facts)), good, QJsonObject{{u"rules"_s, toJson(facts.rules)}}, {});
    if (!judged.findings.empty())
        judged.summary = judged.findings.front().title;
    LookGaps gaps = anyBehind(facts.unread);
    if (judged.findings.empty())
        gaps.say(unclear); // the rule itself was read
    leaveOpen(judged, gaps);
    return judged;
}

Check cacheRulesCheck()
{
    return {.id = u"edge.cache-rules"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::DataExposure, Impact::Downtime},
            .needs = {Need::ApiToken},
            .look = lookAtCacheRules};
}

} // namespace cockpit
