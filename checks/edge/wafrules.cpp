#include "checks/edge/wafrules.h"

#include "checks/edge/cloudflareparts.h"
#include "checks/edge/rulescope.h"
#include "checks/edge/settingsexport.h"
#include "checks/engine/lookgaps.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(WafRules)
};

constexpr int kLongestName = 80;
constexpr int kRuleMinutes = 30;

constexpr std::array kStopping{"block"_L1, "challenge"_L1, "js_challenge"_L1, "managed_challenge"_L1, "execute"_L1};
// Words of paths, "sign_in" and "sign.in" for "sign-in" included.
constexpr std::array kSignInWords{"login"_L1,    "log-in"_L1,       "logon"_L1,          "signin"_L1,    "sign-in"_L1,
                                  "auth"_L1,     "oauth"_L1,        "oauth2"_L1,         "session"_L1,   "sessions"_L1,
                                  "token"_L1,    "tokens"_L1,       "password"_L1,       "passwords"_L1, "account"_L1,
                                  "accounts"_L1, "authenticate"_L1, "authentication"_L1, "authorize"_L1, "sso"_L1,
                                  "otp"_L1,      "authn"_L1};
constexpr std::array kWithinWords{"login"_L1, "signin"_L1};

// "-do-login-": in one case, with dashes between and around.
QString wordsIn(const QString &path)
{
    static const QRegularExpression other(u"[^a-z0-9]+"_s);
    return u'-' + path.toLower().replace(other, u"-"_s) + u'-';
}

QString withoutHumps(QString path)
{
    static const QRegularExpression hump(u"([a-z0-9])([A-Z])"_s);
    return path.replace(hump, u"\\1-\\2"_s);
}

// Whole words: nobody signs in at /authors. /dologin and /loginform are ways in, /userLogin and /oAuth too.
bool isOneWayIn(const QString &path)
{
    const QString words = wordsIn(path) + wordsIn(withoutHumps(path));
    const bool isWord = std::ranges::any_of(
        kSignInWords, [&](QLatin1StringView w) { return words.contains(u'-' + QString(w) + u'-'); });
    return isWord || std::ranges::any_of(kWithinWords, [&](QLatin1StringView w) {
               return words.contains(u'-' + QString(w)) || words.contains(QString(w) + u'-');
           });
}

bool isAnyOf(const QStringList &some, const QStringList &others)
{
    return std::ranges::any_of(some, [&](const QString &one) { return isOneOfHosts(one, others); });
}

// Signing in is a POST, at a path and a host that the branch must not leave out. Hosts that nobody can tell may be it.
bool leavesSignInOut(const Comparison &one, const QStringList &signInHosts)
{
    if (isMethod(one))
        return one.isNot == one.texts.contains("POST"_L1, Qt::CaseInsensitive);
    if (isHost(one) && one.isNot)
        return isOfUnknownHosts(one) || isAnyOf(signInHosts, hostsOf(one));
    return isPath(one) && one.isNot && std::ranges::any_of(one.texts, isOneWayIn);
}

// It is about every path, or about all but some that have nothing to do with signing in. Whether its methods leave
// signing in out was asked before.
bool isAboutMost(const RuleBranch &branch)
{
    RuleBranch rest = branch;
    std::erase_if(rest, [](const Comparison &one) { return isMethod(one) || (isPath(one) && one.isNot); });
    return isAboutEverything(rest);
}

bool coversSignInBy(const RuleBranch &branch, const QStringList &signInHosts)
{
    if (std::ranges::any_of(branch, [&](const Comparison &one) { return leavesSignInOut(one, signInHosts); }))
        return false;
    const QStringList hosts = hostsIn(branch);
    if (isAboutMost(branch))
        return std::ranges::none_of(branch, isOfUnknownHosts) &&
               (hosts.isEmpty() || signInHosts.isEmpty() || isAnyOf(signInHosts, hosts));
    return std::ranges::any_of(pathsIn(branch), isOneWayIn);
}

// Nobody can tell, because its hosts stand in a regular expression or because it branches out too far.
bool mayCoverSignIn(const FirewallRule &rule, const QStringList &signInHosts)
{
    return rule.scope.isTooMuch || std::ranges::any_of(rule.scope.branches, [&](RuleBranch branch) {
               return std::erase_if(branch, isOfUnknownHosts) > 0 && coversSignInBy(branch, signInHosts);
           });
}

using Rules = std::vector<FirewallRule>;

bool anyStops(const Rules &rules)
{
    return std::ranges::any_of(rules, &FirewallRule::stops);
}

bool anyLogs(const Rules &rules)
{
    return std::ranges::any_of(rules, [](const FirewallRule &r) { return r.isOn && r.action == "log"_L1; });
}

Finding about(const QString &code, Severity severity, Proof proof, Impact impact, const QString &title,
              const QString &saw)
{
    Finding finding = makeFinding(code, severity, proof, impact, title, saw);
    finding.effortMinutes = kRuleMinutes;
    return finding;
}

// Both lists are known to hold nothing that stops anybody.
std::optional<Finding> nothingStops(const FirewallFacts &facts)
{
    if (!facts.custom || !facts.rateLimits || anyStops(*facts.custom) || anyStops(*facts.rateLimits))
        return std::nullopt;
    if (anyLogs(*facts.custom) || anyLogs(*facts.rateLimits))
        return about(u"only_logging"_s, Severity::Medium, Proof::Proven, Impact::CostAbuse,
                     Text::tr("Your firewall rules watch and stop nobody"),
                     Text::tr("All rules that are on have the action \"log\"."));
    return about(
        u"no_rules"_s, Severity::Medium, Proof::Proven, Impact::CostAbuse,
        Text::tr("No firewall rule of yours stops plain abuse"),
        Text::tr("At Cloudflare there is no rule and no rate limit that is on: %1 custom rules, %2 rate limits.")
            .arg(QString::number(facts.custom->size()), QString::number(facts.rateLimits->size())));
}

enum class SignInLimit { None, Unclear, Covered };

SignInLimit signInLimitOf(const FirewallFacts &facts)
{
    const auto anyLimit = [&](bool (*covers)(const FirewallRule &, const QStringList &)) {
        return std::ranges::any_of(*facts.rateLimits,
                                   [&](const FirewallRule &r) { return r.stops() && covers(r, facts.signInHosts); });
    };
    if (anyLimit(coversSignIn))
        return SignInLimit::Covered;
    return anyLimit(mayCoverSignIn) ? SignInLimit::Unclear : SignInLimit::None;
}

// A lead: the product may count sign-ins by itself.
std::optional<Finding> signInUnlimited(const FirewallFacts &facts)
{
    if (!facts.rateLimits || signInLimitOf(facts) != SignInLimit::None)
        return std::nullopt;
    return about(
        u"login_unlimited"_s, Severity::Medium, Proof::Lead, Impact::AccountTakeover,
        Text::tr("Nothing at the edge slows down who guesses passwords"),
        Text::tr("None of the %1 rate limits covers a path where people sign in.").arg(facts.rateLimits->size()));
}

// Where nobody can tell what a rule is about, the findings that rest on it may be hidden.
LookGaps unclearIn(const FirewallFacts &facts)
{
    LookGaps gaps;
    if (facts.rateLimits && signInLimitOf(facts) == SignInLimit::Unclear) {
        gaps.say(Text::tr("Only you can tell whether one of the rate limits covers where people sign in: its hosts "
                          "stand in a regular expression, or it has too many conditions."));
        gaps.hideCodes({u"login_unlimited"_s});
    }
    const bool isSkipUnclear = facts.custom && std::ranges::any_of(*facts.custom, [](const FirewallRule &r) {
                                   return r.isOn && r.action == "skip"_L1 && r.scope.isTooMuch;
                               });
    if (isSkipUnclear) {
        gaps.say(Text::tr("A rule that lets requests past the firewall has too many conditions for this program to "
                          "tell whose."));
        gaps.hideCodes({u"skip_all"_s});
    }
    return gaps;
}

std::optional<Finding> everybodySkips(const FirewallFacts &facts)
{
    if (!facts.custom)
        return std::nullopt;
    const auto hole = std::ranges::find_if(*facts.custom, [](const FirewallRule &r) {
        return r.isOn && r.action == "skip"_L1 && isAboutEverybody(r.scope);
    });
    if (hole == facts.custom->end())
        return std::nullopt;
    return about(u"skip_all"_s, Severity::High, Proof::Proven, Impact::Downtime,
                 Text::tr("One rule lets everybody past the firewall"),
                 Text::tr("The rule \"%1\" skips further rules for every request.").arg(hole->name));
}

std::optional<Finding> managedOff(const FirewallFacts &facts)
{
    if (!facts.managed || facts.managed->empty() || anyStops(*facts.managed))
        return std::nullopt;
    return about(u"managed_off"_s, Severity::Medium, Proof::Proven, Impact::DataExposure,
                 Text::tr("Cloudflare's own firewall rules are switched off"),
                 Text::tr("The rule sets that Cloudflare keeps up to date against known attacks are there, and none of "
                          "them is on."));
}

QJsonValue toJson(const std::optional<Rules> &rules)
{
    if (!rules)
        return {};
    QJsonArray rows;
    for (const FirewallRule &rule : *rules)
        rows.append(QJsonObject{{u"name"_s, rule.name}, {u"action"_s, rule.action}, {u"on"_s, rule.isOn}});
    return rows;
}

std::optional<Rules> readPart(const ZonePart &part, QStringList &unread)
{
    if (part.value)
        return readFirewallRules(*part.value);
    unread << part.why;
    return std::nullopt;
}

Judged lookAtFirewall(const Look &look)
{
    const ZoneAccess access = cloudflareZoneOf(look);
    if (!access.zone)
        return access.instead;
    const ZonePart custom = rulesOf(look, *access.zone, phases::kFirewall);
    const ZonePart rate = rulesOf(look, *access.zone, phases::kRateLimit);
    const ZonePart managed = rulesOf(look, *access.zone, phases::kManaged);
    if (!custom.value && !rate.value && !managed.value)
        return custom.instead;
    FirewallFacts facts;
    facts.custom = readPart(custom, facts.unread);
    facts.rateLimits = readPart(rate, facts.unread);
    facts.managed = readPart(managed, facts.unread);
    facts.unread.removeDuplicates();
    facts.unread << doubtsAbout(*access.zone);
    for (const Host &host : look.target.hosts) {
        if (host.role == HostRole::Auth)
            facts.signInHosts << host.name;
    }
    return judgeFirewall(facts);
}

} // namespace

bool FirewallRule::stops() const
{
    return isOn && std::ranges::find(kStopping, action) != kStopping.end();
}

std::vector<FirewallRule> readFirewallRules(const QJsonValue &rules)
{
    std::vector<FirewallRule> read;
    read.reserve(static_cast<size_t>(rules.toArray().size()));
    for (const QJsonValue value : rules.toArray()) {
        const QString expression = value["expression"_L1].toString();
        const QString given = value["description"_L1].toString();
        read.push_back({nameOfRule(given, expression, kLongestName), quoted(value["action"_L1].toString().toUtf8(), 30),
                        value["enabled"_L1].toBool(true), readExpression(expression.toUtf8())});
    }
    return read;
}

bool coversSignIn(const FirewallRule &rule, const QStringList &signInHosts)
{
    return std::ranges::any_of(rule.scope.branches,
                               [&](const RuleBranch &branch) { return coversSignInBy(branch, signInHosts); });
}

Judged judgeFirewall(const FirewallFacts &facts)
{
    std::vector<Finding> findings;
    auto nothing = nothingStops(facts);
    const bool isBare = nothing.has_value();
    for (auto &finding : {std::move(nothing), isBare ? std::nullopt : signInUnlimited(facts), everybodySkips(facts),
                          managedOff(facts)}) {
        if (finding)
            findings.push_back(*finding);
    }
    const auto stopping = [](const std::optional<Rules> &rules) {
        return rules ? std::ranges::count_if(*rules, &FirewallRule::stops) : 0;
    };
    const QString summary =
        Text::tr("%1 firewall rules and %2 rate limits of yours are on at Cloudflare")
            .arg(QString::number(stopping(facts.custom)), QString::number(stopping(facts.rateLimits)));
    const QJsonObject observed{{u"custom"_s, toJson(facts.custom)},
                               {u"rate_limits"_s, toJson(facts.rateLimits)},
                               {u"managed"_s, toJson(facts.managed)}};
    Judged judged = concluded(std::move(findings), summary, observed, {});
    LookGaps gaps = unclearIn(facts);
    gaps.add(anyBehind(facts.unread));
    leaveOpen(judged, gaps);
    return judged;
}

Check wafRulesCheck()
{
    return {.id = u"edge.waf-rules"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::AccountTakeover, Impact::DataExposure, Impact::Downtime, Impact::CostAbuse},
            .needs = {Need::ApiToken},
            .look = lookAtFirewall};
}

} // namespace cockpit
