#include "checks/access/loginflow.h"
#include "checks/access/tokenspot.h"
#include "checks/actors/casetally.h"
#include "checks/actors/requestproof.h"
#include "checks/net/location.h"
#include "checks/net/urlhost.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LoginFlow)
};

QString nameOf(Device device)
{
    return device == Device::Computer ? Text::tr("a computer") : Text::tr("a phone");
}

bool isSignedIn(const DeviceFlow &flow)
{
    return flow.inside && flow.inside->standing == SessionStanding::In;
}

bool isOut(const DeviceFlow &flow)
{
    return !flow.problem.isEmpty() || (flow.inside && flow.inside->standing == SessionStanding::Out);
}

Finding placed(Finding finding, const LoginFlowLook &look)
{
    finding.host = hostOf(look.page.request.url);
    finding.effortMinutes = 60;
    return finding;
}

Evidence proofOf(const LoginFlowLook &look, const SeenStanding &seen)
{
    return requestProof(seen.request, seen.answer,
                        {.actor = look.actor, .markers = look.page.markers.all(), .known = look.known});
}

// One device gets in and the other does not, twice.
void addDevices(const LoginFlowLook &look, std::vector<Finding> &findings)
{
    const bool anyIn = std::ranges::any_of(look.devices, isSignedIn);
    for (const DeviceFlow &flow : look.devices) {
        if (!anyIn || !isOut(flow) || look.control != SessionStanding::In)
            continue;
        Finding finding =
            placed(makeFinding(u"device_refused"_s, Severity::High, Proof::Strong, Impact::BrokenLogin,
                               Text::tr("Signing in fails on some devices"),
                               Text::tr("%1 could not sign in with the browser of %2, and could with another. %3")
                                   .arg(look.actor, nameOf(flow.device), flow.problem)),
                   look);
        finding.subject = toWord(flow.device);
        if (!flow.answers.empty())
            finding.evidence = {evidenceOf(flow.answers.back())};
        findings.push_back(std::move(finding));
    }
}

void addTries(const LoginFlowLook &look, std::vector<Finding> &findings)
{
    if (look.wrongPassword.end == TryEnd::Taken) {
        Finding finding =
            placed(makeFinding(
                       u"wrong_password_accepted"_s, Severity::Critical, Proof::Proven, Impact::AccountTakeover,
                       Text::tr("Any password opens an account"),
                       Text::tr("%1 signed in with a password that is not its own, and %2 showed private data. Wanted: "
                                "no session.")
                           .arg(look.actor, look.page.request.url.toDisplayString())),
                   look);
        finding.evidence = {proofOf(look, look.wrongPassword.seen)};
        findings.push_back(std::move(finding));
    }
    if (look.wrongCsrf.end == TryEnd::Taken) {
        Finding finding = placed(
            makeFinding(u"csrf_unchecked"_s, Severity::Medium, Proof::Proven, Impact::AccountTakeover,
                        Text::tr("Forms are taken with a wrong anti-forgery token"),
                        Text::tr("The sign-in page hands out an anti-forgery token, and %1 signed in with another one, "
                                 "sent as from a stranger's site. Other sites can send your forms in the name of your "
                                 "customers. Wanted: status 403.")
                            .arg(look.actor)),
            look);
        finding.evidence = {proofOf(look, look.wrongCsrf.seen)};
        findings.push_back(std::move(finding));
    }
    if (look.ledAway) {
        Finding finding = placed(
            makeFinding(u"led_away"_s, Severity::Medium, Proof::Proven, Impact::AccountTakeover,
                        Text::tr("Signing in can lead to a stranger's site"),
                        Text::tr("After signing in by a link with %1 in it, the browser was sent to %2. Such a link "
                                 "begins at your site and ends at a copy of it. Wanted: addresses of your own alone.")
                            .arg(look.ledBy, quoted(look.ledAway->header("location").value_or(QByteArray())))),
            look);
        finding.evidence = {evidenceOf(*look.ledAway)};
        findings.push_back(std::move(finding));
    }
}

void addSignOut(const LoginFlowLook &look, std::vector<Finding> &findings)
{
    for (const DeviceFlow &flow : look.devices) {
        const bool isDone = flow.signOut && flow.signOut->status < 400;
        if (!isDone || !flow.afterSignOut || flow.afterSignOut->standing != SessionStanding::In)
            continue;
        Finding finding = placed(
            makeFinding(u"sign_out_without_effect"_s, Severity::High, Proof::Proven, Impact::AccountTakeover,
                        Text::tr("After signing out, the browser is still signed in"),
                        Text::tr("%1 signed out in the browser of %2, which then still got private data at %3. Wanted: "
                                 "the sign-in page.")
                            .arg(look.actor, nameOf(flow.device), look.page.request.url.toDisplayString())),
            look);
        finding.evidence = {proofOf(look, *flow.afterSignOut)};
        findings.push_back(std::move(finding));
        return;
    }
}

struct FlowCookie
{
    SetCookie cookie;
    bool isEncrypted = false;
};

// The last word on each cookie that holds a session.
std::vector<FlowCookie> sessionCookiesOf(const LoginFlowLook &look)
{
    std::vector<FlowCookie> all;
    for (const DeviceFlow &flow : look.devices) {
        for (const HttpResponse &answer : flow.answers) {
            for (SetCookie &cookie : cookiesIn(answer)) {
                if (!holdsSession(cookie.name, Secret(cookie.value)))
                    continue;
                std::erase_if(all, [&](const FlowCookie &one) { return one.cookie.name == cookie.name; });
                all.push_back({std::move(cookie), answer.url.scheme() == "https"_L1});
            }
        }
    }
    return all;
}

Finding cookieFinding(const LoginFlowLook &look, const FlowCookie &one, const QString &code, Severity severity,
                      const QString &title, const QString &words)
{
    Finding finding = placed(makeFinding(code, severity, Proof::Proven, Impact::AccountTakeover, title, words), look);
    finding.subject = one.cookie.name;
    finding.effortMinutes = 15;
    if (const auto maker = makerOf(one.cookie.name))
        finding.fix.paste = maker->setting;
    return finding;
}

void addCookies(const LoginFlowLook &look, std::vector<Finding> &findings)
{
    for (const FlowCookie &one : sessionCookiesOf(look)) {
        const SetCookie &cookie = one.cookie;
        if (one.isEncrypted && !cookie.secure)
            findings.push_back(cookieFinding(
                look, one, u"cookie_not_secure"_s, Severity::Medium, Text::tr("The session goes over open networks"),
                Text::tr("Signing in sets the cookie %1 without Secure. Wanted: Secure, so that it is never sent "
                         "unencrypted.")
                    .arg(cookie.name)));
        if (!cookie.httpOnly && jobOf(cookie.name) != CookieJob::ReadableSession)
            findings.push_back(cookieFinding(
                look, one, u"cookie_readable"_s, Severity::Medium, Text::tr("Scripts can read the session"),
                Text::tr("Signing in sets the cookie %1 without HttpOnly. Wanted: HttpOnly, so that a script from "
                         "elsewhere cannot take it.")
                    .arg(cookie.name)));
        if (cookie.sameSite == SameSite::None)
            findings.push_back(cookieFinding(
                look, one, u"cookie_cross_site"_s, Severity::Low, Text::tr("Other sites can use the session"),
                Text::tr("Signing in sets the cookie %1 with SameSite=None. Wanted: Lax or Strict, unless your product "
                         "is embedded in other sites.")
                    .arg(cookie.name)));
    }
}

bool holdsToken(const QString &text, const std::vector<Secret> &tokens)
{
    return std::ranges::any_of(tokens, [&](const Secret &token) {
        return token.reveal().size() >= 12 && text.contains(QString::fromUtf8(token.reveal()));
    });
}

void addAddresses(const LoginFlowLook &look, std::vector<Finding> &findings)
{
    bool hasToken = false;
    bool hasPlain = false;
    for (const DeviceFlow &flow : look.devices) {
        for (const HttpResponse &answer : flow.answers) {
            const QByteArray location = answer.header("location").value_or(QByteArray());
            const QUrl to = locationTarget(answer.url, location);
            hasToken = hasToken || holdsToken(QString::fromUtf8(location), look.tokens) ||
                       holdsToken(answer.url.toString(), look.tokens);
            hasPlain = hasPlain || (answer.url.scheme() == "https"_L1 && to.scheme() == "http"_L1);
        }
    }
    if (hasToken)
        findings.push_back(placed(
            makeFinding(u"token_in_url"_s, Severity::High, Proof::Proven, Impact::AccountTakeover,
                        Text::tr("The token stands in an address"),
                        Text::tr("Signing in as %1 leads to an address with the token in it. Addresses stay in logs, "
                                 "histories and the Referer of other sites. Wanted: a cookie, or the body.")
                            .arg(look.actor)),
            look));
    if (hasPlain)
        findings.push_back(placed(
            makeFinding(u"plain_step"_s, Severity::High, Proof::Proven, Impact::AccountTakeover,
                        Text::tr("Signing in leads over an unencrypted address"),
                        Text::tr("A redirect of the sign-in of %1 goes to http://. Whoever shares the network reads "
                                 "along. Wanted: https:// in every step.")
                            .arg(look.actor)),
            look));
}

QString wordOf(TryEnd end, const QString &untried)
{
    if (end == TryEnd::NotTried)
        return untried;
    return end == TryEnd::Taken ? u"taken"_s : u"refused"_s;
}

QJsonObject observedIn(const LoginFlowLook &look)
{
    QJsonArray devices;
    for (const DeviceFlow &flow : look.devices) {
        QJsonArray steps;
        for (const HttpResponse &answer : flow.answers)
            steps.append(answer.status);
        devices.append(QJsonObject{
            {u"device"_s, toWord(flow.device)},
            {u"signed_in"_s, isSignedIn(flow)},
            {u"steps"_s, steps},
            {u"inside"_s, flow.inside ? toWord(flow.inside->standing) : u"not_tried"_s},
            {u"after_sign_out"_s, flow.afterSignOut ? toWord(flow.afterSignOut->standing) : u"not_tried"_s}});
    }
    QJsonArray cookies;
    for (const FlowCookie &one : sessionCookiesOf(look))
        cookies.append(QJsonObject{{u"name"_s, one.cookie.name},
                                   {u"secure"_s, one.cookie.secure},
                                   {u"http_only"_s, one.cookie.httpOnly},
                                   {u"same_site"_s, toWord(one.cookie.sameSite)}});
    return {{u"actor"_s, look.actor},
            {u"page"_s, look.page.request.url.path()},
            {u"devices"_s, devices},
            {u"wrong_password"_s, wordOf(look.wrongPassword.end, u"not_tried"_s)},
            {u"wrong_csrf"_s, wordOf(look.wrongCsrf.end, u"not_asked_for"_s)},
            {u"led_away"_s, look.ledAway.has_value()},
            {u"cookies"_s, cookies},
            {u"requests"_s, look.requests}};
}

QString gapIn(const LoginFlowLook &look)
{
    if (!look.brokenOff.isEmpty())
        return look.brokenOff;
    if (look.control != SessionStanding::In)
        return Text::tr("%1 was not let in again at the end: the refusals before may have had another reason.")
            .arg(look.actor);
    QStringList reasons;
    for (const DeviceFlow &flow : look.devices) {
        if (flow.inside && flow.inside->standing == SessionStanding::Unclear)
            reasons.append(Text::tr("With the browser of %1 the private page did not tell.").arg(nameOf(flow.device)));
        if (isSignedIn(flow) && (!flow.signOut || flow.signOut->status >= 400))
            reasons.append(flow.signOut ? Text::tr("Signing out was answered with %1.").arg(answerWords(*flow.signOut))
                                        : Text::tr("Signing out was not tried: record its address with the account."));
    }
    reasons.removeDuplicates();
    return reasons.join(u' ');
}

} // namespace

Judged judgeLoginFlow(const LoginFlowLook &look)
{
    CaseTally tally;
    addDevices(look, tally.findings);
    addTries(look, tally.findings);
    addSignOut(look, tally.findings);
    addCookies(look, tally.findings);
    addAddresses(look, tally.findings);
    const QString gap = gapIn(look);
    tally.gaps.say(gap);
    if (!look.brokenOff.isEmpty() || look.control != SessionStanding::In) {
        tally.gaps.hideAll();
    } else {
        tally.told = 1;
        if (!gap.isEmpty())
            tally.gaps.hideCodes({u"sign_out_without_effect"_s});
    }
    return judgedFrom(std::move(tally),
                      Text::tr("Signed in as %1 from start to end, as a computer and as a phone").arg(look.actor),
                      observedIn(look));
}

} // namespace cockpit
