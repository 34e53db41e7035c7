#include "checks/http/cacheprivate.h"

#include "checks/http/cachepolicy.h"
#include "checks/http/loginpages.h"
#include "checks/http/setcookie.h"
#include "checks/web/address.h"
#include "checks/web/landing.h"
#include "checks/web/obstacle.h"
#include "checks/web/parsedpage.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CachePrivate)
};

constexpr size_t kMostRoutes = 6;

struct PrivatePage
{
    HttpResponse answer;
    CachePolicy policy;
    bool isLogin = false;
    bool setsSession = false;
};

bool isJson(const HttpResponse &answer)
{
    return answer.header("content-type").value_or(QByteArray()).toLower().contains("json");
}

std::vector<PrivatePage> privatePagesIn(const std::vector<VisitedPage> &visited)
{
    std::vector<PrivatePage> pages;
    for (const auto &[answer, asksForPassword] : visited) {
        if (obstacleIn(answer))
            continue;
        PrivatePage page{answer, cachePolicyOf(answer)};
        page.isLogin = answer.status == 200 && !isJson(answer) && asksForPassword;
        page.setsSession = std::ranges::any_of(cookiesIn(answer), [](const SetCookie &cookie) {
            return jobOf(cookie.name) == CookieJob::Session || jobOf(cookie.name) == CookieJob::ReadableSession;
        });
        if (page.isLogin || page.setsSession)
            pages.push_back(std::move(page));
    }
    return pages;
}

Finding fault(const QString &code, Severity severity, Impact impact, const PrivatePage &page, const QString &title,
              const QString &saw)
{
    Finding finding = makeFinding(code, severity, Proof::Proven, impact, title, saw);
    finding.subject = page.answer.url.path();
    finding.evidence = {evidenceOf(page.answer)};
    finding.fix.paste = u"Cache-Control: private, no-store"_s;
    finding.effortMinutes = 20;
    return finding;
}

QString controlOf(const PrivatePage &page)
{
    const auto value = page.answer.header("cache-control");
    return value ? quoted(*value) : Text::tr("no Cache-Control");
}

std::optional<Finding> faultOf(const PrivatePage &page)
{
    const QString url = page.answer.url.toDisplayString();
    const bool invites = page.policy.invitesSharedCaches(page.answer.status);
    if (page.setsSession && (invites || page.policy.wasServedFromCache)) {
        return fault(u"session_cached"_s, Severity::High, Impact::AccountTakeover, page,
                     Text::tr("One visitor's login cookie may be handed to the next"),
                     Text::tr("%1 sets a session cookie and lets shared caches keep the answer (%2).")
                         .arg(url, controlOf(page)));
    }
    if (page.isLogin && invites) {
        return fault(
            u"login_cached"_s, Severity::Medium, Impact::BrokenLogin, page,
            Text::tr("Caches may keep a copy of your login page"),
            Text::tr("%1 invites shared caches to keep it (%2). Wanted: private, no-store.").arg(url, controlOf(page)));
    }
    if (page.policy.sharedCacheMayStore(page.answer.status)) {
        return fault(u"no_policy"_s, Severity::Low, Impact::DataExposure, page,
                     Text::tr("A private page does not forbid copies"),
                     Text::tr("%1 leaves it to caches (%2). Wanted: private, no-store.").arg(url, controlOf(page)));
    }
    return std::nullopt;
}

QJsonObject observedPage(const PrivatePage &page)
{
    return {{u"url"_s, page.answer.url.toDisplayString()},
            {u"status"_s, page.answer.status},
            {u"cache_control"_s, quoted(page.answer.header("cache-control").value_or(QByteArray()))},
            {u"shared_cache"_s, page.policy.sharedCacheMayStore(page.answer.status)},
            {u"login"_s, page.isLogin},
            {u"sets_session"_s, page.setsSession}};
}

std::vector<HttpGet> privateRoutes(const Look &look)
{
    std::vector<HttpGet> questions;
    for (const Route &route : look.facts.routes) {
        const bool isHere = route.host == look.host->name || (route.host.isEmpty() && look.host->role == HostRole::Api);
        const bool isAskable =
            route.method == "GET"_L1 && !route.path.contains(u'{') && route.access != AccessClass::Public;
        if (isHere && isAskable && questions.size() < kMostRoutes)
            questions.push_back(HttpGet{httpsAddress(*look.host, route.path)});
    }
    return questions;
}

Judged judgeFrom(const Look &look, const RedirectChain &chain)
{
    std::vector<HttpResponse> answers{chain.last};
    for (HttpResponse &answer : loginAnswers(look, chain.last)) {
        if (answer.url != chain.last.url)
            answers.push_back(std::move(answer));
    }
    for (const auto &answer : look.seen.askAll(privateRoutes(look))) {
        if (*answer)
            answers.push_back(**answer);
    }
    std::vector<VisitedPage> visited;
    visited.reserve(answers.size());
    for (HttpResponse &answer : answers) {
        const bool asksForPassword = !isJson(answer) && pageOrNothing(answer, look.seen).hasPasswordField;
        visited.push_back({std::move(answer), asksForPassword});
    }
    return judgeCachePrivate(visited, chain);
}

} // namespace

Judged judgeCachePrivate(const std::vector<VisitedPage> &visited, const RedirectChain &chain)
{
    const std::vector<PrivatePage> pages = privatePagesIn(visited);
    if (pages.empty())
        return notRun(Text::tr("No login page and no answer with a session was found here. Add your routes, so that "
                               "private ones can be looked at."));
    QJsonArray rows;
    std::vector<Finding> findings;
    std::vector<Evidence> evidence;
    for (const PrivatePage &page : pages) {
        rows.append(observedPage(page));
        evidence.push_back(evidenceOf(page.answer));
        if (auto finding = faultOf(page))
            findings.push_back(std::move(*finding));
    }
    QJsonObject observed = observedOf(chain, {"cache-control", "age", "vary"});
    observed.insert(u"pages"_s, rows);
    return concluded(std::move(findings),
                     Text::tr("%n private page(s) looked at", nullptr, static_cast<int>(pages.size())), observed,
                     std::move(evidence));
}

Check cachePrivateCheck()
{
    return {.id = u"http.cache-private"_s,
            .scope = Scope::EachHost,
            .roles = {},
            .impacts = {Impact::AccountTakeover, Impact::BrokenLogin, Impact::DataExposure},
            .needs = {},
            .look = [](const Look &look) {
                return onLanding(look, [&look](const RedirectChain &chain) { return judgeFrom(look, chain); });
            }};
}

} // namespace cockpit
