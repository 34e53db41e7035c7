#include "checks/http/cors.h"

#include "checks/http/cachepolicy.h"
#include "checks/web/obstacle.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Cors)
};

// How far a session travels when a foreign site calls: decides what a reflected origin is worth.
enum class SessionReach { CrossSite, SameSiteOnly, Unknown };

SessionReach reachOf(const std::vector<SetCookie> &cookies)
{
    if (cookies.empty())
        return SessionReach::Unknown;
    const bool crosses = std::ranges::any_of(cookies, [](const SetCookie &c) { return c.sameSite == SameSite::None; });
    return crosses ? SessionReach::CrossSite : SessionReach::SameSiteOnly;
}

// Case-sensitive by the fetch standard.
bool allowsCredentials(const HttpResponse &response)
{
    return response.header("access-control-allow-credentials") == QByteArray("true");
}

// Browsers refuse a list and two values alike.
bool isReadable(const HttpResponse &response)
{
    const auto values = response.headerValues("access-control-allow-origin");
    return values.size() == 1 && !values.front().contains(',');
}

bool allowsAsked(const CorsAnswer &answer)
{
    return isReadable(answer.response) && answer.response.header("access-control-allow-origin") == answer.asked.origin;
}

// What was asked for, in words: a preflight is what browsers send before a request that may change something.
Evidence exchangeOf(const CorsAnswer &answer)
{
    Evidence evidence = evidenceOf(answer.response);
    if (answer.isPreflight)
        evidence.title.replace(0, 3, u"OPTIONS"_s);
    return evidence;
}

struct Verdict
{
    QString code;
    Severity severity;
    QString title;
};

Severity reflectedSeverity(bool credentials, SessionReach reach)
{
    if (!credentials)
        return Severity::Low; // no more than what "*" gives, unless the answer needs no login
    switch (reach) {
    case SessionReach::CrossSite:
        return Severity::Critical;
    case SessionReach::Unknown:
        return Severity::High;
    case SessionReach::SameSiteOnly:
        return Severity::Medium;
    }
    Q_UNREACHABLE();
}

std::optional<Verdict> verdictOn(OriginClass kind, bool credentials, SessionReach reach)
{
    switch (kind) {
    case OriginClass::Arbitrary:
        return Verdict{u"any_origin"_s, reflectedSeverity(credentials, reach),
                       credentials ? Text::tr("Any website can act as your signed-in customer")
                                   : Text::tr("Any website can read your API's answers")};
    case OriginClass::Prefix:
    case OriginClass::Suffix:
    case OriginClass::Dot:
    case OriginClass::Special:
        return Verdict{u"lookalike_origin"_s, reflectedSeverity(credentials, reach),
                       Text::tr("A look-alike website can read your API's answers")};
    case OriginClass::Null:
        return Verdict{u"null_origin"_s, credentials ? Severity::High : Severity::Low,
                       Text::tr("A hidden frame on any website can read your API's answers")};
    case OriginClass::Downgrade:
        if (!credentials)
            return std::nullopt;
        return Verdict{u"http_origin"_s, Severity::Medium, Text::tr("On a hostile network, others can call your API")};
    case OriginClass::Subdomain:
        if (!credentials)
            return std::nullopt;
        return Verdict{u"any_subdomain"_s, Severity::Low,
                       Text::tr("Any subdomain may call your API as a signed-in customer")};
    }
    Q_UNREACHABLE();
}

Finding reflected(const CorsAnswer &answer, const Verdict &verdict, SessionReach reach)
{
    const bool credentials = allowsCredentials(answer.response);
    Finding finding = makeFinding(
        verdict.code, verdict.severity, answer.asked.kind == OriginClass::Subdomain ? Proof::Lead : Proof::Proven,
        credentials ? Impact::AccountTakeover : Impact::DataExposure, verdict.title,
        credentials ? Text::tr("%1 allows the origin %2, with credentials.")
                          .arg(answer.response.url.toDisplayString(), quoted(answer.asked.origin))
                    : Text::tr("%1 allows the origin %2, without credentials.")
                          .arg(answer.response.url.toDisplayString(), quoted(answer.asked.origin)));
    if (answer.isPreflight)
        finding.whatWeSaw += u' ' + Text::tr("It said so to the question that browsers ask before a change (OPTIONS).");
    if (credentials && reach == SessionReach::SameSiteOnly)
        finding.whatWeSaw +=
            u' ' + Text::tr("The session cookie's SameSite keeps most browsers from sending it along.");
    finding.evidence = {exchangeOf(answer)};
    finding.fix.paste = u"Access-Control-Allow-Origin: https://%1\nVary: Origin"_s.arg(answer.response.url.host());
    finding.effortMinutes = 45;
    return finding;
}

// One finding per kind of mistake; where everybody is let in, the special cases say nothing new.
std::vector<Finding> reflections(const std::vector<CorsAnswer> &answers, SessionReach reach)
{
    std::map<QString, Finding> byCode;
    bool letsEverybodyIn = false;
    for (const CorsAnswer &answer : answers) {
        if (!allowsAsked(answer))
            continue;
        const auto verdict = verdictOn(answer.asked.kind, allowsCredentials(answer.response), reach);
        if (!verdict)
            continue;
        letsEverybodyIn = letsEverybodyIn || answer.asked.kind == OriginClass::Arbitrary;
        Finding finding = reflected(answer, *verdict, reach);
        const auto [it, isNew] = byCode.emplace(verdict->code, finding);
        if (!isNew && finding.severity < it->second.severity)
            it->second = finding;
    }
    std::vector<Finding> findings;
    for (auto &[code, finding] : byCode) {
        if (!letsEverybodyIn || code == "any_origin"_L1)
            findings.push_back(std::move(finding));
    }
    return findings;
}

bool variesByOrigin(const HttpResponse &response)
{
    const auto lines = response.headerValues("vary");
    return std::ranges::any_of(lines, [](const QByteArray &line) {
        const QByteArrayList names = line.toLower().split(',');
        return std::ranges::any_of(names,
                                   [](const QByteArray &n) { return n.trimmed() == "origin" || n.trimmed() == "*"; });
    });
}

// A permission made for the asking site and not marked as such: a cache hands it to the next site, whose browser then
// refuses the answer, or reads it. Preflights are not kept by shared caches.
std::vector<Finding> cacheMixUps(const std::vector<CorsAnswer> &answers)
{
    const auto isMixable = [](const CorsAnswer &a) {
        return !a.isPreflight && allowsAsked(a) && !variesByOrigin(a.response);
    };
    const auto one = std::ranges::find_if(answers, isMixable);
    if (one == answers.end())
        return {};
    const bool isKept = cachePolicyOf(one->response).invitesSharedCaches(one->response.status);
    Finding finding = makeFinding(u"no_vary"_s, isKept ? Severity::Medium : Severity::Low, Proof::Proven,
                                  Impact::BrokenLogin, Text::tr("A cache may hand one site's permission to another"),
                                  Text::tr("%1 allows the origin that asks, but does not say \"Vary: Origin\".")
                                      .arg(one->response.url.toDisplayString()));
    finding.evidence = {exchangeOf(*one)};
    finding.fix.paste = u"Vary: Origin"_s;
    return {finding};
}

Finding broken(const QString &code, const HttpResponse &response, const QString &saw)
{
    Finding finding = makeFinding(code, Severity::Low, Proof::Proven, Impact::BrokenLogin,
                                  Text::tr("Browsers refuse your API's permission for other sites"), saw);
    finding.evidence = {evidenceOf(response)};
    return finding;
}

std::vector<Finding> brokenAnswers(const std::vector<CorsAnswer> &answers)
{
    std::map<QString, Finding> byCode;
    for (const CorsAnswer &answer : answers) {
        const HttpResponse &response = answer.response;
        const QString url = response.url.toDisplayString();
        if (response.header("access-control-allow-origin") && !isReadable(response)) {
            byCode.try_emplace(
                u"several_values"_s,
                broken(u"several_values"_s, response, Text::tr("%1 names more than one allowed origin.").arg(url)));
        }
        if (response.header("access-control-allow-origin") == QByteArray("*") && allowsCredentials(response)) {
            byCode.try_emplace(u"wildcard_credentials"_s,
                               broken(u"wildcard_credentials"_s, response,
                                      Text::tr("%1 allows every origin (*) together with credentials.").arg(url)));
        }
    }
    std::vector<Finding> findings;
    for (auto &[code, finding] : byCode)
        findings.push_back(std::move(finding));
    return findings;
}

QJsonArray observedAnswers(const std::vector<CorsAnswer> &answers)
{
    QJsonArray rows;
    for (const CorsAnswer &answer : answers) {
        const auto allowed = answer.response.header("access-control-allow-origin");
        if (!allowed)
            continue;
        rows.append(QJsonObject{{u"url"_s, answer.response.url.toDisplayString()},
                                {u"class"_s, toWord(answer.asked.kind)},
                                {u"origin"_s, quoted(answer.asked.origin)},
                                {u"allow_origin"_s, quoted(*allowed)},
                                {u"credentials"_s, allowsCredentials(answer.response)},
                                {u"preflight"_s, answer.isPreflight},
                                {u"vary"_s, quoted(answer.response.header("vary").value_or(QByteArray()))}});
    }
    return rows;
}

} // namespace

Judged judgeCors(const std::vector<CorsAnswer> &answers, const std::vector<SetCookie> &sessionCookies)
{
    // Servers answer OPTIONS themselves while a firewall holds back the page: that is no look at the page.
    const bool allBlocked = std::ranges::all_of(answers, [](const CorsAnswer &answer) {
        const bool isPermitting = answer.response.header("access-control-allow-origin").has_value();
        return !isPermitting && (answer.isPreflight || obstacleIn(answer.response));
    });
    if (const auto obstacle = obstacleIn(answers.front().response); obstacle && allBlocked)
        return couldNotVerify(*obstacle, answers.front().response);
    std::vector<Finding> findings = reflections(answers, reachOf(sessionCookies));
    if (findings.empty()) // its repair includes the header
        findings = cacheMixUps(answers);
    std::ranges::move(brokenAnswers(answers), std::back_inserter(findings));
    QJsonObject observed = observedOf(answers.front().response,
                                      {"access-control-allow-origin", "access-control-allow-credentials", "vary"});
    observed.insert(u"answers"_s, observedAnswers(answers));
    observed.insert(u"asked"_s, static_cast<int>(answers.size()));
    const QString summary = findings.empty() ? Text::tr("No foreign site is let in, of %n request(s)", nullptr,
                                                        static_cast<int>(answers.size()))
                                             : Text::tr("Foreign sites are let in");
    return concluded(std::move(findings), summary, observed, {evidenceOf(answers.front().response)});
}

} // namespace cockpit
