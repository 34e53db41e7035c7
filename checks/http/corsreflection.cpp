#include "checks/http/corsreflection.h"

#include "checks/http/exchange.h"
#include "checks/net/urlhost.h"
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
    const auto isAny = [&](auto... values) {
        return std::ranges::any_of(cookies, [&](const SetCookie &c) { return ((c.sameSite == values) || ...); });
    };
    if (isAny(SameSite::None))
        return SessionReach::CrossSite;
    // Without a word that they know some browsers take it for Lax, and others send the cookie along.
    return isAny(SameSite::Unset, SameSite::Invalid) ? SessionReach::Unknown : SessionReach::SameSiteOnly;
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
    case OriginClass::Substring:
    case OriginClass::Dot:
    case OriginClass::Special:
        return Verdict{u"lookalike_origin"_s, reflectedSeverity(credentials, reach),
                       Text::tr("A look-alike website can read your API's answers")};
    case OriginClass::Hosting:
        return Verdict{u"hosting_origin"_s, reflectedSeverity(credentials, reach),
                       Text::tr("Anybody's test page at a hosting company can read your API's answers")};
    case OriginClass::Localhost:
        if (!credentials)
            return std::nullopt;
        return Verdict{u"localhost_origin"_s, Severity::Low,
                       Text::tr("Your API still lets in the developers' own machines")};
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
    case OriginClass::Own:
        return std::nullopt; // meant to be let in
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
    finding.fix.paste = u"Access-Control-Allow-Origin: https://%1\nVary: Origin"_s.arg(hostOf(answer.response.url));
    finding.effortMinutes = 45;
    return finding;
}

} // namespace

bool allowsCredentials(const HttpResponse &response)
{
    return response.header("access-control-allow-credentials") == QByteArray("true");
}

bool isReadable(const HttpResponse &response)
{
    const auto values = response.headerValues("access-control-allow-origin");
    return values.size() == 1 && !values.front().contains(',');
}

bool allowsAsked(const CorsAnswer &answer)
{
    return isReadable(answer.response) && answer.response.header("access-control-allow-origin") == answer.asked.origin;
}

// Servers without preflights answer them with any error of theirs, which is a "no" all the same.
bool saysNothing(const CorsAnswer &answer)
{
    if (answer.response.header("access-control-allow-origin"))
        return false;
    const auto obstacle = obstacleIn(answer.response);
    return answer.isPreflight ? obstacle == Obstacle::Challenge || obstacle == Obstacle::TooManyRequests
                              : obstacle.has_value();
}

// What was asked for, in words: a preflight is what browsers send before a request that may change something.
Evidence exchangeOf(const CorsAnswer &answer)
{
    return exchangeOf(answer.response, answer.isPreflight ? "OPTIONS" : "GET");
}

std::vector<Finding> reflectedOrigins(const std::vector<CorsAnswer> &answers,
                                      const std::vector<SetCookie> &sessionCookies)
{
    const SessionReach reach = reachOf(sessionCookies);
    std::map<QString, Finding> byCode;
    for (const CorsAnswer &answer : answers) {
        if (!allowsAsked(answer))
            continue;
        const auto verdict = verdictOn(answer.asked.kind, allowsCredentials(answer.response), reach);
        if (!verdict)
            continue;
        Finding finding = reflected(answer, *verdict, reach);
        const auto [it, isNew] = byCode.emplace(verdict->code, finding);
        if (!isNew && finding.severity < it->second.severity)
            it->second = finding;
    }
    std::vector<Finding> findings;
    findings.reserve(byCode.size());
    const auto all = byCode.find(u"any_origin"_s);
    const std::optional<Impact> ofAll = all == byCode.end() ? std::nullopt : std::optional(all->second.impact);
    for (auto &[code, finding] : byCode) {
        const bool saysMore = ofAll == Impact::DataExposure && finding.impact == Impact::AccountTakeover;
        if (!ofAll || code == "any_origin"_L1 || saysMore)
            findings.push_back(std::move(finding));
    }
    return findings;
}

} // namespace cockpit
