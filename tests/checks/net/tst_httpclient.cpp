#include "tests/checks/net/httpquestion.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestHttpClient : public QObject
{
    Q_OBJECT

private slots:
    void readsAnAnswer()
    {
        HostileServer server(answering(httpAnswer(404, {"X-One: 1", "Set-Cookie: a=1", "Set-Cookie: b=2"}, "gone")));
        const auto response = get({.url = server.url(u"/x?y=1"_s)});
        QVERIFY2(response, response ? "" : qPrintable(response.error().message));
        QCOMPARE(response->status, 404);
        QCOMPARE(response->version, "1.1");
        QCOMPARE(response->body, "gone");
        QCOMPARE(response->headerValues("set-cookie"), (std::vector<QByteArray>{"a=1", "b=2"}));
        QCOMPARE(response->header("x-one"), QByteArray("1"));
        QCOMPARE(response->header("x-two"), std::nullopt);
        QCOMPARE(response->trust, CertificateTrust::NotTls);
        QCOMPARE(response->peer, (SocketAddress{u"127.0.0.1"_s, server.port()}));
        QVERIFY(response->timings.total.count() > 0);
    }

    void saysWhoAsks()
    {
        HostileServer server(answering([](const QByteArray &request) { return httpAnswer(200, {}, request); }));
        const auto response = get({.url = server.url(u"/a/../b"_s), .headers = {{"X-More", "1"}, {"X-Empty", ""}}});
        QVERIFY(response);
        QVERIFY(response->body.startsWith("GET /a/../b HTTP/1.1\r\n"));
        QVERIFY(response->body.contains("\r\nUser-Agent: LaunchCockpit/"));
        QVERIFY(response->body.contains("\r\nX-Launch-Cockpit: 1\r\n"));
        QVERIFY(response->body.contains("\r\nX-More: 1\r\n"));
        QVERIFY(response->body.contains("\r\nX-Empty:\r\n"));
        QVERIFY(!response->body.contains("Cookie"));
    }

    void ignoresProxiesOfTheEnvironment()
    {
        HostileServer server(answering(httpAnswer(200, {}, "direct")));
        qputenv("http_proxy", "http://127.0.0.1:" + QByteArray::number(unusedPort()));
        const auto response = get({.url = server.url()});
        qunsetenv("http_proxy");
        QVERIFY(response);
        QCOMPARE(response->body, "direct");
    }

    void asksForTheHeadOnly()
    {
        HostileServer server(answering([](const QByteArray &request) {
            return "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Method: " + request.left(request.indexOf(' ')) +
                   "\r\n\r\n";
        }));
        const auto response = get({.url = server.url(), .method = "HEAD"});
        QVERIFY(response);
        QCOMPARE(response->header("x-method"), QByteArray("HEAD"));
        QVERIFY(response->body.isEmpty());
    }

    void refusesWhatDoesNotOnlyRead_data()
    {
        QTest::addColumn<QUrl>("url");
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("body");
        const QUrl here(u"http://127.0.0.1/"_s);
        const QByteArray none;
        QTest::newRow("a method that writes") << here << QByteArray("POST") << none;
        QTest::newRow("a change in GraphQL") << here << QByteArray("POST") << QByteArray(R"({"query":"mutation{a}"})");
        QTest::newRow("a change behind a query")
            << here << QByteArray("POST") << QByteArray(R"({"query":"query A{a} mutation B{b}"})");
        QTest::newRow("a form") << here << QByteArray("POST") << QByteArray("a=b");
        QTest::newRow("a query with something beside it")
            << here << QByteArray("POST") << QByteArray(R"({"query":"{a}","variables":{}})");
        QTest::newRow("a query that is put") << here << QByteArray("PUT") << QByteArray(R"({"query":"{a}"})");
        const QUrl list(u"http://127.0.0.1/storage/v1/object/list/files"_s);
        QTest::newRow("a list of files elsewhere")
            << here << QByteArray("POST") << QByteArray(R"({"prefix":"","limit":1})");
        QTest::newRow("a list of files with something beside it")
            << list << QByteArray("POST") << QByteArray(R"({"prefix":"","limit":1,"x":1})");
        QTest::newRow("a list of files that is deleted")
            << list << QByteArray("DELETE") << QByteArray(R"({"prefix":"","limit":1})");
        const QUrl query(u"https://calm-otter-123.convex.cloud/api/query"_s);
        QTest::newRow("a query of Convex elsewhere")
            << here << QByteArray("POST") << QByteArray(R"({"path":"a:b","args":{},"format":"json"})");
        QTest::newRow("a query of Convex with values")
            << query << QByteArray("POST") << QByteArray(R"({"path":"a:b","args":{"id":1},"format":"json"})");
        QTest::newRow("a change of Convex")
            << QUrl(u"https://calm-otter-123.convex.cloud/api/mutation"_s) << QByteArray("POST")
            << QByteArray(R"({"path":"a:b","args":{},"format":"json"})");
        const QUrl signUp(u"https://identitytoolkit.googleapis.com/v1/accounts:signUp?key=x"_s);
        QTest::newRow("a sign-up by an address")
            << signUp << QByteArray("POST") << QByteArray(R"({"email":"a@example.com","password":"x"})");
        QTest::newRow("a sign-up with a good password")
            << signUp << QByteArray("POST") << QByteArray(R"({"email":"a","password":"longer"})");
        QTest::newRow("a sign-up of nobody") << signUp << QByteArray("POST") << QByteArray("{}");
        QTest::newRow("a sign-up that no account comes of")
            << signUp << QByteArray("POST") << QByteArray(R"({"email":"launch-cockpit","password":"x"})");
        QTest::newRow("a body that is got") << here << QByteArray("GET") << QByteArray(R"({"query":"{a}"})");
        QTest::newRow("a file") << QUrl(u"file:///etc/passwd"_s) << QByteArray("GET") << none;
        QTest::newRow("another protocol") << QUrl(u"ftp://127.0.0.1/"_s) << QByteArray("GET") << none;
        QTest::newRow("no host") << QUrl(u"https:///x"_s) << QByteArray("GET") << none;
    }
    void refusesWhatDoesNotOnlyRead()
    {
        QFETCH(QUrl, url);
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, body);
        const auto response = get({.url = url, .method = method, .body = body});
        QVERIFY(!response);
        QCOMPARE(response.error().kind, ErrorKind::BadInput);
    }

    void sendsAQuery()
    {
        const lab::HostileServer server([](lab::Connection &connection) {
            const QByteArray head = connection.readRequest();
            const QByteArray body = connection.readSome();
            connection.write(lab::httpAnswer(200, {"X-Line: " + head.split('\r').front()}, body));
        });
        const QByteArray body = R"({"query":"{a}"})";
        const auto response = get({.url = server.url(), .method = "POST", .body = body});
        QVERIFY2(response, response ? "" : qPrintable(response.error().message));
        QCOMPARE(response->header("x-line"), QByteArray("POST / HTTP/1.1"));
        QCOMPARE(response->body, body);
        QVERIFY(HttpGet({.url = server.url(), .method = "POST", .body = body}).key() !=
                HttpGet({.url = server.url(), .method = "POST", .body = "{}"}).key());
    }

    void stopsWithinASecond()
    {
        HostileServer server([](Connection &c) { c.hang(); });
        NetOptions options;
        options.operationTimeout = 20s;
        CancelToken token;
        Observations seen(options, token, Deadline::in(30s), nullptr);
        QElapsedTimer clock;
        clock.start();
        std::thread user([&] {
            QTRY_VERIFY(server.connections() > 0);
            token.cancel();
        });
        const auto response = seen.ask(HttpGet{.url = server.url()});
        user.join();
        QVERIFY(!*response);
        QCOMPARE(response->error().kind, ErrorKind::Cancelled);
        QVERIFY(clock.elapsed() < 1000);
    }

    void endsWithTheRun()
    {
        HostileServer server([](Connection &c) { c.hang(); });
        NetOptions options;
        options.operationTimeout = 20s;
        Observations seen(options, CancelToken(), Deadline::in(300ms), nullptr);
        const auto response = seen.ask(HttpGet{.url = server.url()});
        QVERIFY(!*response);
        QCOMPARE(response->error().kind, ErrorKind::TimedOut);
    }
};

QTEST_GUILESS_MAIN(TestHttpClient)
#include "tst_httpclient.moc"
