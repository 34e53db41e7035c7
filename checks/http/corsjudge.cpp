#include "checks/engine/lookgaps.h"
#include "checks/http/cachepolicy.h"
#include "checks/http/cors.h"
#include "checks/http/corsreflection.h"
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

bool variesByOrigin(const HttpResponse &response)
{
    const auto lines = response.headerValues("vary");
    return std::ranges::any_of(lines, [](const QByteArray &line) {
        const QByteArrayList names = line.toLower().split(',');
        return std::ranges::any_of(names,
                                   [](const QByteArray &n) { return n.trimmed() == "origin" || n.trimmed() == "*"; });
    });
}

// A "no" to this origin, for one of the project's own got another answer there. Where all are refused, even at a route
// for members, it may be a firewall that turns us away, and nobody saw what the product would have said.
bool isMeantRefusal(const CorsAnswer &answer, const std::vector<CorsAnswer> &answers)
{
    return obstacleIn(answer.response) == Obstacle::Refused &&
           std::ranges::any_of(answers, [&](const CorsAnswer &other) {
               return other.asked.kind == OriginClass::Own && !other.isPreflight &&
                      other.response.url == answer.response.url && !obstacleIn(other.response);
           });
}

// Neither a permission nor a "no" of the product.
bool isHeldBack(const CorsAnswer &answer, const std::vector<CorsAnswer> &answers)
{
    return saysNothing(answer) && !isMeantRefusal(answer, answers);
}

QByteArray allowedBy(const CorsAnswer &answer)
{
    return answer.response.header("access-control-allow-origin").value_or(QByteArray());
}

// The same page gave another permission to another origin, or none: it is made for the one that asks.
const CorsAnswer *answeredDifferently(const CorsAnswer &one, const std::vector<CorsAnswer> &answers)
{
    const auto other = std::ranges::find_if(answers, [&](const CorsAnswer &answer) {
        return !answer.isPreflight && answer.response.url == one.response.url &&
               answer.response.status == one.response.status && answer.asked.origin != one.asked.origin &&
               allowedBy(answer) != allowedBy(one);
    });
    return other == answers.end() ? nullptr : &*other;
}

Finding mixUp(const CorsAnswer &one, const CorsAnswer &other)
{
    const bool isKept = cachePolicyOf(one.response).invitesSharedCaches(one.response.status);
    Finding finding =
        makeFinding(u"no_vary"_s, isKept ? Severity::Medium : Severity::Low, Proof::Proven, Impact::BrokenLogin,
                    Text::tr("A cache may hand one site's permission to another"),
                    Text::tr("%1 answers the origins %2 and %3 differently, but does not say \"Vary: Origin\".")
                        .arg(one.response.url.toDisplayString(), quoted(one.asked.origin), quoted(other.asked.origin)));
    finding.evidence = {exchangeOf(one), exchangeOf(other)};
    finding.fix.paste = u"Vary: Origin"_s;
    return finding;
}

// A permission made for the asking site and not marked as such: a cache hands it to the next site, whose browser then
// refuses the answer, or reads it (fetch standard, "CORS protocol and HTTP caches"). Preflights are not kept by shared
// caches, nor is what must not be stored.
std::vector<Finding> cacheMixUps(const std::vector<CorsAnswer> &answers)
{
    for (const CorsAnswer &one : answers) {
        if (one.isPreflight || !allowsAsked(one) || variesByOrigin(one.response) ||
            cachePolicyOf(one.response).browser.noStore)
            continue;
        if (const CorsAnswer *other = answeredDifferently(one, answers))
            return {mixUp(one, *other)};
    }
    return {};
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

// An API that is open to all says so to every question: the rest of the rows repeats them.
constexpr qsizetype kMostRows = 500;

void putAnswers(const std::vector<CorsAnswer> &answers, QJsonObject &observed)
{
    QJsonArray rows;
    int leftOut = 0;
    for (const CorsAnswer &answer : answers) {
        const auto allowed = answer.response.header("access-control-allow-origin");
        if (!allowed)
            continue;
        if (rows.size() >= kMostRows) {
            ++leftOut;
            continue;
        }
        rows.append(QJsonObject{{u"url"_s, answer.response.url.toDisplayString()},
                                {u"class"_s, toWord(answer.asked.kind)},
                                {u"origin"_s, quoted(answer.asked.origin)},
                                {u"allow_origin"_s, quoted(*allowed)},
                                {u"credentials"_s, allowsCredentials(answer.response)},
                                {u"preflight"_s, answer.isPreflight},
                                {u"vary"_s, quoted(answer.response.header("vary").value_or(QByteArray()))}});
    }
    observed.insert(u"answers"_s, rows);
    observed.insert(u"answers_left_out"_s, leftOut);
}

QJsonArray notAsked(const CorsGaps &gaps)
{
    QJsonArray rows;
    for (const auto &[url, kinds] : gaps.askedLess) {
        QJsonArray classes;
        for (const OriginClass kind : kinds)
            classes.append(toWord(kind));
        rows.append(QJsonObject{{u"url"_s, url.toDisplayString()}, {u"classes"_s, classes}});
    }
    return rows;
}

QString shortOf(const std::set<QUrl> &routes)
{
    constexpr qsizetype kMostNamed = 5;
    QStringList paths;
    for (const QUrl &url : routes) {
        if (paths.size() < kMostNamed)
            paths << quoted(url.path().toUtf8());
    }
    return paths.join(u", "_s);
}

// What was asked and tells nothing, by why.
struct HeldBack
{
    int count = 0;
    std::set<QUrl> forMembers = {}; // routes that refuse everybody, while the first page is shown
};

HeldBack heldBackAmong(const std::vector<CorsAnswer> &answers, const std::vector<CorsAnswer> &seen)
{
    const QUrl front = answers.front().response.url;
    const bool isFrontShown = std::ranges::any_of(seen, [&](const CorsAnswer &answer) {
        return answer.response.url == front && !answer.isPreflight && !obstacleIn(answer.response);
    });
    HeldBack held;
    for (const CorsAnswer &answer : answers) {
        if (!isHeldBack(answer, answers))
            continue;
        if (isFrontShown && obstacleIn(answer.response) == Obstacle::Refused)
            held.forMembers.insert(answer.response.url);
        else
            ++held.count;
    }
    return held;
}

std::set<QUrl> shortAsked(const CorsGaps &gaps, const HeldBack &held)
{
    std::set<QUrl> routes;
    for (const auto &[url, kinds] : gaps.askedLess) {
        if (!held.forMembers.contains(url)) // asking on was of no use
            routes.insert(url);
    }
    return routes;
}

// What no look at this host saw.
QString gapsIn(const HeldBack &held, const CorsGaps &gaps)
{
    QStringList sentences;
    if (const int count = gaps.unanswered + held.count; count > 0) {
        sentences << Text::tr("%n request(s) got no answer, or a refusal, a limit or a broken page in its place, so a "
                              "foreign site may be let in there. Check again later.",
                              nullptr, count);
    }
    if (gaps.routesLeftOut > 0)
        sentences << Text::tr("%n further route(s) of this host were not asked.", nullptr, gaps.routesLeftOut);
    if (const std::set<QUrl> routes = shortAsked(gaps, held); !routes.empty()) {
        sentences << Text::tr("%n of the routes were not asked as every kind of site, because the run was over or they "
                              "did not answer as the product would: %1.",
                              nullptr, static_cast<int>(routes.size()))
                         .arg(shortOf(routes));
    }
    return sentences.join(u' ');
}

// A login is needed there, as many frameworks say it, or a filter is in the way: it cannot be told from outside.
QString loginNeededAt(const std::set<QUrl> &routes)
{
    return routes.empty()
               ? QString()
               : Text::tr(
                     "%n route(s) refuse everybody with the status 403, your own sites too, as routes do that need "
                     "a login. What they allow for a customer who is signed in was not seen: %1.",
                     nullptr, static_cast<int>(routes.size()))
                     .arg(shortOf(routes));
}

// Any finding may stand where nothing was seen; what a route needs a login for hides nothing of the others.
LookGaps gapsOf(const QString &gapText, const HeldBack &held)
{
    LookGaps gaps = anyBehind({gapText});
    gaps.say(loginNeededAt(held.forMembers));
    for (const QUrl &url : held.forMembers)
        gaps.hide({.subject = url.toDisplayString()});
    return gaps;
}

QString summaryOf(const std::vector<Finding> &findings, int judged)
{
    return findings.empty() ? Text::tr("No foreign site is let in, of %n request(s)", nullptr, judged)
                            : Text::tr("Foreign sites are let in");
}

} // namespace

Judged judgeCors(const std::vector<CorsAnswer> &answers, const std::vector<SetCookie> &sessionCookies,
                 const CorsGaps &gaps)
{
    // Servers answer OPTIONS themselves while a firewall holds back the page: that is no look at the page.
    const bool allBlocked = std::ranges::all_of(answers, [&](const CorsAnswer &answer) {
        return answer.isPreflight ? !answer.response.header("access-control-allow-origin")
                                  : isHeldBack(answer, answers);
    });
    if (const auto obstacle = obstacleIn(answers.front().response); obstacle && allBlocked)
        return couldNotVerify(*obstacle, answers.front().response);
    std::vector<CorsAnswer> seen;
    seen.reserve(answers.size());
    std::ranges::copy_if(answers, std::back_inserter(seen),
                         [&](const CorsAnswer &answer) { return !isHeldBack(answer, answers); });
    std::vector<Finding> findings = reflectedOrigins(seen, sessionCookies);
    if (findings.empty()) // its repair includes the header
        findings = cacheMixUps(seen);
    std::ranges::move(brokenAnswers(seen), std::back_inserter(findings));
    const HeldBack held = heldBackAmong(answers, seen);
    QJsonObject observed = observedOf(answers.front().response,
                                      {"access-control-allow-origin", "access-control-allow-credentials", "vary"});
    putAnswers(seen, observed);
    observed.insert(u"asked"_s, gaps.unanswered + static_cast<int>(answers.size()));
    observed.insert(u"held_back"_s, gaps.unanswered + static_cast<int>(answers.size() - seen.size()));
    observed.insert(u"routes_left_out"_s, gaps.routesLeftOut);
    observed.insert(u"not_asked"_s, notAsked(gaps));
    const QString summary = summaryOf(findings, static_cast<int>(seen.size()));
    Judged judged = concluded(std::move(findings), summary, observed, {evidenceOf(answers.front().response)});
    leaveOpen(judged, gapsOf(gapsIn(held, gaps), held));
    return judged;
}

} // namespace cockpit
