// edge.cache-rules: the edge keeps static files and skips pages that are private, by Cloudflare's own rules (cache
// rules and page rules). By itself Cloudflare keeps files by their extension and no pages; a rule that keeps everything
// is how one customer's page gets to the next. observed: "rules": [{"kind":
// "cache_rule"|"page_rule","name","keeps","everything","forced","hosts": [..],"guard":
// "session"|"paths"|"unknown"|"none"}]; without a zone: "answer".
#pragma once

#include "checks/edge/ruleexpression.h"
#include "checks/engine/check.h"

#include <QJsonValue>

namespace cockpit {

enum class CacheGuard {
    None,
    Paths,   // some paths are left out
    Session, // visitors who are signed in are left out
    Unknown, // something is left out, and this program cannot tell what
};
QString toWord(CacheGuard guard);

struct EdgeCacheRule
{
    bool isPageRule = false;
    QString name; // what its owner called it, or its pattern
    bool keeps = false;
    bool skips = false; // "bypass cache"
    bool isEverything = false;
    bool isForced = false;  // the time to keep is set by the rule, whatever the page says about itself
    bool isUnclear = false; // keeps what is neither everything nor files: nobody else can tell whether it is private
    bool isUnread = false;  // of which requests or hosts it is, be it in part, this program cannot tell
    QStringList hosts;      // of which it is everything, where it is; empty: all
    QStringList paths;      // of a page rule
    std::vector<RuleBranch> branches = {}; // of a cache rule
    CacheGuard guard = CacheGuard::None;   // of a rule that keeps everything: what other rules leave out
    QStringList guardedHosts = {};         // of them the signed-in are left out, be it not of all
    QStringList leftOutHosts = {};         // that the rule itself says it is not about

    bool operator==(const EdgeCacheRule &) const = default;
};

// From the API's lists; the rules that are switched off are left out.
std::vector<EdgeCacheRule> readCacheRules(const QJsonValue &cacheRules);
std::vector<EdgeCacheRule> readPageRules(const QJsonValue &pageRules);
// What the cache rules among them leave out again: of later ones the last one wins, and all of them win over page
// rules (Cloudflare's order of cache settings).
void guardRules(std::vector<EdgeCacheRule> &rules);

struct EdgeCacheFacts
{
    std::vector<EdgeCacheRule> rules;
    std::vector<Host> hosts; // of the product
    QStringList unread;      // parts that could not be read, a sentence each
};

Check cacheRulesCheck();
Judged judgeCacheRules(EdgeCacheFacts facts);

} // namespace cockpit
