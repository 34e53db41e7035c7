#include "checks/http/cacheprivate.h"

#include "checks/engine/lookgaps.h"
#include "checks/http/cachepolicy.h"
#include "checks/http/hostroutes.h"
#include "checks/http/loginpages.h"
#include "checks/web/landing.h"
#include "checks/web/obstacle.h"
#include "checks/web/parsedpage.h"
#include "checks/web/report.h"
#include "checks/web/setcookie.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CachePrivate)
};

constexpr size_t kMostRoutes = 40;
constexpr int kOk = 200;
constexpr int kUnauthorized = 401;
constexpr int kForbidden = 403;

struct PrivatePage
{
    HttpResponse answer;
    CachePolicy policy;
    bool isLogin = false;
    bool setsSession = false;
    bool isForMembers = false; // what members would get comes by the same lines
    bool isGuessed = false;
};

bool isJson(const HttpResponse &answer)
{
    return answer.header("content-type").value_or(QByteArray()).toLower().contains("json");
}

std::vector<PrivatePage> privatePagesIn(const std::vector<VisitedPage> &visited)
{
    std::vector<PrivatePage> pages;
    for (const VisitedPage &one : visited) {
        const HttpResponse &answer = one.answer;
        if (obstacleIn(answer))
            continue;
        PrivatePage page{answer, cachePolicyOf(answer)};
        page.isLogin = answer.status == kOk && !isJson(answer) && one.asksForPassword;
        // A page in HTML may be the shell of an app, which is the same for everybody.
        page.isForMembers = answer.status == kOk && isJson(answer) && one.isForMembers;
        page.isGuessed = one.isGuessed;
        page.setsSession = std::ranges::any_of(cookiesIn(answer), [](const SetCookie &cookie) {
            return jobOf(cookie.name) == CookieJob::Session || jobOf(cookie.name) == CookieJob::ReadableSession;
        });
        if (page.isLogin || page.setsSession || page.isForMembers)
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

// We saw what strangers get: the same lines beside a member's answer would hand it to others.
Finding membersCached(const PrivatePage &page)
{
    Finding finding = fault(u"members_cached"_s, Severity::Medium, Impact::DataExposure, page,
                            Text::tr("Caches may hand one customer's answer to another"),
                            Text::tr("%1, a route for people who are signed in, lets shared caches keep its answer for "
                                     "everybody (%2), and does not say Vary: Cookie or Authorization.")
                                .arg(page.answer.url.toDisplayString(), controlOf(page)));
    finding.proof = page.isGuessed ? Proof::Lead : Proof::Strong;
    return finding;
}

// What a stranger gets from a route that only seems to be for members by its address may be meant for everybody: a list
// of products is. Where nothing is said to caches, nothing is wrong with that.
bool isUncertain(const PrivatePage &page)
{
    return page.isForMembers && page.isGuessed && !page.isLogin && !page.setsSession &&
           page.policy.sharedCacheMayStore(page.answer.status);
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
    if (page.isForMembers && invites && !page.policy.variesByLogin)
        return membersCached(page);
    if (isUncertain(page))
        return std::nullopt;
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
            {u"sets_session"_s, page.setsSession},
            {u"for_members"_s, page.isForMembers}};
}

std::vector<HostRoute> privateRoutes(const Look &look)
{
    std::vector<HostRoute> routes = routesToRead(look);
    std::erase_if(routes, [](const HostRoute &route) { return route.access == AccessClass::Public; });
    return routes;
}

VisitedPage visit(const HttpResponse &answer, Observations &seen)
{
    return {answer, !isJson(answer) && pageOrNothing(answer, seen).hasPasswordField};
}

// A 401 or 403 is what strangers should get; these say nothing.
bool isInTheWay(const HttpResponse &answer)
{
    const auto obstacle = obstacleIn(answer);
    return obstacle && obstacle != Obstacle::Refused;
}

void visitRoutes(std::vector<VisitedPage> &visited, PrivateGaps &gaps, const Look &look)
{
    std::vector<HostRoute> routes = privateRoutes(look);
    for (size_t i = kMostRoutes; i < routes.size(); ++i)
        gaps.leftOut.append(routes[i].url.path());
    routes.resize(std::min(routes.size(), kMostRoutes));
    std::vector<HttpGet> questions;
    questions.reserve(routes.size());
    for (const HostRoute &route : routes)
        questions.push_back(HttpGet{route.url});
    const auto answers = look.seen.askAll(questions);
    for (size_t i = 0; i < answers.size(); ++i) {
        if (!*answers[i] || isInTheWay(**answers[i])) {
            gaps.unanswered.append(routes[i].url.path());
            continue;
        }
        visited.push_back(visit(**answers[i], look.seen));
        visited.back().isForMembers = true;
        visited.back().isGuessed = routes[i].isGuessed;
    }
}

Judged judgeFrom(const Look &look, const RedirectChain &chain)
{
    std::vector<VisitedPage> visited;
    PrivateGaps gaps;
    visitRoutes(visited, gaps, look);
    std::vector<HttpResponse> answers = loginAnswers(look, chain.last);
    for (const QUrl &url : loginAddresses(pageOrNothing(chain.last, look.seen), *look.host, look.facts.routes)) {
        const auto answer = std::ranges::find(answers, url, &HttpResponse::url);
        if (answer == answers.end() || isInTheWay(*answer))
            gaps.unanswered.append(url.path());
    }
    answers.insert(answers.begin(), chain.last);
    for (const HttpResponse &answer : answers) {
        const auto isSame = [&](const VisitedPage &page) { return page.answer.url == answer.url; };
        if (std::ranges::none_of(visited, isSame))
            visited.push_back(visit(answer, look.seen));
    }
    gaps.unanswered.removeDuplicates();
    return judgeCachePrivate(visited, chain, gaps);
}

LookGaps gapsIn(const PrivateGaps &routes)
{
    LookGaps gaps;
    for (const QString &path : routes.unanswered + routes.leftOut)
        gaps.hide({path});
    if (const auto count = static_cast<int>(routes.unanswered.size()); count > 0)
        gaps.say(Text::tr("%n private page(s) gave no answer that tells something.", nullptr, count));
    if (const auto count = static_cast<int>(routes.leftOut.size()); count > 0)
        gaps.say(Text::tr("%n further private route(s) were not asked.", nullptr, count));
    return gaps;
}

// Private pages that were seen, and nobody can say whether they are some: they may be some without a policy.
LookGap gapOf(const std::vector<PrivatePage> &pages)
{
    LookGap gap;
    for (const PrivatePage &page : pages) {
        if (isUncertain(page) && !faultOf(page))
            gap.hides.push_back({page.answer.url.path(), u"no_policy"_s});
    }
    if (!gap.hides.empty())
        gap.sentence = Text::tr("%n route(s) seem to be for members by their address alone, and leave their answer to "
                                "caches. Say in your list of routes who may use them, so that they can be judged.",
                                nullptr, static_cast<int>(gap.hides.size()));
    return gap;
}

int membersPagesWith(int status, const std::vector<VisitedPage> &visited)
{
    return static_cast<int>(std::ranges::count_if(
        visited, [&](const VisitedPage &one) { return one.isForMembers && one.answer.status == status; }));
}

// Why there was nothing to judge. A route that asks strangers to sign in does right, and what its members get was not
// asked. Who forbids it may be the route, or a firewall in front of it.
QString whyNoPages(const std::vector<VisitedPage> &visited)
{
    const int refused = membersPagesWith(kUnauthorized, visited);
    const int forbidden = membersPagesWith(kForbidden, visited);
    if (forbidden > 0) {
        return Text::tr("%n private route(s) refused this look, or a firewall in front of them did, so what caches may "
                        "keep of a member's answer was not seen. No login page and no answer with a session was found "
                        "here.",
                        nullptr, refused + forbidden);
    }
    if (refused > 0) {
        return Text::tr("%n private route(s) refuse strangers, as they should, so what caches may keep of a member's "
                        "answer was not seen. No login page and no answer with a session was found here.",
                        nullptr, refused);
    }
    return Text::tr("No login page and no answer with a session was found here. Add your routes, so that private ones "
                    "can be looked at.");
}

} // namespace

Judged judgeCachePrivate(const std::vector<VisitedPage> &visited, const RedirectChain &chain, const PrivateGaps &gaps)
{
    const std::vector<PrivatePage> pages = privatePagesIn(visited);
    LookGaps open = gapsIn(gaps);
    if (pages.empty()) {
        Judged none = notRun(whyNoPages(visited));
        leaveOpen(none, open);
        return none;
    }
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
    Judged judged = concluded(std::move(findings),
                              Text::tr("%n private page(s) looked at", nullptr, static_cast<int>(pages.size())),
                              observed, std::move(evidence));
    open.add(gapOf(pages));
    leaveOpen(judged, open);
    return judged;
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
