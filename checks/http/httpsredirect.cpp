#include "checks/http/httpsredirect.h"

#include "checks/http/browserwalk.h"
#include "checks/http/canonical.h"
#include "checks/http/httpsfindings.h"
#include "checks/net/location.h"
#include "checks/net/tcpreach.h"
#include "checks/web/address.h"
#include "checks/web/loopcause.h"
#include "checks/web/obstacle.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(HttpsRedirect)
};

QString endWord(const RedirectChain &chain)
{
    switch (chain.end) {
    case RedirectEnd::Arrived:
        return isHttps(chain.last.url) ? u"https"_s : u"http"_s;
    case RedirectEnd::NotHttp: // from HTTPS into an app: that far it is secure
        return isHttps(chain.last.url) ? u"https"_s : u"bad_location"_s;
    case RedirectEnd::Loop:
        return u"loop"_s;
    case RedirectEnd::TooManyHops:
        return u"too_many_hops"_s;
    case RedirectEnd::BadLocation:
        return u"bad_location"_s;
    }
    Q_UNREACHABLE();
}

// For www and the domain itself http.canonical looks at deep links.
std::optional<RedirectChain> deepWalk(const Look &look)
{
    if (look.host->role == HostRole::Site || look.host->role == HostRole::Www)
        return std::nullopt;
    const auto walk = look.seen.ask(FollowRedirects{httpAddress(*look.host, kDeepLink)});
    return *walk ? std::optional(**walk) : std::nullopt;
}

Judged closed(const Host &host, const Error &why)
{
    Judged judged;
    judged.outcome = Outcome::Pass;
    judged.summary = Text::tr("Plain HTTP is not offered at all");
    judged.observed = {{u"url"_s, httpAddress(host).toString()}, {u"end"_s, u"closed"_s}};
    judged.evidence.push_back({httpAddress(host).toString(), why.message});
    return judged;
}

// A closed port 80 is as good as a redirect. Some firewalls say that there is no way, others say nothing: then nobody
// may have taken the connection, for a server that takes it and stays silent is not closed.
bool isClosed(const Look &look, const Error &why)
{
    switch (why.kind) {
    case ErrorKind::Unreachable:
    case ErrorKind::NoRoute:
        return true;
    case ErrorKind::TimedOut:
        return !*look.seen.ask(TcpReach{look.host->name, kHttpPort}) && !look.seen.isOver();
    case ErrorKind::BadInput:
    case ErrorKind::NotFound:
    case ErrorKind::Cancelled:
    case ErrorKind::TooLarge:
    case ErrorKind::Protocol:
    case ErrorKind::NotPermitted:
    case ErrorKind::Storage:
    case ErrorKind::Unsupported:
        return false;
    }
    Q_UNREACHABLE();
}

Judged judgeSilence(const Look &look, const Error &why)
{
    const bool isThere = look.seen.ask(HttpGet{httpsAddress(*look.host)})->has_value();
    return isThere && isClosed(look, why) ? closed(*look.host, why) : couldNotLook(why);
}

bool isNoAnswer(const Error &error)
{
    using enum ErrorKind;
    return error.kind == Unreachable || error.kind == NoRoute || error.kind == TimedOut || error.kind == Protocol;
}

// The first step was answered, a later one was not. All of it comes from memory.
Judged judgeDeadEnd(const Look &look, const Error &why)
{
    if (look.seen.isOver() || !isNoAnswer(why))
        return couldNotLook(why);
    RedirectChain chain;
    QUrl at = httpAddress(*look.host);
    while (chain.hops.size() <= kMaxRedirects) {
        const auto answer = look.seen.ask(HttpGet{at});
        if (!*answer)
            break;
        chain.last = **answer;
        chain.hops.push_back({at, chain.last.status, chain.last.header("location").value_or(QByteArray())});
        at = locationTarget(at, chain.hops.back().location);
    }
    QJsonObject observed = observedOf(chain, {"location"});
    observed.insert(u"end"_s, u"dead_end"_s);
    return concluded({deadEnd(at, why, *look.host)}, Text::tr("Plain HTTP leads to %1").arg(at.toDisplayString()),
                     observed, {evidenceOf(chain)});
}

std::vector<HttpResponse> answersOn(const RedirectChain &chain, Observations &seen)
{
    std::vector<HttpResponse> answers;
    answers.reserve(chain.hops.size());
    for (const RedirectHop &hop : chain.hops) {
        if (const auto answer = seen.ask(HttpGet{hop.url}); *answer)
            answers.push_back(**answer);
    }
    return answers;
}

Judged look(const Look &look)
{
    const QUrl from = httpAddress(*look.host);
    const auto first = look.seen.ask(HttpGet{from});
    if (!*first)
        return judgeSilence(look, first->error());
    const Result<RedirectChain> walk = walkLikeBrowser(look.seen, from);
    if (!walk)
        return judgeDeadEnd(look, walk.error());
    if (!isHttps(walk->last.url))
        return judgeHttpsRedirect({*walk, {}, {}}, *look.host);
    return judgeHttpsRedirect({*walk, deepWalk(look), answersOn(*walk, look.seen)}, *look.host);
}

} // namespace

Judged judgeHttpsRedirect(const HttpsWay &way, const Host &host)
{
    const RedirectChain &chain = way.chain;
    QJsonObject observed = observedOf(chain, {"location"});
    observed.insert(u"end"_s, endWord(chain));
    if (chain.end == RedirectEnd::Loop)
        observed.insert(u"loop_cause"_s, toWord(loopCauseOf(chain)));
    if (chain.end == RedirectEnd::Loop || chain.end == RedirectEnd::TooManyHops)
        return concluded({httpsLoop(chain, host)}, Text::tr("The address never arrives"), observed,
                         {evidenceOf(chain)});
    if (!isHttps(chain.last.url)) {
        const auto obstacle = chain.end == RedirectEnd::Arrived ? obstacleIn(chain.last) : std::nullopt;
        // An API that refuses plain HTTP does right; a broken or busy one only looks like it.
        const bool isRefusal = obstacle == Obstacle::Refused && host.role == HostRole::Api;
        if (obstacle && !isRefusal)
            return couldNotVerify(*obstacle, chain.last);
        std::vector<Finding> findings = endedInsecurely(chain, host);
        const QString summary =
            findings.empty() ? Text::tr("Plain HTTP is refused") : Text::tr("Plain HTTP is not moved to HTTPS");
        return concluded(std::move(findings), summary, observed, {evidenceOf(chain)});
    }
    std::vector<Finding> findings = endedSecurely(way, host);
    std::ranges::move(movedCallers(chain, host), std::back_inserter(findings));
    std::ranges::move(droppedLinks(way.deep, host), std::back_inserter(findings));
    return concluded(std::move(findings), Text::tr("Plain HTTP leads to %1").arg(chain.last.url.toDisplayString()),
                     observed, {evidenceOf(chain)});
}

Check httpsRedirectCheck()
{
    return {.id = u"http.https-redirect"_s,
            .scope = Scope::EachHost,
            .roles = {},
            .impacts = {Impact::AccountTakeover, Impact::Downtime},
            .needs = {},
            .look = look};
}

} // namespace cockpit
