// Rows for what is read from addresses, pages and answers of a sign-in by another service.
#pragma once

#include "checks/access/oauthflow.h"
#include "tests/checks/web/pages.h"

#include <QTest>

namespace cockpit::lab {

// "code state=s1 pkce=S256 redirect=https://…", or "" for none.
inline QString partsOf(const QString &address)
{
    const auto request = authorizationRequestIn(QUrl(address));
    if (!request)
        return {};
    QStringList words{request->responseTypes.isEmpty() ? QStringLiteral("-")
                                                       : request->responseTypes.join(QLatin1Char('+'))};
    const auto add = [&](const char *name, const QString &value) {
        if (!value.isEmpty())
            words.append(QLatin1String(name) + QLatin1Char('=') + value);
    };
    add("state", request->state);
    add("nonce", request->nonce);
    add("pkce", request->challengeMethod);
    add("redirect", request->redirectUri);
    add("secret", request->secret);
    if (request->isByReference)
        words.append(QStringLiteral("by-reference"));
    return words.join(QLatin1Char(' '));
}

inline void addRequestRows()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *address, const char *expected) {
        QTest::newRow(name) << QString::fromLatin1(address) << QString::fromLatin1(expected);
    };
    row("code with all",
        "https://id.example/o/auth?client_id=a&response_type=code&state=s1&code_challenge=x"
        "&code_challenge_method=S256&redirect_uri=https%3A%2F%2Fapp.example%2Fcb",
        "code state=s1 pkce=S256 redirect=https://app.example/cb");
    row("two types, a plus for the blank", "https://id.example/?client_id=a&response_type=code+id_token&nonce=n",
        "code+id_token nonce=n");
    row("type left out", "https://github.com/login/oauth/authorize?client_id=a&state=q", "- state=q");
    row("handed over out of sight", "https://id.example/a?client_id=a&request_uri=urn:x", "- by-reference");
    row("with the secret", "https://id.example/a?client_id=a&client_secret=zz&response_type=code", "code secret=zz");
    row("no client", "https://id.example/authorize?response_type=code", "");
    row("a client's picture", "https://id.example/logo?client_id=a", "");
    row("a client's token", "https://id.example/token?client_id=a&redirect_uri=https%3A%2F%2Fx", "");
    row("no web address", "mailto:a@b.example?client_id=a&response_type=code", "");
    row("no query", "https://id.example/authorize", "");
}

inline void addStartRows()
{
    QTest::addColumn<QString>("html");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *html, const char *expected) {
        QTest::newRow(name) << QString::fromLatin1(html) << QString::fromLatin1(expected);
    };
    row("links of several frameworks",
        "<a href=/auth/google>G</a><a href='/users/auth/google_oauth2'>G</a><a href=/accounts/github/login/>H</a>"
        "<a href='/login?provider=apple'>A</a><a href=/oauth2/authorization/okta>O</a>",
        "start:/auth/google start:/users/auth/google_oauth2 start:/accounts/github/login/ start:/login "
        "start:/oauth2/authorization/okta");
    row("ordinary links",
        "<a href=/login>L</a><a href=/docs/auth/google>D</a><a href=/auth/google/callback>C</a>"
        "<a href=/google>W</a><a href='/logout?provider=google'>X</a>",
        "");
    row("another company's", "<a href=https://elsewhere.example.org/auth/google>G</a>", "");
    row("a request that stands ready",
        "<a href='https://id.example.org/authorize?client_id=a&amp;response_type=code&amp;state=1'>G</a>",
        "page:/authorize");
    row("a form", "<form method=post action=/auth/slack><button>S</button></form>", "start:/auth/slack:POST");
    row("in a script",
        "<script>a('https://id.example.org/authorize?client_id=a\\u0026response_type=token');b(\"/auth/github\")</"
        "script>",
        "script:/authorize start:/auth/github");
    row("a script that fills in", "<script>a(`https://id.example.org/authorize?client_id=${c}&state=${s}`)</script>",
        "");
    row("the same one twice", "<a href=/auth/google>G</a><a href=/auth/google#x>H</a>", "start:/auth/google");
}

inline QString startsOf(const QString &html)
{
    const QUrl url(QStringLiteral("https://app.example.com/login"));
    const auto page = parseHtml(html.toUtf8(), url);
    QStringList words;
    for (const OAuthStart &one : page ? oauthStartsIn(*page, url, {}) : std::vector<OAuthStart>()) {
        const QUrl place = one.given ? one.given->url : one.url;
        words.append(toWord(one.origin) + QLatin1Char(':') + place.path() +
                     (one.method == "POST" ? QStringLiteral(":POST") : QString()));
    }
    return words.join(QLatin1Char(' '));
}

inline void addVerdictRows()
{
    using enum RedirectVerdict;
    using enum RedirectChange;
    QTest::addColumn<int>("change");
    QTest::addColumn<HttpResponse>("answer");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, RedirectChange change, const HttpResponse &answer, RedirectVerdict expected) {
        QTest::newRow(name) << static_cast<int>(change) << answer << toWord(expected);
    };
    const auto to = [](const char *where) { return test::answer(302, QByteArray("Location: ") + where); };
    const auto html = [](int status, const char *body) {
        return test::answer(status, "Content-Type: text/html", body);
    };
    row("sent to the stranger", OtherHost, to("https://launch-cockpit.invalid/cb?code=1"), Taken);
    row("sent there with an error", OtherHost, to("https://launch-cockpit.invalid/cb?error=login_required"), Taken);
    row("sent to a host below it", HostSuffix, to("https://app.example.com.launch-cockpit.invalid/cb"), Taken);
    row("sent there past a name", UserInfo, to("https://app.example.com@launch-cockpit.invalid/cb"), Taken);
    row("sent to the longer path", LongerPath, to("https://app.example.com/cb/launch-cockpit?error=x"), Taken);
    row("sent to the true path", LongerPath, to("https://app.example.com/cb?error=x"), Refused);
    row("sent to the true host", OtherHost, to("https://app.example.com/cb?code=1"), Unclear);
    row("an error page", OtherHost, html(400, "<p>https://launch-cockpit.invalid/cb is not registered</p>"), Refused);
    row("an error page with 200", OtherHost,
        html(200, "<h1>Error</h1><p>https://launch-cockpit.invalid/cb is not registered for this client</p>"), Refused);
    row("to its own error page", OtherHost, to("/error?d=https%3A%2F%2Flaunch-cockpit.invalid%2Fcb"), Refused);
    row("to the sign-in, which keeps it", OtherHost,
        to("/login?next=%2Fauthorize%3Fredirect_uri%3Dhttps%253A%252F%252Flaunch-cockpit.invalid%252Fcb"), Carried);
    row("to the sign-in without it", OtherHost, to("/login?flow=81"), Unclear);
    row("the sign-in itself, which keeps it", OtherHost,
        html(200, "<form><input type=hidden name=r value='https://launch-cockpit.invalid/cb'>"
                  "<input name=email><input type=password name=p></form>"),
        Carried);
    row("the sign-in itself without it", OtherHost,
        html(200, "<form><input name=email><input type=password name=p></form>"), Unclear);
    row("too many", OtherHost, html(429, "slow down"), Unclear);
    row("broken", OtherHost, html(500, "oops"), Unclear);
}

inline QString verdictAt(RedirectChange change, const HttpResponse &given)
{
    const QString mine = QStringLiteral("https://app.example.com/cb");
    RedirectTry tried{.change = change, .redirectUri = changedRedirect(mine, change), .answer = given};
    tried.answer->url = QUrl(QStringLiteral("https://id.example.com/authorize"));
    HttpResponse control = test::answer(200, "Content-Type: text/html",
                                        "<form><input name=email><input type=password name=p></form><p>Sign in</p>");
    control.url = tried.answer->url;
    return toWord(verdictOf(tried, &control));
}

} // namespace cockpit::lab

Q_DECLARE_METATYPE(cockpit::HttpResponse)
