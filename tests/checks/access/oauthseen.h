// What was seen of a sign-in by another service, made by hand.
#pragma once

#include "checks/access/oauthfindings.h"
#include "tests/checks/web/pages.h"

#include <QMetaType>

namespace cockpit::test {

using namespace Qt::StringLiterals;

inline const QString kTrue = u"https://app.example.com/cb"_s;
inline const QString kServer = u"https://id.example.com/authorize"_s;

// "response_type=code&state=1": with a client, and with the product's own address where the row names none.
inline AuthorizationRequest requestOf(const QString &parts)
{
    QString query = u"client_id=a&"_s + parts;
    if (!parts.contains("redirect_uri"_L1))
        query += u"&redirect_uri="_s + QString::fromLatin1(QUrl::toPercentEncoding(kTrue));
    return authorizationRequestIn(QUrl(kServer + u'?' + query)).value();
}

inline OAuthAsk askWith(const QString &parts)
{
    return {.request = {}, .answers = {answer(302, "Location: /", {})}, .led = requestOf(parts), .setsCookie = true};
}

inline OAuthSeen seenBy(const QString &first, const QString &second)
{
    OAuthSeen seen{.start = {.page = QUrl(u"https://app.example.com/login"_s),
                             .url = QUrl(u"https://app.example.com/auth/oidc"_s)}};
    seen.asks = {askWith(first), askWith(second)};
    seen.told = seen.asks.front().led;
    return seen;
}

inline OAuthLook lookAt(const OAuthSeen &seen)
{
    return {.starts = {seen}, .domain = u"example.com"_s, .ownHosts = {u"app.example.com"_s}};
}

// "oauth_no_state:medium:proven", joined by blanks.
inline QString wordsOf(const std::vector<Finding> &findings)
{
    QStringList words;
    for (const Finding &finding : findings)
        words.append(finding.code + u':' + toWord(finding.severity) + u':' + toWord(finding.proof));
    return words.join(u' ');
}

inline HttpResponse answerAt(int status, const QByteArray &head, const QByteArray &body = {})
{
    return answer(status, head, body, kServer);
}

inline HttpResponse sentTo(const QString &where)
{
    return answerAt(302, "Location: " + where.toLatin1());
}

inline HttpResponse loginPage(const QByteArray &text = {})
{
    return answerAt(200, "Content-Type: text/html",
                    "<form><input name=email><input type=password name=p></form>" + text);
}

inline RedirectTry tryOf(RedirectChange change, const HttpResponse &given)
{
    return {.change = change, .redirectUri = changedRedirect(kTrue, change), .request = {}, .answer = given};
}

inline RedirectTry takenBy(RedirectChange change)
{
    return tryOf(change, sentTo(changedRedirect(kTrue, change) + u"?error=login_required"_s));
}

inline RedirectTry refusedBy(RedirectChange change)
{
    return tryOf(change, answerAt(400, "Content-Type: text/html", "<h1>Unknown address</h1>"));
}

inline RedirectTry carriedBy(RedirectChange change)
{
    return tryOf(change, sentTo(u"/login?next="_s + changedRedirect(kTrue, change)));
}

inline RedirectTrial trialOf(const std::optional<HttpResponse> &control, const std::vector<RedirectTry> &tries)
{
    RedirectTrial trial{.control = {}, .tries = tries};
    if (control)
        trial.control = RedirectTry{.redirectUri = kTrue, .answer = control};
    return trial;
}

} // namespace cockpit::test

Q_DECLARE_METATYPE(cockpit::HttpResponse)
Q_DECLARE_METATYPE(cockpit::RedirectTrial)
Q_DECLARE_METATYPE(cockpit::OAuthLook)
