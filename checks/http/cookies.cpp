#include "checks/http/cookies.h"

#include "checks/http/loginpages.h"
#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "checks/web/obstacle.h"
#include "checks/web/report.h"
#include "models/redactor.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Cookies)
};

QString toWord(CookieJob job)
{
    switch (job) {
    case CookieJob::Session:
        return u"session"_s;
    case CookieJob::ReadableSession:
        return u"readable_session"_s;
    case CookieJob::AntiForgery:
        return u"anti_forgery"_s;
    case CookieJob::Other:
        return u"other"_s;
    }
    Q_UNREACHABLE();
}

struct Fault
{
    QString code;
    Severity severity;
    Impact impact;
    QString title;
    QString saw;
};

QString reasonFor(CookieRefusal refusal)
{
    switch (refusal) {
    case CookieRefusal::HostPrefix:
        return Text::tr("a name that begins with __Host- needs Secure, Path=/ and no Domain");
    case CookieRefusal::SecurePrefix:
        return Text::tr("a name that begins with __Secure- needs Secure, and __Http- also HttpOnly");
    case CookieRefusal::NoneWithoutSecure:
        return Text::tr("SameSite=None and Partitioned need Secure");
    case CookieRefusal::ForeignDomain:
        return Text::tr("its Domain is none that this host may set cookies for");
    case CookieRefusal::TooLong:
        return Text::tr("name and value have more than 4096 bytes");
    }
    Q_UNREACHABLE();
}

std::vector<Fault> sessionFaults(const SetCookie &cookie, CookieJob job, const Host &host)
{
    std::vector<Fault> faults;
    const QString name = plainText(cookie.name, 80);
    if (!cookie.secure) {
        faults.push_back({u"session_not_secure"_s, Severity::High, Impact::AccountTakeover,
                          Text::tr("The login cookie also travels without encryption"),
                          Text::tr("%1 sets \"%2\" without Secure.").arg(host.name, name)});
    }
    if (!cookie.httpOnly && job == CookieJob::Session) {
        faults.push_back({u"session_not_httponly"_s, Severity::High, Impact::AccountTakeover,
                          Text::tr("Any script on the page can read the login cookie"),
                          Text::tr("%1 sets \"%2\" without HttpOnly.").arg(host.name, name)});
    }
    if (cookie.sameSite == SameSite::Unset || cookie.sameSite == SameSite::Invalid) {
        faults.push_back({u"session_no_samesite"_s, Severity::Low, Impact::AccountTakeover,
                          Text::tr("The login cookie does not say which sites may use it"),
                          Text::tr("%1 sets \"%2\" without a valid SameSite; not every browser then treats it as Lax.")
                              .arg(host.name, name)});
    }
    if (!cookie.domain.isEmpty() && cookie.domain == registrableDomain(host.name)) {
        faults.push_back(
            {u"session_wide_domain"_s, Severity::Low, Impact::AccountTakeover,
             Text::tr("The login cookie goes to every subdomain"),
             Text::tr("%1 sets \"%2\" for all of %3.").arg(host.name, name, plainText(cookie.domain, 255))});
    }
    return faults;
}

std::vector<Fault> faultsOf(const SetCookie &cookie, const Host &host)
{
    const CookieJob job = jobOf(cookie.name);
    if (const auto refusal = refusalOf(cookie, host.name)) {
        return {{u"refused"_s, Severity::Medium, Impact::BrokenLogin,
                 Text::tr("Browsers throw one of your cookies away"),
                 Text::tr("%1 sets \"%2\" in a way that browsers refuse: %3.")
                     .arg(host.name, plainText(cookie.name, 80), reasonFor(*refusal))}};
    }
    if (job == CookieJob::Session || job == CookieJob::ReadableSession)
        return sessionFaults(cookie, job, host);
    if (!cookie.secure) {
        return {{u"not_secure"_s, Severity::Low, Impact::Maintainability,
                 Text::tr("A cookie also travels without encryption"),
                 Text::tr("%1 sets \"%2\" without Secure.").arg(host.name, plainText(cookie.name, 80))}};
    }
    return {};
}

// The line of the framework's own configuration where it is known, as that is what a founder can change.
QString pasteFor(const SetCookie &cookie)
{
    if (const auto maker = makerOf(cookie.name); maker && !maker->setting.isEmpty())
        return maker->setting;
    return u"Set-Cookie: %1=<value>; Path=/; Secure; HttpOnly; SameSite=Lax"_s.arg(plainText(cookie.name, 80));
}

// The same cookie is often set by several answers; the first counts.
std::map<QString, SetCookie> byName(const std::vector<HttpResponse> &answers, const Host &host)
{
    std::map<QString, SetCookie> cookies;
    for (const HttpResponse &answer : answers) {
        if (hostOf(answer.url) != host.name)
            continue;
        for (const SetCookie &cookie : cookiesIn(answer))
            cookies.emplace(cookie.name, cookie);
    }
    return cookies;
}

QJsonValue stackOf(const SetCookie &cookie)
{
    const auto maker = makerOf(cookie.name);
    return maker ? QJsonValue(maker->stack) : QJsonValue();
}

QJsonObject observedCookie(const SetCookie &cookie)
{
    return {{u"name"_s, plainText(cookie.name, 200)},
            {u"job"_s, toWord(jobOf(cookie.name))},
            {u"stack"_s, stackOf(cookie)},
            {u"partitioned"_s, cookie.partitioned},
            {u"secure"_s, cookie.secure},
            {u"http_only"_s, cookie.httpOnly},
            {u"same_site"_s, toWord(cookie.sameSite)},
            {u"domain"_s, plainText(cookie.domain, 255)},
            {u"path"_s, plainText(cookie.path, 200)}};
}

std::vector<Finding> findingsFor(const SetCookie &cookie, const Host &host)
{
    std::vector<Finding> findings;
    for (const Fault &fault : faultsOf(cookie, host)) {
        Finding finding = makeFinding(fault.code, fault.severity, Proof::Proven, fault.impact, fault.title, fault.saw);
        finding.subject = plainText(cookie.name, 80);
        finding.fix.paste = pasteFor(cookie);
        finding.effortMinutes = 20;
        findings.push_back(finding);
    }
    return findings;
}

Judged look(const Look &look)
{
    const auto walk = look.seen.ask(FollowRedirects{httpsAddress(*look.host)});
    if (!*walk)
        return couldNotLook(walk->error());
    const RedirectChain &chain = **walk;
    if (const auto obstacle = obstacleIn(chain.last))
        return couldNotVerify(*obstacle, chain.last);
    std::vector<HttpGet> hops;
    for (const RedirectHop &hop : chain.hops) {
        if (hostOf(hop.url) == look.host->name)
            hops.push_back(HttpGet{hop.url});
    }
    std::vector<HttpResponse> answers;
    for (const auto &answer : look.seen.askAll(hops)) {
        if (*answer)
            answers.push_back(**answer);
    }
    if (hostOf(chain.last.url) == look.host->name) {
        for (HttpResponse &answer : loginAnswers(look, chain.last))
            answers.push_back(std::move(answer));
    }
    return judgeCookies(answers, chain, *look.host);
}

} // namespace

Judged judgeCookies(const std::vector<HttpResponse> &answers, const RedirectChain &chain, const Host &host)
{
    const std::map<QString, SetCookie> cookies = byName(answers, host);
    QJsonArray rows;
    std::vector<Finding> findings;
    for (const auto &[name, cookie] : cookies) {
        rows.append(observedCookie(cookie));
        std::ranges::move(findingsFor(cookie, host), std::back_inserter(findings));
    }
    QJsonObject observed = observedOf(chain, {});
    observed.insert(u"cookies"_s, rows);
    std::vector<Evidence> evidence;
    for (const HttpResponse &answer : answers) {
        if (!cookiesIn(answer).empty())
            evidence.push_back(evidenceOf(answer));
    }
    const QString summary = cookies.empty()
                                ? Text::tr("No cookie is set before signing in")
                                : Text::tr("%n cookie(s) looked at", nullptr, static_cast<int>(cookies.size()));
    Judged judged = concluded(std::move(findings), summary, observed, std::move(evidence));
    if (cookies.empty()) {
        judged.outcome = Outcome::Info; // the login cookie itself comes with a login
        judged.reason = Text::tr("Cookies that are set by signing in were not seen.");
    }
    return judged;
}

Check cookiesCheck()
{
    return {.id = u"http.cookies"_s,
            .scope = Scope::EachHost,
            .roles = {},
            .impacts = {Impact::AccountTakeover, Impact::BrokenLogin, Impact::Maintainability},
            .needs = {},
            .look = look};
}

} // namespace cockpit
