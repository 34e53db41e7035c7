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
};

QTEST_GUILESS_MAIN(CookiesTest)
#include "tst_cookies.moc"
