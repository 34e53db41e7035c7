// edge.waf-rules: firewall rules exist for plain abuse such as login floods and prompt spam, by Cloudflare's own lists.
// observed: "custom", "rate_limits", "managed": [{"name","action","on"}]|null (null: could not be read); without a
// zone: "answer".
#pragma once

#include "checks/edge/ruleexpression.h"
#include "checks/engine/check.h"

#include <QJsonValue>

namespace cockpit {

struct FirewallRule
{
    QString name;
    QString action; // "block", "managed_challenge", "log", "skip", "execute"
    bool isOn = true;
    RuleExpression scope;

    bool stops() const; // on, and somebody is stopped or asked by it
    bool operator==(const FirewallRule &) const = default;
};

std::vector<FirewallRule> readFirewallRules(const QJsonValue &rules);

struct FirewallFacts
{
    std::optional<std::vector<FirewallRule>> custom; // none: could not be read
    std::optional<std::vector<FirewallRule>> rateLimits;
    std::optional<std::vector<FirewallRule>> managed;
    QStringList signInHosts; // of the product
    QStringList unread;      // why, a sentence each
};

// Does it cover where people sign in: by the words of its paths, by the host, or because it covers everything?
bool coversSignIn(const FirewallRule &rule, const QStringList &signInHosts);

Check wafRulesCheck();
Judged judgeFirewall(const FirewallFacts &facts);

} // namespace cockpit
