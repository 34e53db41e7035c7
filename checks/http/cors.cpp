#include "checks/http/cors.h"

#include "checks/web/address.h"
#include "checks/web/landing.h"
#include "checks/web/obstacle.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <set>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Cors)
};

constexpr size_t kMostRoutes = 4; // beside the front page; each is asked once per origin class

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
    if (credentials && reach == SessionReach::SameSiteOnly)
        finding.whatWeSaw +=
            u' ' + Text::tr("The session cookie's SameSite keeps most browsers from sending it along.");
    finding.evidence = {evidenceOf(answer.response)};
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
                                {u"vary"_s, quoted(answer.response.header("vary").value_or(QByteArray()))}});
    }
    return rows;
}

std::vector<QUrl> addressesOf(const Look &look)
{
    std::vector<QUrl> urls{httpsAddress(*look.host)};
    for (const Route &route : look.facts.routes) {
        const bool isHere = route.host == look.host->name || (route.host.isEmpty() && look.host->role == HostRole::Api);
        const bool isPlain = route.method == "GET"_L1 && !route.path.contains(u'{');
        if (isHere && isPlain && urls.size() <= kMostRoutes)
            urls.push_back(httpsAddress(*look.host, route.path));
    }
    return urls;
}

Judged look(const Look &look)
{
    const QString word = probeWord(look.host->name + look.startedAt.toString(Qt::ISODateWithMs));
    const auto origins = testOrigins(look.host->name, registrableDomain(look.host->name), word);
    std::vector<HttpGet> questions;
    std::vector<TestOrigin> asked;
    for (const QUrl &url : addressesOf(look)) {
        for (const TestOrigin &origin : origins) {
            questions.push_back(HttpGet{.url = url, .headers = {{"Origin", origin.origin}}});
            asked.push_back(origin);
        }
    }
    const auto replies = look.seen.askAll(questions);
    std::vector<CorsAnswer> answers;
    for (size_t i = 0; i < replies.size(); ++i) {
        if (*replies[i])
            answers.push_back({asked[i], **replies[i]});
    }
    if (answers.empty())
        return couldNotLook(replies.front()->error());
    const auto front = look.seen.ask(HttpGet{httpsAddress(*look.host)});
    std::vector<SetCookie> sessions;
    if (*front) {
        std::ranges::copy_if(cookiesIn(**front), std::back_inserter(sessions),
                             [](const SetCookie &cookie) { return jobOf(cookie.name) == CookieJob::Session; });
    }
    return judgeCors(answers, sessions);
}

} // namespace

QString toWord(OriginClass value)
{
    switch (value) {
    case OriginClass::Arbitrary:
        return u"arbitrary"_s;
    case OriginClass::Null:
        return u"null"_s;
    case OriginClass::Prefix:
        return u"prefix"_s;
    case OriginClass::Suffix:
        return u"suffix"_s;
    case OriginClass::Subdomain:
        return u"subdomain"_s;
    case OriginClass::Downgrade:
        return u"downgrade"_s;
    }
    Q_UNREACHABLE();
}

std::vector<TestOrigin> testOrigins(const QString &host, const QString &domain, const QString &word)
{
    // example.net is reserved (RFC 2606): nobody receives what a browser would send there.
    const QByteArray stranger = word.toLatin1() + ".example.net";
    return {{OriginClass::Arbitrary, "https://" + stranger},
            {OriginClass::Null, "null"},
            {OriginClass::Prefix, "https://" + host.toLatin1() + '.' + stranger},
            {OriginClass::Suffix, "https://" + word.toLatin1() + domain.toLatin1()},
            {OriginClass::Subdomain, "https://" + word.toLatin1() + '.' + domain.toLatin1()},
            {OriginClass::Downgrade, "http://" + host.toLatin1()}};
}

Judged judgeCors(const std::vector<CorsAnswer> &answers, const std::vector<SetCookie> &sessionCookies)
{
    const bool allBlocked = std::ranges::all_of(answers, [](const CorsAnswer &answer) {
        return obstacleIn(answer.response) && !answer.response.header("access-control-allow-origin");
    });
    if (allBlocked)
        return couldNotVerify(*obstacleIn(answers.front().response), answers.front().response);
    std::vector<Finding> findings = reflections(answers, reachOf(sessionCookies));
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

Check corsCheck()
{
    using enum HostRole;
    return {.id = u"http.cors"_s,
            .scope = Scope::EachHost,
            .roles = {Site, App, Api, Admin, Auth, Portal, Other}, // www is the site again
            .impacts = {Impact::AccountTakeover, Impact::DataExposure, Impact::BrokenLogin},
            .needs = {},
            .look = look};
}

} // namespace cockpit
