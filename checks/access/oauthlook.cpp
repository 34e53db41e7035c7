#include "checks/access/oauthflow.h"
#include "checks/access/postrule.h"
#include "checks/actors/cookiejar.h"
#include "checks/actors/formvalues.h"
#include "checks/actors/likeness.h"
#include "checks/actors/signinparts.h"
#include "checks/net/location.h"
#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "checks/web/denial.h"
#include "checks/web/obstacle.h"
#include "checks/web/parsedpage.h"

#include <QDateTime>
#include <QJsonObject>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// Where that answer leads: by its Location, or by an address in its JSON that a script goes on to.
QUrl placeIn(const HttpResponse &answer)
{
    if (isRedirectStatus(answer.status))
        return locationTarget(answer.url, answer.header("location").value_or(QByteArray()));
    const auto json = answer.status == 200 ? jsonOf(answer) : std::nullopt;
    const QJsonObject object = json ? json->toObject() : QJsonObject();
    for (const QJsonValue value : object) {
        QUrl url(value.toString());
        if (authorizationRequestIn(url))
            return url;
    }
    return {};
}

class OAuthRun
{
public:
    OAuthRun(const Look &look, Wire &wire) : m_look(look), m_wire(wire) {}

    OAuthLook run(const OAuthBeginnings &beginnings);

private:
    Result<void> lookAt(const OAuthStart &start);
    Result<OAuthAsk> ask(const OAuthStart &start);
    Result<void> askStart(const OAuthStart &start, OAuthAsk &ask);
    Result<std::optional<ActiveRequest>> pressed(const OAuthStart &start, CookieJar &jar, OAuthAsk &ask);
    bool mayPress(const OAuthStart &start, const std::optional<FormFields> &form) const;
    Result<HttpResponse> send(ActiveRequest request, CookieJar &jar, OAuthAsk &ask);
    Result<void> tryRedirects(OAuthSeen &seen);
    Result<RedirectTry> tryRedirect(const AuthorizationRequest &told, RedirectChange change, const QString &uri);
    bool leadsToApp(const AuthorizationRequest &told) const;
    bool covers(const QUrl &url) const { return m_wire.gate() && m_wire.gate()->covers(hostOf(url)); }

    const Look &m_look;
    Wire &m_wire;
    OAuthLook m_result;
};

Result<HttpResponse> OAuthRun::send(ActiveRequest request, CookieJar &jar, OAuthAsk &ask)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (const Secret cookies = jar.headerFor(request.url, now); !cookies.isEmpty())
        request.headers.push_back({"Cookie", cookies.reveal()});
    auto answer = m_wire.send(request);
    if (!answer)
        return answer;
    if (obstacleIn(*answer) == Obstacle::TooManyRequests)
        return failure(ErrorKind::NotPermitted, describe(Obstacle::TooManyRequests, *answer));
    jar.take(*answer, now);
    ask.setsCookie = ask.setsCookie || !answer->headerValues("set-cookie").empty();
    ask.request = std::move(request);
    ask.answers.push_back(*answer);
    return answer;
}

// A form may do anything: a request for a demo makes somebody a lead.
bool OAuthRun::mayPress(const OAuthStart &start, const std::optional<FormFields> &form) const
{
    Route route;
    route.path = start.url.path();
    route.host = hostOf(start.url);
    if (postRule(route, m_look.facts.routes) == PostRule::Allowed)
        return true;
    return form && !form->isFilledIn && namesSignInCompany(start.url);
}

// What pressing the button of its page sends; empty where nobody may press it.
Result<std::optional<ActiveRequest>> OAuthRun::pressed(const OAuthStart &start, CookieJar &jar, OAuthAsk &ask)
{
    ActiveRequest page;
    page.url = start.page;
    const auto shown = send(page, jar, ask);
    if (!shown)
        return tl::unexpected<Error>(shown.error());
    const auto form = formFieldsFor(shown->body, start.page, start.url);
    if (!mayPress(start, form))
        return std::optional<ActiveRequest>();
    FormValues values;
    for (const HiddenField &field : form ? form->hidden : std::vector<HiddenField>())
        values.push_back({field.name, QString::fromUtf8(field.value.reveal())});
    ActiveRequest request;
    request.method = "POST";
    request.url = start.url;
    request.body = formBodyOf(values);
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                       {"Origin", start.page.toEncoded(QUrl::RemovePath | QUrl::RemoveQuery)}};
    request.writes = true;
    return std::optional(std::move(request));
}

// As a browser that was never here, and one step on where the first leads to another address of ours.
Result<void> OAuthRun::askStart(const OAuthStart &start, OAuthAsk &ask)
{
    CookieJar jar;
    ActiveRequest request;
    request.method = start.method;
    request.url = start.url;
    if (start.method == "POST") {
        auto press = pressed(start, jar, ask);
        if (!press)
            return tl::unexpected<Error>(press.error());
        if (!*press) {
            ask.gap = OAuthGap::NotPressed;
            return {};
        }
        request = std::move(**press);
    }
    for (int step = 0; step < 2; ++step) {
        const auto answer = send(request, jar, ask);
        if (!answer)
            return tl::unexpected<Error>(answer.error());
        const QUrl place = placeIn(*answer);
        ask.led = authorizationRequestIn(place);
        if (!ask.led && answer->status != 404 && answer->status != 410) // gone is no gap
            ask.gap = OAuthGap::LedNowhere;
        if (ask.led || !place.isValid() || !covers(place) || place == request.url)
            break;
        request = {};
        request.url = place;
    }
    if (ask.led)
        ask.gap.reset();
    return {};
}

Result<OAuthAsk> OAuthRun::ask(const OAuthStart &start)
{
    OAuthAsk ask;
    if (start.origin == OAuthOrigin::Start) {
        if (const auto asked = askStart(start, ask); !asked)
            return tl::unexpected<Error>(asked.error());
        return ask;
    }
    CookieJar jar;
    ActiveRequest request;
    request.url = start.page;
    const auto answer = send(request, jar, ask);
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    const HtmlPage page = pageOrNothing(*answer, m_look.seen);
    for (OAuthStart &one : pageStarts(page, start.page, {}, [this] { return m_look.seen.isOver(); }).starts) {
        if (one.key() == start.key() && one.given)
            ask.led = std::move(one.given);
    }
    if (!ask.led)
        ask.gap = OAuthGap::LedNowhere;
    return ask;
}

// Read as any visitor may, without a code: an app's page there takes the code by a script, a handler does not show one.
bool OAuthRun::leadsToApp(const AuthorizationRequest &told) const
{
    const QUrl redirect(told.redirectUri);
    if (!redirect.isValid() || isPlainToOthers(redirect) || !covers(redirect))
        return false;
    const auto answer = m_look.seen.ask(HttpGet{redirect.adjusted(QUrl::RemoveFragment)});
    if (!*answer || (*answer)->status != 200 || !isPage(**answer))
        return false;
    return !pageOrNothing(**answer, m_look.seen).scripts.empty();
}

Result<RedirectTry> OAuthRun::tryRedirect(const AuthorizationRequest &told, RedirectChange change, const QString &uri)
{
    RedirectTry tried{.change = change, .redirectUri = uri};
    tried.request.url = withRedirectUri(told, uri);
    auto answer = m_wire.send(tried.request);
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    tried.answer = std::move(*answer);
    return tried;
}

// The rest would tell nothing where the true address is refused; a stranger's address that is taken is proof without
// it.
Result<void> OAuthRun::tryRedirects(OAuthSeen &seen)
{
    const AuthorizationRequest &told = *seen.told;
    if (!covers(told.url) || told.isByReference)
        return {};
    if (!told.redirectUri.isEmpty()) {
        auto control = tryRedirect(told, RedirectChange::OtherHost, told.redirectUri);
        if (!control)
            return tl::unexpected<Error>(control.error());
        seen.trial.control = std::move(*control);
        if (!seen.trial.isControlled())
            return {};
    }
    for (const RedirectChange change : changesFor(told)) {
        auto tried = tryRedirect(told, change, changedRedirect(told.redirectUri, change));
        if (!tried)
            return tl::unexpected<Error>(tried.error());
        seen.trial.tries.push_back(std::move(*tried));
    }
    return {};
}

Result<void> OAuthRun::lookAt(const OAuthStart &start)
{
    OAuthSeen seen{.start = start, .told = start.given};
    const bool isAsked = start.origin == OAuthOrigin::Start || start.origin == OAuthOrigin::Page;
    for (int visitor = 0; isAsked && visitor < 2; ++visitor) {
        auto asked = ask(start);
        if (!asked)
            return tl::unexpected<Error>(asked.error());
        if (!asked->led) {
            // What led on once and does not now is there all the same.
            if (asked->gap || visitor > 0)
                m_result.notTried.push_back({start.place(), asked->gap.value_or(OAuthGap::LedNowhere)});
            return {};
        }
        seen.asks.push_back(std::move(*asked));
    }
    if (!seen.asks.empty())
        seen.told = seen.asks.front().led;
    if (!seen.told->secret.isEmpty())
        m_wire.gate()->learnSecret(Secret(seen.told->secret.toUtf8()));
    const bool isKnown = std::ranges::any_of(m_result.starts, [&](const OAuthSeen &one) {
        return one.told->clientId == seen.told->clientId && hostOf(one.told->url) == hostOf(seen.told->url);
    });
    if (isKnown) // the same client by another button
        return {};
    seen.goesToApp = leadsToApp(*seen.told);
    auto done = tryRedirects(seen);
    m_result.starts.push_back(std::move(seen));
    return done;
}

// As two visitors, where it is asked at all; then the redirects.
int requestsFor(const OAuthStart &start)
{
    switch (start.origin) {
    case OAuthOrigin::Start:
        return 2 * (start.method == "POST" ? kOAuthAskRequests : kOAuthAskRequests - 1) + kOAuthRedirectRequests;
    case OAuthOrigin::Page:
        return 2 + kOAuthRedirectRequests;
    case OAuthOrigin::Script:
    case OAuthOrigin::Account:
        return kOAuthRedirectRequests;
    }
    Q_UNREACHABLE();
}

OAuthLook OAuthRun::run(const OAuthBeginnings &beginnings)
{
    m_result.domain = m_look.target.domain;
    m_result.notTried = beginnings.untried;
    for (const Host &host : m_look.target.hosts)
        m_result.ownHosts.append(host.name);
    for (const OAuthStart &start : beginnings.starts) {
        if (m_look.seen.isOver() || m_wire.left() < requestsFor(start)) {
            m_result.notTried.push_back({start.place(), OAuthGap::NoRequests});
            continue;
        }
        const auto done = lookAt(start);
        if (done)
            continue;
        // What could not be reached is that one's trouble; what nobody may send any more is the end.
        m_result.brokenOff = done.error().message;
        if (done.error().kind == ErrorKind::Cancelled || done.error().kind == ErrorKind::NotPermitted)
            break;
    }
    m_result.known = m_wire.gate() ? m_wire.gate()->knownSecrets() : std::vector<Secret>();
    return std::move(m_result);
}

} // namespace

OAuthLook lookAtOAuth(const Look &look, Wire &wire, const OAuthBeginnings &beginnings)
{
    return OAuthRun(look, wire).run(beginnings);
}

} // namespace cockpit
