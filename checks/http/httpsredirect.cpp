#include "checks/http/httpsredirect.h"

#include "checks/http/browserwalk.h"
#include "checks/http/canonical.h"
#include "checks/web/address.h"
#include "checks/web/loopcause.h"
#include "checks/web/movement.h"
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

bool isHttps(const QUrl &url)
{
    return url.scheme() == "https"_L1;
}

QString endWord(const RedirectChain &chain)
{
    switch (chain.end) {
    case RedirectEnd::Arrived:
    case RedirectEnd::NotHttp:
        return isHttps(chain.last.url) ? u"https"_s : u"http"_s;
    case RedirectEnd::Loop:
        return u"loop"_s;
    case RedirectEnd::TooManyHops:
        return u"too_many_hops"_s;
    case RedirectEnd::BadLocation:
        return u"bad_location"_s;
    }
    Q_UNREACHABLE();
}

Finding fault(const QString &code, Severity severity, Impact impact, const QString &title, const QString &saw,
              const Host &host)
{
    Finding finding = makeFinding(code, severity, Proof::Proven, impact, title, saw);
    finding.fix.paste =
        u"server {\n    listen 80;\n    server_name %1;\n    return 308 https://%1$request_uri;\n}"_s.arg(host.name);
    finding.effortMinutes = 20;
    return finding;
}

Finding loop(const RedirectChain &chain, const Host &host)
{
    const LoopCause cause = loopCauseOf(chain);
    // Whoever brings the cookie may arrive, and a browser would.
    const bool isSure = cause != LoopCause::MissingCookie;
    Finding finding = fault(u"loop"_s, isSure ? Severity::High : Severity::Medium, Impact::Downtime,
                            Text::tr("Your address sends visitors in circles"),
                            Text::tr("http://%1 was passed on %n time(s) and never arrived. %2", nullptr,
                                     static_cast<int>(chain.hops.size()))
                                .arg(host.name, describe(cause)),
                            host);
    finding.proof = isSure ? Proof::Proven : Proof::Lead;
    return finding;
}

// The walk ended on plain HTTP.
std::vector<Finding> endedInsecurely(const RedirectChain &chain, const Host &host)
{
    const HttpResponse &page = chain.last;
    const bool isError = page.status >= 400;
    // Facts for APIs: a refusal is better than a redirect, because the secret was already sent in clear.
    if (isError && host.role == HostRole::Api)
        return {};
    if (isError) {
        return {fault(u"no_redirect"_s, Severity::Low, Impact::Downtime,
                      Text::tr("The address without https shows an error"),
                      Text::tr("http://%1 answers with status %2 and does not move the visitor to HTTPS.")
                          .arg(host.name)
                          .arg(page.status),
                      host)};
    }
    if (const auto soft = softRedirectOf(page); soft && isHttps(soft->to)) {
        return {fault(u"soft_redirect"_s, Severity::Low, Impact::AccountTakeover,
                      Text::tr("Visitors are moved to HTTPS by a page, not by the server"),
                      Text::tr("http://%1 answers with a page that moves the browser on by %2. Programs stay on plain "
                               "HTTP.")
                          .arg(host.name, labelOf(soft->kind)),
                      host)};
    }
    const bool downgraded = chain.hops.size() > 1 && isHttps(chain.hops.at(chain.hops.size() - 2).url);
    return {fault(downgraded ? u"downgrade"_s : u"plain_http"_s,
                  isSignedInRole(host.role) ? Severity::High : Severity::Medium, Impact::AccountTakeover,
                  Text::tr("Your site can be used without encryption"),
                  Text::tr("http://%1 ends at %2 with status %3. Wanted: an https address.")
                      .arg(host.name, page.url.toDisplayString())
                      .arg(page.status),
                  host)};
}

// Arrived at HTTPS, but the way there has a gap.
std::vector<Finding> endedSecurely(const RedirectChain &chain, const Host &host)
{
    const QUrl second = chain.hops.size() > 1 ? chain.hops.at(1).url : chain.last.url;
    if (!isHttps(second)) {
        return {fault(
            u"first_hop_insecure"_s, Severity::Low, Impact::AccountTakeover,
            Text::tr("The first step from http is again without encryption"),
            Text::tr("http://%1 first leads to %2 and only later to HTTPS.").arg(host.name, second.toDisplayString()),
            host)};
    }
    if (second.host() != host.name) {
        return {fault(u"leaves_host"_s, Severity::Low, Impact::AccountTakeover,
                      Text::tr("One of your names can never demand HTTPS"),
                      Text::tr("http://%1 leads straight to %2, so browsers never learn to use HTTPS for %1.")
                          .arg(host.name, second.host()),
                      host)};
    }
    return {};
}

// Programs that follow lose the body of a POST, webhooks do not follow, and the key was sent in clear by then.
std::vector<Finding> movedCallers(const RedirectChain &chain, const Host &host)
{
    const int status = chain.hops.front().status;
    if (host.role != HostRole::Api || !isRedirectStatus(status))
        return {};
    return {fault(u"api_redirects"_s, Severity::Low, Impact::AccountTakeover,
                  Text::tr("Your API moves callers to HTTPS instead of refusing them"),
                  Text::tr("http://%1 answers with status %2. Wanted: a refusal, so that a program with the wrong "
                           "address fails before it has sent a key without encryption.")
                      .arg(host.name, describeStatus(status)),
                  host)};
}

bool keepsLink(const QUrl &from, const QUrl &to)
{
    return to.path() == from.path() && to.query() == from.query();
}

// The first step is the one to HTTPS; later ones belong to the app.
std::vector<Finding> droppedLinks(const std::optional<RedirectChain> &deep, const Host &host)
{
    if (!deep || deep->hops.size() < 2 || keepsLink(deep->hops[0].url, deep->hops[1].url))
        return {};
    Finding finding = fault(u"path_dropped"_s, Severity::Medium, Impact::BrokenLogin,
                            Text::tr("Links without https lose their page on the way"),
                            Text::tr("%1 leads to %2. Wanted: the same page and query by HTTPS.")
                                .arg(deep->hops[0].url.toString(), deep->hops[1].url.toDisplayString()),
                            host);
    finding.evidence = {evidenceOf(*deep)};
    return {finding};
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

Judged look(const Look &look)
{
    const Host &host = *look.host;
    const Result<RedirectChain> walk = walkLikeBrowser(look.seen, httpAddress(host));
    if (walk)
        return judgeHttpsRedirect(*walk, host, isHttps(walk->last.url) ? deepWalk(look) : std::nullopt);
    // A closed port 80 is as good as a redirect, as long as the host itself is there.
    const auto secure = look.seen.ask(HttpGet{httpsAddress(host)});
    using enum ErrorKind; // some firewalls answer that there is no way
    const ErrorKind kind = walk.error().kind;
    const bool isClosed = kind == Unreachable || kind == TimedOut || kind == NoRoute;
    return *secure && isClosed ? closed(host, walk.error()) : couldNotLook(walk.error());
}

} // namespace

Judged judgeHttpsRedirect(const RedirectChain &chain, const Host &host, const std::optional<RedirectChain> &deep)
{
    QJsonObject observed = observedOf(chain, {"location"});
    observed.insert(u"end"_s, endWord(chain));
    if (chain.end == RedirectEnd::Loop)
        observed.insert(u"loop_cause"_s, toWord(loopCauseOf(chain)));
    if (chain.end == RedirectEnd::Loop || chain.end == RedirectEnd::TooManyHops)
        return concluded({loop(chain, host)}, Text::tr("The address never arrives"), observed, {evidenceOf(chain)});
    if (!isHttps(chain.last.url)) {
        const auto obstacle = obstacleIn(chain.last);
        // An API that refuses plain HTTP does right; a broken or busy one only looks like it.
        const bool isRefusal = obstacle == Obstacle::Refused && host.role == HostRole::Api;
        if (obstacle && !isRefusal)
            return couldNotVerify(*obstacle, chain.last);
        std::vector<Finding> findings = endedInsecurely(chain, host);
        const QString summary =
            findings.empty() ? Text::tr("Plain HTTP is refused") : Text::tr("Plain HTTP is not moved to HTTPS");
        return concluded(std::move(findings), summary, observed, {evidenceOf(chain)});
    }
    std::vector<Finding> findings = endedSecurely(chain, host);
    std::ranges::move(movedCallers(chain, host), std::back_inserter(findings));
    std::ranges::move(droppedLinks(deep, host), std::back_inserter(findings));
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
