#include "checks/engine/observations.h"
#include "checks/net/httpclient.h"
#include "checks/net/location.h"

#include <QTest>

using namespace cockpit;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QString kPublic = u"192.0.2.10"_s;

// Answers are put in place: the walk itself is what is tested.
class Web
{
public:
    explicit Web(const NetOptions &options = {}) : m_seen(options, CancelToken(), Deadline::in(20s), nullptr) {}

    void page(const QString &url, int status, const QByteArray &location = {})
    {
        HttpResponse response;
        response.url = QUrl(url);
        response.status = status;
        if (!location.isEmpty())
            response.headers = {{"Location", location}};
        m_seen.put(HttpGet{.url = QUrl(url)}, response);
        host(QUrl(url).host(), kPublic);
    }
    void host(const QString &name, const QString &ip)
    {
        for (const std::uint16_t port : {80, 443})
            m_seen.put(HostAddresses{name, port}, std::vector<SocketAddress>{{ip, port}});
    }
    Result<RedirectChain> walk(const QString &from) { return *m_seen.ask(FollowRedirects{QUrl(from)}); }
    Observations &seen() { return m_seen; }

private:
    Observations m_seen;
};

} // namespace

class TestRedirects : public QObject
{
    Q_OBJECT

private slots:
    void arrives()
    {
        Web web;
        web.page(u"http://a.example/"_s, 301, "https://a.example/");
        web.page(u"https://a.example/"_s, 308, "//www.a.example/x?y=1#part");
        web.page(u"https://www.a.example/x?y=1"_s, 302, "../end");
        web.page(u"https://www.a.example/end"_s, 200);
        const auto chain = web.walk(u"http://a.example"_s);
        QVERIFY(chain);
        QCOMPARE(chain->end, RedirectEnd::Arrived);
        QCOMPARE(chain->hops.size(), std::size_t(4));
        QCOMPARE(chain->hops.front().location, "https://a.example/");
        QCOMPARE(chain->last.url, QUrl(u"https://www.a.example/end"_s));
    }

    void endsWhereItCannotGoOn_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("location");
        QTest::addColumn<RedirectEnd>("end");
        QTest::newRow("no redirect") << 200 << QByteArray("https://x.example/") << RedirectEnd::Arrived;
        QTest::newRow("not modified") << 304 << QByteArray() << RedirectEnd::Arrived;
        QTest::newRow("no location") << 301 << QByteArray() << RedirectEnd::BadLocation;
        QTest::newRow("no host") << 301 << QByteArray("https://") << RedirectEnd::BadLocation;
        QTest::newRow("to itself") << 302 << QByteArray("/") << RedirectEnd::Loop;
        QTest::newRow("to itself with a fragment") << 302 << QByteArray("/#top") << RedirectEnd::Loop;
        QTest::newRow("a file") << 302 << QByteArray("file:///etc/passwd") << RedirectEnd::NotHttp;
        QTest::newRow("a script") << 302 << QByteArray("javascript:alert(1)") << RedirectEnd::NotHttp;
        QTest::newRow("an app") << 302 << QByteArray("myapp://open") << RedirectEnd::NotHttp;
        QTest::newRow("loopback") << 302 << QByteArray("http://127.0.0.1:8080/") << RedirectEnd::BadLocation;
        QTest::newRow("loopback in hexadecimal") << 302 << QByteArray("http://0x7f000001/") << RedirectEnd::BadLocation;
        QTest::newRow("loopback, IPv6") << 302 << QByteArray("http://[::1]/") << RedirectEnd::BadLocation;
        QTest::newRow("metadata service") << 302 << QByteArray("http://169.254.169.254/") << RedirectEnd::BadLocation;
        QTest::newRow("a name for a private address")
            << 302 << QByteArray("http://inside.example/") << RedirectEnd::BadLocation;
    }
    void endsWhereItCannotGoOn()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, location);
        Web web;
        web.page(u"https://a.example/"_s, status, location);
        web.host(u"inside.example"_s, u"10.0.0.5"_s);
        const auto chain = web.walk(u"https://a.example/"_s);
        QVERIFY(chain);
        QTEST(chain->end, "end");
        QCOMPARE(chain->hops.size(), std::size_t(1));
    }

    // Where browsers go, by the rules of the URL standard.
    void readsLocations_data()
    {
        QTest::addColumn<QByteArray>("location");
        QTest::addColumn<QString>("expected"); // empty: unreadable
        QTest::newRow("whole") << "http://b.example/x?y#z"_ba << u"http://b.example/x?y"_s;
        QTest::newRow("an absolute path") << "/x"_ba << u"https://a.example/x"_s;
        QTest::newRow("a relative path") << "x?y"_ba << u"https://a.example/p/x?y"_s;
        QTest::newRow("a query") << "?y"_ba << u"https://a.example/p/q?y"_s;
        QTest::newRow("another host, same scheme") << "//b.example/x"_ba << u"https://b.example/x"_s;
        QTest::newRow("many slashes") << "////b.example/x"_ba << u"https://b.example/x"_s;
        QTest::newRow("a backslash for a slash") << "/\\b.example"_ba << u"https://b.example"_s;
        QTest::newRow("backslashes after the scheme") << "https:\\\\b.example\\x"_ba << u"https://b.example/x"_s;
        QTest::newRow("many slashes after the scheme") << "https:////b.example"_ba << u"https://b.example"_s;
        QTest::newRow("one slash after the same scheme") << "https:/x"_ba << u"https://a.example/x"_s;
        QTest::newRow("one slash after another scheme") << "http:/b.example"_ba << u"http://b.example"_s;
        QTest::newRow("none after the same scheme") << "https:x:y"_ba << u"https://a.example/p/x:y"_s;
        QTest::newRow("none after another scheme") << "http:b.example"_ba << u"http://b.example"_s;
        QTest::newRow("a backslash in the query stays") << "/x?a=\\b"_ba << u"https://a.example/x?a=%5Cb"_s;
        QTest::newRow("blanks around it") << "  /x \r\n"_ba << u"https://a.example/x"_s;
        QTest::newRow("a tab in it") << "/\t/b.example"_ba << u"https://b.example"_s;
        QTest::newRow("controls around it") << "\x01/x\x1f"_ba << u"https://a.example/x"_s;
        QTest::newRow("capitals") << "HTTPS://B.EXAMPLE/X"_ba << u"https://b.example/X"_s;
        QTest::newRow("raw UTF-8") << "/\xc3\xbc"_ba << u"https://a.example/%C3%BC"_s;
        QTest::newRow("another scheme") << "myapp://open"_ba << u"myapp://open"_s;
        QTest::newRow("a script") << "javascript:alert(1)"_ba << u"javascript:alert(1)"_s;
        QTest::newRow("nothing") << ""_ba << QString();
        QTest::newRow("blanks alone") << " \t"_ba << QString();
        QTest::newRow("a port that is none") << "https://b.example:x/"_ba << QString();
    }
    void readsLocations()
    {
        QFETCH(QByteArray, location);
        const QUrl to = locationTarget(QUrl(u"https://a.example/p/q"_s), location);
        QTEST(to.isValid() ? to.toString(QUrl::FullyEncoded) : QString(), "expected");
    }

    void tellsWhatAHopSaid()
    {
        Web web;
        HttpResponse moved;
        moved.url = QUrl(u"https://a.example/"_s);
        moved.status = 302;
        moved.headers = {{"Location", "/x"}, {"Server", "cloudflare"}, {"Set-Cookie", "a=b"}};
        web.page(u"https://a.example/x"_s, 200);
        web.seen().put(HttpGet{.url = moved.url}, moved);
        const auto chain = web.walk(u"https://a.example/"_s);
        QVERIFY(chain);
        QCOMPARE(chain->hops.front().server, "cloudflare");
        QVERIFY(chain->hops.front().setsCookie && !chain->hops.back().setsCookie);
    }

    void noticesALongerLoop()
    {
        Web web;
        web.page(u"https://a.example/"_s, 301, "https://www.a.example/");
        web.page(u"https://www.a.example/"_s, 301, "https://a.example/");
        const auto chain = web.walk(u"https://a.example/"_s);
        QVERIFY(chain);
        QCOMPARE(chain->end, RedirectEnd::Loop);
        QCOMPARE(chain->hops.size(), std::size_t(2));
    }

    void followsTenHopsAndNoMore_data()
    {
        QTest::addColumn<int>("redirects");
        QTest::addColumn<RedirectEnd>("end");
        QTest::newRow("ten") << kMaxRedirects << RedirectEnd::Arrived;
        QTest::newRow("eleven") << kMaxRedirects + 1 << RedirectEnd::TooManyHops;
    }
    void followsTenHopsAndNoMore()
    {
        QFETCH(int, redirects);
        Web web;
        for (int i = 0; i < redirects; ++i)
            web.page(u"https://a.example/%1"_s.arg(i), 302, "/" + QByteArray::number(i + 1));
        web.page(u"https://a.example/%1"_s.arg(redirects), 200);
        const auto chain = web.walk(u"https://a.example/0"_s);
        QVERIFY(chain);
        QTEST(chain->end, "end");
    }

    void staysInsideWhenItStartedThere()
    {
        Web web;
        web.page(u"http://127.0.0.1/"_s, 302, "http://10.0.0.1/");
        web.page(u"http://10.0.0.1/"_s, 200);
        web.host(u"127.0.0.1"_s, u"127.0.0.1"_s);
        web.host(u"10.0.0.1"_s, u"10.0.0.1"_s);
        const auto chain = web.walk(u"http://127.0.0.1/"_s);
        QVERIFY(chain);
        QCOMPARE(chain->end, RedirectEnd::Arrived);
    }

    void goesWhereAnOverridePoints()
    {
        NetOptions options;
        options.connects = {{u"b.example"_s, 443, {u"127.0.0.1"_s, 8443}}};
        Web web(options);
        web.page(u"https://a.example/"_s, 302, "https://b.example/");
        web.page(u"https://b.example/"_s, 200);
        web.host(u"b.example"_s, u"127.0.0.1"_s);
        const auto chain = web.walk(u"https://a.example/"_s);
        QVERIFY(chain);
        QCOMPARE(chain->end, RedirectEnd::Arrived);
    }

    void aSilentHopIsAnError()
    {
        Web web;
        web.page(u"https://a.example/"_s, 302, "https://b.example/");
        web.host(u"b.example"_s, kPublic);
        web.seen().put(HttpGet{.url = QUrl(u"https://b.example/"_s)}, failure(ErrorKind::TimedOut, u"silent"_s));
        const auto chain = web.walk(u"https://a.example/"_s);
        QVERIFY(!chain);
        QCOMPARE(chain.error().kind, ErrorKind::TimedOut);
    }
};

QTEST_GUILESS_MAIN(TestRedirects)
#include "tst_redirects.moc"
