#include "checks/access/oauthredirect.h"

#include "checks/actors/likeness.h"
#include "checks/net/location.h"
#include "checks/net/urlhost.h"
#include "checks/web/denial.h"
#include "checks/web/htmlpage.h"
#include "checks/web/loginaddress.h"
#include "checks/web/obstacle.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

const QString kAddedPath = u"launch-cockpit"_s;

QUrl leadsTo(const HttpResponse &answer)
{
    if (!isRedirectStatus(answer.status))
        return {};
    return locationTarget(answer.url, answer.header("location").value_or(QByteArray()));
}

// The address itself, whatever was added behind its query.
bool isAt(const QUrl &url, const QUrl &wanted)
{
    return url.isValid() && url.scheme() == wanted.scheme() && hostOf(url) == hostOf(wanted) &&
           portOf(url) == portOf(wanted) && url.path() == wanted.path();
}

bool isForeign(const QUrl &url)
{
    const QString host = hostOf(url);
    return host == kForeignRedirectHost || host.endsWith(u'.' + kForeignRedirectHost);
}

// Percent-encoded once or twice, as where a whole request is the parameter of a login page.
bool names(const QByteArray &text, const QString &redirectUri)
{
    QByteArray decoded = text;
    decoded.replace("&#x2F;", "/").replace("&#47;", "/").replace("\\/", "/").replace("&amp;", "&");
    for (int layer = 0; layer < 3; ++layer) {
        if (decoded.contains(redirectUri.toUtf8()))
            return true;
        decoded = QByteArray::fromPercentEncoding(decoded);
    }
    return false;
}

bool saysError(const QUrl &url)
{
    const QString text = url.query() + u'&' + url.fragment();
    return text.startsWith("error"_L1) || text.contains("&error"_L1) || url.path().contains("error"_L1);
}

bool isLoginPage(const HttpResponse &answer)
{
    if (!isPage(answer) || answer.status != 200)
        return false;
    const auto page = parseHtml(answer.body, answer.url);
    return page && page->hasPasswordField;
}

// Where the true address is answered alike: a page without a field for a password may ask who comes, too.
bool isLikeControl(const HttpResponse &answer, const HttpResponse *control)
{
    if (!control)
        return false;
    const Likeness likeness = likenessOf(answer, *control);
    return likeness == Likeness::Same || likeness == Likeness::SameShape;
}

RedirectVerdict verdictOfPage(const RedirectTry &tried, const HttpResponse &answer, const HttpResponse *control)
{
    const bool asksWho = isLoginPage(answer) || isLikeControl(answer, control);
    if (!asksWho) // another page than the true address gets: it says no, with whatever status
        return control ? RedirectVerdict::Refused : RedirectVerdict::Unclear;
    return names(answer.body, tried.redirectUri) ? RedirectVerdict::Carried : RedirectVerdict::Unclear;
}

} // namespace

QString toWord(RedirectChange value)
{
    switch (value) {
    case RedirectChange::OtherHost:
        return u"other_host"_s;
    case RedirectChange::HostSuffix:
        return u"host_suffix"_s;
    case RedirectChange::UserInfo:
        return u"user_info"_s;
    case RedirectChange::LongerPath:
        return u"longer_path"_s;
    }
    Q_UNREACHABLE();
}

QString toWord(RedirectVerdict value)
{
    switch (value) {
    case RedirectVerdict::Refused:
        return u"refused"_s;
    case RedirectVerdict::Taken:
        return u"taken"_s;
    case RedirectVerdict::Carried:
        return u"carried"_s;
    case RedirectVerdict::Unclear:
        return u"unclear"_s;
    }
    Q_UNREACHABLE();
}

std::vector<RedirectChange> changesFor(const AuthorizationRequest &request)
{
    using enum RedirectChange;
    const QUrl redirect(request.redirectUri);
    const bool isWeb = redirect.scheme() == "https"_L1 || redirect.scheme() == "http"_L1;
    if (!isWeb || hostOf(redirect).isEmpty())
        return {OtherHost};
    return {OtherHost, HostSuffix, UserInfo, LongerPath};
}

QString changedRedirect(const QString &trueRedirect, RedirectChange change)
{
    QUrl url(trueRedirect);
    switch (change) {
    case RedirectChange::OtherHost:
        return u"https://"_s + kForeignRedirectHost + u"/cb"_s;
    case RedirectChange::HostSuffix:
        url.setHost(hostOf(url) + u'.' + kForeignRedirectHost);
        break;
    case RedirectChange::UserInfo:
        url.setUserName(hostOf(url));
        url.setHost(kForeignRedirectHost);
        break;
    case RedirectChange::LongerPath:
        url.setPath(url.path() + (url.path().endsWith(u'/') ? QString() : u"/"_s) + kAddedPath);
        break;
    }
    return url.toString(QUrl::FullyEncoded);
}

bool isGoodControl(const HttpResponse &control, const QString &trueRedirect)
{
    if (obstacleIn(control) || control.status >= 400)
        return false;
    const QUrl to = leadsTo(control);
    if (!to.isValid())
        return isLoginPage(control) || isPage(control);
    return isAt(to, QUrl(trueRedirect)) || leadsToLogin(control.url, to) || !saysError(to);
}

RedirectVerdict verdictOf(const RedirectTry &tried, const HttpResponse *control)
{
    if (!tried.answer)
        return RedirectVerdict::Unclear;
    const HttpResponse &answer = *tried.answer;
    const QUrl to = leadsTo(answer);
    const QUrl changed(tried.redirectUri);
    if (tried.change == RedirectChange::LongerPath ? isAt(to, changed) : isForeign(to))
        return RedirectVerdict::Taken;
    const auto obstacle = obstacleIn(answer);
    if (obstacle && *obstacle != Obstacle::Refused)
        return RedirectVerdict::Unclear;
    if (answer.status >= 400)
        return RedirectVerdict::Refused;
    if (!to.isValid())
        return verdictOfPage(tried, answer, control);
    if (saysError(to))
        return RedirectVerdict::Refused;
    const bool goesOn = names(to.toEncoded(), tried.redirectUri);
    return goesOn ? RedirectVerdict::Carried : RedirectVerdict::Unclear;
}

bool RedirectTrial::isControlled() const
{
    return control && control->answer && isGoodControl(*control->answer, control->redirectUri);
}

} // namespace cockpit
