#include "checks/http/cachepolicy.h"
#include "checks/http/cors.h"
#include "checks/http/corsreflection.h"
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
        const auto allowed = response.header("access-control-allow-origin");
        // Where the comma is one that we sent, the server only repeats what it hears.
        if (allowed && allowed != answer.asked.origin && !isReadable(response)) {
            byCode.try_emplace(
                u"several_values"_s,
                broken(u"several_values"_s, response, Text::tr("%1 names more than one allowed origin.").arg(url)));
        }
        if (allowed == QByteArray("*") && allowsCredentials(response)) {
            byCode.try_emplace(u"wildcard_credentials"_s,
                               broken(u"wildcard_credentials"_s, response,
                                      Text::tr("%1 allows every origin (*) together with credentials.").arg(url)));
        }
    }
    std::vector<Finding> findings;
    findings.reserve(byCode.size());
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
    std::vector<Finding> findings = reflectedOrigins(answers, sessionCookies);
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
