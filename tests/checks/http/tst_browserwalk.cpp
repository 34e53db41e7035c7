#include "checks/http/browserwalk.h"
#include "tests/checks/web/pages.h"
#include "tests/lab/hostileserver.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class BrowserWalkTest : public QObject
{
    Q_OBJECT

private slots:
    void bringsTheCookieBack();
    void bringsWhatBrowsersBring_data();
    void bringsWhatBrowsersBring();
    void refusesSecretsFromPlainHttp();
    void keepsCookiesOnTheirHost();
};

void BrowserWalkTest::bringsTheCookieBack()
{
    const HostileServer server(
        answering([](const QByteArray &request) {
            if (request.contains("Cookie: seen=1"))
                return httpAnswer(200, {}, "Welcome");
            return httpAnswer(302, {"Location: /", "Set-Cookie: seen=1; Path=/; Secure; HttpOnly"}, {});
        }),
        TlsSetup{{makeSelfSigned({})}});
    NetOptions options;
    options.connects = {{u"example.com"_s, 443, {u"127.0.0.1"_s, server.port()}}};
    Observations seen(options, CancelToken(), Deadline::in(20s), nullptr);
    const auto walk = walkLikeBrowser(seen, QUrl(u"https://example.com/"_s));
    QVERIFY(walk);
    QCOMPARE(walk->end, RedirectEnd::Arrived);
    QCOMPARE(walk->last.status, 200);
    const int asked = server.connections();
    QVERIFY(walkLikeBrowser(seen, QUrl(u"https://example.com/"_s)));
    QCOMPARE(server.connections(), asked); // from memory
}

void BrowserWalkTest::bringsWhatBrowsersBring_data()
{
    QTest::addColumn<QByteArray>("cookie");
    QTest::addColumn<bool>("arrives");
    const auto row = [](const char *name, const QByteArray &cookie, bool arrives) {
        QTest::newRow(name) << cookie << arrives;
    };
    row("for the whole host", "seen=1; Path=/", true);
    row("for this folder", "seen=1; Path=/app", true);
    row("without a path, set there", "seen=1", true);
    row("for the domain", "seen=1; Path=/; Domain=example.com", true);
    row("for another domain", "seen=1; Path=/; Domain=other.example.org", false);
    row("for another folder", "seen=1; Path=/admin", false);
    row("for a folder that only begins so", "seen=1; Path=/app/pa", false);
    row("None without Secure", "seen=1; Path=/; SameSite=None", false);
    row("a broken prefix", "__Host-seen=1; Path=/app; Secure", false);
    row("already over", "seen=1; Path=/; Max-Age=0", false);
}

void BrowserWalkTest::bringsWhatBrowsersBring()
{
    QFETCH(QByteArray, cookie);
    QFETCH(bool, arrives);
    const HostileServer server(answering([cookie](const QByteArray &request) {
                                   if (request.contains("Cookie:") && request.contains("seen=1"))
                                       return httpAnswer(200, {}, "Welcome");
                                   return httpAnswer(302, {"Location: /app/page", "Set-Cookie: " + cookie}, {});
                               }),
                               TlsSetup{{makeSelfSigned({})}});
    NetOptions options;
    options.connects = {{u"example.com"_s, 443, {u"127.0.0.1"_s, server.port()}}};
    Observations seen(options, CancelToken(), Deadline::in(20s), nullptr);
    const auto walk = walkLikeBrowser(seen, QUrl(u"https://example.com/app/page"_s));
    QVERIFY(walk);
    QCOMPARE(walk->end, arrives ? RedirectEnd::Arrived : RedirectEnd::Loop);
}

// RFC 6265bis section 5.7: what plain HTTP sets as Secure is not kept.
void BrowserWalkTest::refusesSecretsFromPlainHttp()
{
    const auto walkWhere = [](const QByteArray &attributes) {
        const HostileServer plain(answering(
            httpAnswer(302, {"Location: https://example.com/", "Set-Cookie: seen=1; Path=/" + attributes}, {})));
        const HostileServer secure(answering([](const QByteArray &request) {
                                       return request.contains("Cookie: seen=1")
                                                  ? httpAnswer(200, {}, "Welcome")
                                                  : httpAnswer(302, {"Location: http://example.com/"}, {});
                                   }),
                                   TlsSetup{{makeSelfSigned({})}});
        NetOptions options;
        options.connects = {{u"example.com"_s, 443, {u"127.0.0.1"_s, secure.port()}},
                            {u"example.com"_s, 80, {u"127.0.0.1"_s, plain.port()}}};
        Observations seen(options, CancelToken(), Deadline::in(20s), nullptr);
        const auto walk = walkLikeBrowser(seen, QUrl(u"http://example.com/"_s));
        return walk ? walk->end : RedirectEnd::BadLocation;
    };
    QCOMPARE(walkWhere(""), RedirectEnd::Arrived);
    QCOMPARE(walkWhere("; Secure"), RedirectEnd::Loop);
}

void BrowserWalkTest::keepsCookiesOnTheirHost()
{
    std::atomic_bool leaked = false;
    const HostileServer stranger(answering([&leaked](const QByteArray &request) {
        leaked = leaked || request.contains("Cookie:");
        return httpAnswer(200, {}, "I");
    }));
    const HostileServer server(answering([](const QByteArray &request) {
                                   if (request.contains("Cookie: seen=1"))
                                       return httpAnswer(302, {"Location: http://stranger.example/"}, {});
                                   return httpAnswer(302, {"Location: /", "Set-Cookie: seen=1"}, {});
                               }),
                               TlsSetup{{makeSelfSigned({})}});
    NetOptions options;
    options.connects = {{u"example.com"_s, 443, {u"127.0.0.1"_s, server.port()}},
                        {u"stranger.example"_s, 80, {u"127.0.0.1"_s, stranger.port()}}};
    Observations seen(options, CancelToken(), Deadline::in(20s), nullptr);
    const auto walk = walkLikeBrowser(seen, QUrl(u"https://example.com/"_s));
    QVERIFY(walk);
    QCOMPARE(walk->end, RedirectEnd::Loop); // as a visitor without cookies sees it
    QVERIFY(!leaked);
    QCOMPARE(stranger.connections(), 0);
}

QTEST_GUILESS_MAIN(BrowserWalkTest)
#include "tst_browserwalk.moc"
