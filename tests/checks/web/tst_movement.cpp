#include "checks/web/loopcause.h"
#include "checks/web/movement.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

// A loop through these addresses, back to the first; "!" before one: it sets a cookie.
RedirectChain loopThrough(const QStringList &addresses, const QByteArray &server = {})
{
    RedirectChain chain;
    chain.end = RedirectEnd::Loop;
    const auto urlOf = [&](qsizetype i) { return addresses[i % addresses.size()].section(u'!', -1); };
    for (qsizetype i = 0; i < addresses.size(); ++i)
        chain.hops.push_back({QUrl(urlOf(i)), 301, urlOf(i + 1).toUtf8(), server, addresses[i].startsWith(u'!')});
    chain.last = answer(301, {}, {}, urlOf(addresses.size() - 1));
    return chain;
}

} // namespace

class TestMovement : public QObject
{
    Q_OBJECT

private slots:
    void knowsStatuses_data();
    void knowsStatuses();
    void comparesAddresses_data();
    void comparesAddresses();
    void seesSoftRedirects_data();
    void seesSoftRedirects();
    void namesCauses_data();
    void namesCauses();
    void namesNoCauseWithoutALoop();
};

void TestMovement::knowsStatuses_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("isRedirect");
    QTest::addColumn<bool>("isPermanent");
    QTest::newRow("200") << 200 << false << false;
    QTest::newRow("300") << 300 << false << false;
    QTest::newRow("301") << 301 << true << true;
    QTest::newRow("302") << 302 << true << false;
    QTest::newRow("303") << 303 << true << false;
    QTest::newRow("304") << 304 << false << false;
    QTest::newRow("307") << 307 << true << false;
    QTest::newRow("308") << 308 << true << true;
    QTest::newRow("309") << 309 << false << false;
}

void TestMovement::knowsStatuses()
{
    QFETCH(int, status);
    QFETCH(bool, isRedirect);
    QTEST(isRedirectStatus(status), "isRedirect");
    QTEST(isPermanentRedirect(status), "isPermanent");
    QCOMPARE(describeStatus(status).contains(u'('), isRedirect);
}

void TestMovement::comparesAddresses_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("isSamePath");
    QTest::addColumn<bool>("holdsQuery");
    const auto row = [](const char *name, const QString &address, bool isSamePath, bool holdsQuery) {
        QTest::newRow(name) << address << isSamePath << holdsQuery;
    };
    row("the same", u"https://a.example/p?lc=1&x=2"_s, true, true);
    row("a slash more", u"https://a.example/p/?lc=1&x=2"_s, true, true);
    row("more in the query, in another order", u"https://a.example/p?lang=en&x=2&lc=1"_s, true, true);
    row("a part of the query", u"https://a.example/p?lc=1"_s, true, false);
    row("another value", u"https://a.example/p?lc=11&x=2"_s, true, false);
    row("without the query", u"https://a.example/p"_s, true, false);
    row("a page below", u"https://a.example/p/q?lc=1&x=2"_s, false, true);
    row("the front page", u"https://a.example/?lc=1&x=2"_s, false, true);
}

void TestMovement::comparesAddresses()
{
    QFETCH(QString, address);
    const QUrl wanted(u"https://a.example/p?lc=1&x=2"_s);
    QTEST(pagePath(QUrl(address)) == pagePath(wanted), "isSamePath");
    QTEST(holdsQuery(QUrl(address), wanted), "holdsQuery");
    QVERIFY(holdsQuery(QUrl(address), QUrl(u"https://a.example/"_s))); // nothing to lose
}

void TestMovement::seesSoftRedirects_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QByteArray &body, const QString &expected) {
        QTest::newRow(name) << 200 << QByteArray() << body << expected;
    };
    row("a plain page", "<p>Hello</p>", {});
    row("a meta refresh", "<meta http-equiv=refresh content='0;url=/new'>", u"meta_refresh /new"_s);
    row("one that loads the page again", "<meta http-equiv=refresh content='30'>", {});
    row("one that names the page itself", "<meta http-equiv=refresh content='30;url=/'>", {});
    QTest::newRow("a header") << 200 << "Refresh: 0; url=/new"_ba
                              << ""_ba << u"refresh_header /new"_s;
    QTest::newRow("a header in quotation marks") << 200 << "Refresh: 5;URL='/new'"_ba
                                                 << ""_ba << u"refresh_header /new"_s;
    QTest::newRow("of an error page") << 404 << "Refresh: 0; url=/new"_ba
                                      << ""_ba << QString();
    row("location", "<script>location = '/new'</script>", u"script /new"_s);
    row("window.location.href", "<script>window.location.href=\"/new\";</script>", u"script /new"_s);
    row("location.replace()", "<script>var a=1; location.replace('/new')</script>", u"script /new"_s);
    row("location.assign()", "<script>document.location.assign( '/new' )</script>", u"script /new"_s);
    row("another property", "<script>my.location = '/new'</script>", {});
    row("another name", "<script>mylocation = '/new'</script>", {});
    row("a comparison", "<script>if (location == '/new') go()</script>", {});
    row("in a function", "<script>function go() { location = '/new' }</script>", {});
    row("in a handler", "<script>b.onclick = () => { location = '/new' }</script>", {});
    row("under a condition", "<script>if (old) location = '/new'</script>", {});
    row("on a page with text", "<p>" + QByteArray(301, 'x') + "</p><script>location = '/new'</script>", {});
    row("on a page with less", "<p>" + QByteArray(300, 'x') + "</p><script>location = '/new'</script>",
        u"script /new"_s);
    row("at the end of an app", "<script>" + QByteArray(1500, ';') + "location = '/new'</script>", {});
}

void TestMovement::seesSoftRedirects()
{
    QFETCH(int, status);
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, body);
    const auto soft = softRedirectOf(answer(status, header, body));
    QTEST(soft ? toWord(soft->kind) + u' ' + soft->to.path() : QString(), "expected");
}

void TestMovement::namesCauses_data()
{
    QTest::addColumn<QStringList>("addresses");
    QTest::addColumn<QByteArray>("server");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QStringList &addresses, const char *expected,
                        const QByteArray &server = {}) {
        QTest::newRow(name) << addresses << server << QString::fromLatin1(expected);
    };
    const QString page = u"https://example.com/a"_s;
    row("to itself behind Cloudflare", {page}, "flexible_tls", "cloudflare");
    row("to itself behind something else", {page}, "hidden_tls", "nginx");
    row("to itself with a cookie", {u"!"_s + page}, "missing_cookie", "nginx");
    row("to itself with a cookie, behind Cloudflare", {u"!"_s + page}, "flexible_tls", "cloudflare");
    row("to itself without TLS", {u"http://example.com/a"_s}, "unknown");
    row("https and http", {page, u"http://example.com/a"_s}, "scheme_fight");
    row("www and apex", {page, u"https://www.example.com/a"_s}, "www_fight");
    row("www, apex and http", {page, u"http://www.example.com/a"_s}, "www_fight");
    row("a slash", {page, u"https://example.com/a/"_s}, "slash_fight");
    row("a page and its login", {page, u"https://example.com/login?next=/a"_s}, "login_fight");
    row("a page and the login of another host", {page, u"https://auth.example.com/login"_s}, "login_fight");
    row("two pages", {page, u"https://example.com/b"_s}, "unknown");
    row("two pages and a cookie", {page, u"!https://example.com/b"_s}, "missing_cookie");
    row("two hosts", {page, u"https://example.net/a"_s}, "unknown");
}

void TestMovement::namesCauses()
{
    QFETCH(QStringList, addresses);
    QFETCH(QByteArray, server);
    const LoopCause cause = loopCauseOf(loopThrough(addresses, server));
    QTEST(toWord(cause), "expected");
    QVERIFY(describe(cause).endsWith(u'.'));
    // What leads into the circle is no part of it.
    RedirectChain longer = loopThrough(addresses, server);
    const QByteArray first = longer.hops.front().url.toEncoded();
    longer.hops.insert(longer.hops.begin(), {QUrl(u"http://start.example/login"_s), 302, first, {}, true});
    QTEST(toWord(loopCauseOf(longer)), "expected");
}

void TestMovement::namesNoCauseWithoutALoop()
{
    RedirectChain chain = loopThrough({u"https://example.com/a"_s});
    chain.end = RedirectEnd::TooManyHops;
    QCOMPARE(loopCauseOf(chain), LoopCause::Unknown);
    QCOMPARE(loopCauseOf(RedirectChain{{}, RedirectEnd::Loop, {}}), LoopCause::Unknown);
}

QTEST_GUILESS_MAIN(TestMovement)
#include "tst_movement.moc"
