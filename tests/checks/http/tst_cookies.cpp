#include "checks/http/cookies.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class CookiesTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QString>("expected");
        QTest::newRow("no cookie") << QByteArray("") << u"info"_s;
        QTest::newRow("good session") << QByteArray(
                                             "Set-Cookie: connect.sid=abc123; Path=/; Secure; HttpOnly; SameSite=Lax")
                                      << u"pass"_s;
        QTest::newRow("attributes in any case")
            << QByteArray("Set-Cookie: connect.sid=abc123; path=/; SECURE; httponly; samesite=STRICT") << u"pass"_s;
        QTest::newRow("readable session")
            << QByteArray("Set-Cookie: connect.sid=abc123; Secure; SameSite=Lax") << u"session_not_httponly:high"_s;
        QTest::newRow("session in clear")
            << QByteArray("Set-Cookie: sessionid=abc123; HttpOnly; SameSite=Lax") << u"session_not_secure:high"_s;
        QTest::newRow("csrf token is readable by design")
            << QByteArray("Set-Cookie: XSRF-TOKEN=abc123; Secure; SameSite=Lax") << u"pass"_s;
        QTest::newRow("Supabase session is readable by design")
            << QByteArray("Set-Cookie: sb-abc-auth-token=abc123; Secure; SameSite=Lax") << u"pass"_s;
        QTest::newRow("preference in clear") << QByteArray("Set-Cookie: theme=dark") << u"not_secure:low"_s;
        QTest::newRow("None without Secure")
            << QByteArray("Set-Cookie: connect.sid=abc123; HttpOnly; SameSite=None") << u"refused:medium"_s;
        QTest::newRow("__Host- with a Domain")
            << QByteArray("Set-Cookie: __Host-sid=a; Path=/; Secure; HttpOnly; SameSite=Lax; Domain=example.com")
            << u"refused:medium"_s;
        QTest::newRow("__Host- in order")
            << QByteArray("Set-Cookie: __Host-sid=a; Path=/; Secure; HttpOnly; SameSite=Lax") << u"pass"_s;
        QTest::newRow("__host- in small letters is held to its promise")
            << QByteArray("Set-Cookie: __host-sid=a; Path=/app; Secure; HttpOnly; SameSite=Lax") << u"refused:medium"_s;
        QTest::newRow("__Secure- without Secure")
            << QByteArray("Set-Cookie: __Secure-sid=a; Path=/; HttpOnly; SameSite=Lax") << u"refused:medium"_s;
        QTest::newRow("__Http- for scripts")
            << QByteArray("Set-Cookie: __Http-sid=a; Path=/; Secure; SameSite=Lax") << u"refused:medium"_s;
        QTest::newRow("Partitioned without Secure")
            << QByteArray("Set-Cookie: theme=a; Partitioned") << u"refused:medium"_s;
        QTest::newRow("for another company's domain")
            << QByteArray("Set-Cookie: theme=a; Secure; Domain=example.org") << u"refused:medium"_s;
        QTest::newRow("for everybody's domain")
            << QByteArray("Set-Cookie: theme=a; Secure; Domain=com") << u"refused:medium"_s;
        QTest::newRow("4096 bytes") << "Set-Cookie: theme=" + QByteArray(4091, 'x') + "; Secure" << u"pass"_s;
        QTest::newRow("a byte more") << "Set-Cookie: theme=" + QByteArray(4092, 'x') + "; Secure"
                                     << u"refused:medium"_s;
        QTest::newRow("the last of two attributes counts")
            << QByteArray("Set-Cookie: connect.sid=a; Secure; HttpOnly; SameSite=None; SameSite=Lax") << u"pass"_s;
        QTest::newRow("session for every subdomain")
            << QByteArray("Set-Cookie: sessionid=a1; Path=/; Secure; HttpOnly; SameSite=Lax; Domain=.example.com")
            << u"session_wide_domain:low"_s;
        QTest::newRow("a deleted cookie is none") << QByteArray("Set-Cookie: connect.sid=; Max-Age=0") << u"info"_s;
    }

    void judges()
    {
        QFETCH(QByteArray, headers);
        QTEST(said(judgeCookies({answer(200, headers)}, arrivedAt(answer(200)),
                                Host{HostRole::App, u"app.example.com"_s, 443})),
              "expected");
    }

    void judgesInternationalNames()
    {
        const HttpResponse page =
            answer(200, "Set-Cookie: connect.sid=abc123; Secure; SameSite=Lax", {}, u"https://xn--bcher-kva.de/"_s);
        QCOMPARE(said(judgeCookies({page}, arrivedAt(page), Host{HostRole::Site, u"xn--bcher-kva.de"_s, 443})),
                 u"session_not_httponly:high"_s);
    }

    void knowsTheFrameworks_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("stack");
        QTest::addColumn<CookieJob>("job");
        const auto row = [](const QString &name, const QString &stack, CookieJob job) {
            QTest::newRow(qPrintable(name)) << name << stack << job;
        };
        using enum CookieJob;
        row(u"connect.sid"_s, u"Express"_s, Session);
        row(u"PHPSESSID"_s, u"PHP"_s, Session);
        row(u"JSESSIONID"_s, u"Java"_s, Session);
        row(u"ASP.NET_SessionId"_s, u"ASP.NET"_s, Session);
        row(u".AspNetCore.Identity.Application"_s, u"ASP.NET Core"_s, Session);
        row(u".AspNetCore.Antiforgery.abc"_s, u"ASP.NET Core"_s, AntiForgery);
        row(u"laravel_session"_s, u"Laravel"_s, Session);
        row(u"XSRF-TOKEN"_s, u"Laravel"_s, AntiForgery);
        row(u"sessionid"_s, u"Django"_s, Session);
        row(u"csrftoken"_s, u"Django"_s, AntiForgery);
        row(u"_acme_session"_s, u"Rails"_s, Session);
        row(u"_acme_key"_s, u"Phoenix"_s, Session);
        row(u"__session"_s, u"Clerk"_s, ReadableSession);
        row(u"sb-abc-auth-token.0"_s, u"Supabase"_s, ReadableSession);
        row(u"__Secure-authjs.session-token"_s, u"Auth.js"_s, Session);
        row(u"__Host-next-auth.csrf-token"_s, u"Auth.js"_s, AntiForgery);
        row(u"appSession.1"_s, u"Auth0"_s, Session);
        row(u"wos-session"_s, u"WorkOS"_s, Session);
        row(u"better-auth.session_token"_s, u"Better Auth"_s, Session);
        row(u"wordpress_logged_in_0a1b"_s, u"WordPress"_s, Session);
        row(u"acme_auth_token"_s, {}, Session);
        row(u"my-csrf"_s, {}, AntiForgery);
        row(u"theme"_s, {}, Other);
        row(u"_ga"_s, {}, Other);
        row(u"author"_s, {}, Other);
    }

    void knowsTheFrameworks()
    {
        QFETCH(QString, name);
        QTEST(makerOf(name).value_or(CookieMaker{}).stack, "stack");
        QTEST(jobOf(name), "job");
    }

    void repairsWhereTheFrameworkIsSet()
    {
        const HttpResponse page = answer(200, "Set-Cookie: sessionid=abc; Secure; SameSite=Lax");
        const Judged judged = judgeCookies({page}, arrivedAt(page), Host{HostRole::App, u"app.example.com"_s, 443});
        QCOMPARE(said(judged), u"session_not_httponly:high"_s);
        QVERIFY(judged.findings.at(0).fix.paste.contains("SESSION_COOKIE_HTTPONLY"_L1));
    }
};

QTEST_GUILESS_MAIN(CookiesTest)
#include "tst_cookies.moc"
