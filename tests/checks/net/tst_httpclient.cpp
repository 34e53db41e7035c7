#include "checks/engine/observations.h"
#include "checks/net/httpclient.h"
#include "tests/lab/hostileserver.h"

#include <QElapsedTimer>
#include <QTemporaryFile>
#include <QTest>

#include <zlib.h>

#include <atomic>
#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kTimeout = 800ms;
// What a slow machine may need beyond the timeout before a test calls it late.
constexpr qint64 kLate = 2500;

NetOptions quickOptions()
{
    NetOptions options;
    options.operationTimeout = kTimeout;
    return options;
}

Result<HttpResponse> get(const HttpGet &question, const NetOptions &options = quickOptions())
{
    Observations seen(options, CancelToken(), Deadline::in(20s), nullptr);
    return *seen.ask(question);
}

QByteArray gzipped(const QByteArray &plain)
{
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    QByteArray out(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(plain.size()))) + 32, '\0');
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(plain.constData()));
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.truncate(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return out;
}

// Writes a head, then lets the rest of the script speak.
Script afterRequest(std::function<void(Connection &)> rest)
{
    return [rest = std::move(rest)](Connection &connection) {
        connection.readRequest();
        rest(connection);
    };
}

Script saying(const QByteArray &bytes)
{
    return afterRequest([bytes](Connection &connection) { connection.write(bytes); });
}

Script forEver(const QByteArray &head, const QByteArray &again, std::chrono::milliseconds pause)
{
    return afterRequest([=](Connection &connection) {
        connection.write(head);
        while (connection.write(again) && (pause == 0ms || connection.pause(pause))) {
        }
    });
}

TlsSetup tlsFor(const QString &name)
{
    return {.chain = {makeSelfSigned({.commonName = name, .names = {name}})}};
}

} // namespace

Q_DECLARE_METATYPE(cockpit::lab::Script)

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

    void decodesCompression()
    {
        HostileServer server(answering(httpAnswer(200, {"Content-Encoding: gzip"}, gzipped("hello"))));
        const auto response = get({.url = server.url()});
        QVERIFY(response);
        QCOMPARE(response->body, "hello");
    }

    void capsTheBody_data()
    {
        QTest::addColumn<int>("size");
        QTest::addColumn<bool>("truncated");
        QTest::newRow("one byte below the cap") << 999 << false;
        QTest::newRow("exactly the cap") << 1000 << false;
        QTest::newRow("one byte above the cap") << 1001 << true;
    }
    void capsTheBody()
    {
        QFETCH(int, size);
        HostileServer server(answering(httpAnswer(200, {}, QByteArray(size, 'x'))));
        const auto response = get({.url = server.url(), .bodyCap = 1000});
        QVERIFY(response);
        QTEST(response->bodyTruncated, "truncated");
        QCOMPARE(response->body.size(), std::min(size, 1000));
    }

    void cutsEndlessAnswers_data()
    {
        QTest::addColumn<Script>("script");
        QTest::newRow("endless body") << forEver("HTTP/1.1 200 OK\r\n\r\n", QByteArray(4096, 'x'), 0ms);
        QTest::newRow("endless chunks") << forEver("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                                                   "1000\r\n" + QByteArray(4096, 'x') + "\r\n", 0ms);
        QTest::newRow("compression bomb")
            << answering(httpAnswer(200, {"Content-Encoding: gzip"}, gzipped(QByteArray(64 * 1024 * 1024, '\0'))));
    }
    void cutsEndlessAnswers()
    {
        QFETCH(Script, script);
        NetOptions options;
        HostileServer server(script);
        const auto response = get({.url = server.url()}, options);
        QVERIFY2(response, response ? "" : qPrintable(response.error().message));
        QVERIFY(response->bodyTruncated);
        QCOMPARE(response->body.size(), kDefaultBodyCap);
    }

    void endsBadAnswers_data()
    {
        QTest::addColumn<Script>("script");
        QTest::addColumn<ErrorKind>("kind");
        const auto row = [](const char *name, const Script &script, ErrorKind kind) {
            QTest::newRow(name) << script << kind;
        };
        const QByteArray ok = "HTTP/1.1 200 OK\r\n";
        row(
            "accepts and says nothing", [](Connection &c) { c.hang(); }, ErrorKind::TimedOut);
        row("drips a header byte at a time", forEver("HTTP/1.1 200 OK\r\nX-Slow: ", "x", 100ms), ErrorKind::TimedOut);
        row("drips a body byte at a time", forEver(ok + "\r\n", "x", 100ms), ErrorKind::TimedOut);
        row("10,000 header lines", saying(ok + QByteArray("X-Many: 1\r\n").repeated(10000) + "\r\n"),
            ErrorKind::TooLarge);
        row("a header line of 1 MB", saying(ok + "X-Long: " + QByteArray(1 << 20, 'a') + "\r\n\r\n"),
            ErrorKind::TooLarge);
        row("endless interim answers", forEver({}, "HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n", 0ms),
            ErrorKind::TooLarge);
        row("broken compression", saying(httpAnswer(200, {"Content-Encoding: gzip"}, "not gzip at all")),
            ErrorKind::Protocol);
        row("compression cut off half-way",
            saying(ok + "Content-Encoding: gzip\r\nContent-Length: 1000\r\n\r\n" +
                   gzipped(QByteArray(9999, 'x')).left(10)),
            ErrorKind::Protocol);
        row("closes half-way", saying(ok + "Content-Length: 1000\r\n\r\nonly this"), ErrorKind::Protocol);
        row(
            "closes at once", [](Connection &) {}, ErrorKind::Protocol);
        row("closes in the head", saying("HTTP/1.1 200 OK\r\nX-Ha"), ErrorKind::Protocol);
        row("chunk sizes that are none", saying(ok + "Transfer-Encoding: chunked\r\n\r\nzzz\r\nhello\r\n"),
            ErrorKind::Protocol);
        row("an answer of HTTP/0.9", saying("<html>hello</html>"), ErrorKind::Protocol);
        row(
            "another protocol",
            [](Connection &c) {
                c.write("220 mail.example.com ESMTP\r\n");
                c.hang();
            },
            ErrorKind::Protocol);
        row("a zero byte in a header", saying(ok + QByteArray("X-Nul: a\0b\r\n\r\n", 14)), ErrorKind::Protocol);
    }
    void endsBadAnswers()
    {
        QFETCH(Script, script);
        HostileServer server(script);
        QElapsedTimer clock;
        clock.start();
        const auto response = get({.url = server.url()});
        QVERIFY(!response);
        QTEST(response.error().kind, "kind");
        QVERIFY2(response.error().message.contains(u"127.0.0.1"_s), qPrintable(response.error().message));
        QVERIFY2(response.error().message.contains(QString::number(server.port())),
                 qPrintable(response.error().message));
        QVERIFY(clock.elapsed() < kLate);
    }

    void keepsBytesThatAreNoText()
    {
        HostileServer server(answering(httpAnswer(200, {"X-Latin: caf\xe9", "X-Utf: \xc3\xa9"}, "")));
        const auto response = get({.url = server.url()});
        QVERIFY(response);
        QCOMPARE(response->header("x-latin"), QByteArray("caf\xe9"));
        QCOMPARE(response->header("x-utf"), QByteArray("\xc3\xa9"));
    }

    void endsBadHandshakes_data()
    {
        QTest::addColumn<Script>("script");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("silent after the hello") << Script([](Connection &c) {
            c.readSome();
            c.hang();
        }) << ErrorKind::TimedOut;
        QTest::newRow("plain text on the TLS port") << Script([](Connection &c) {
            c.readSome();
            c.write("HTTP/1.1 400 Bad\r\n\r\n");
        }) << ErrorKind::Protocol;
        QTest::newRow("closes after the hello") << Script([](Connection &c) { c.readSome(); }) << ErrorKind::Protocol;
        QTest::newRow("a fatal alert") << Script([](Connection &c) {
            c.readSome();
            c.write(QByteArray("\x15\x03\x03\x00\x02\x02\x28", 7));
        }) << ErrorKind::Protocol;
    }
    void endsBadHandshakes()
    {
        QFETCH(Script, script);
        HostileServer server(script);
        QUrl url = server.url();
        url.setScheme(u"https"_s);
        QElapsedTimer clock;
        clock.start();
        const auto response = get({.url = url});
        QVERIFY(!response);
        QTEST(response.error().kind, "kind");
        QVERIFY(clock.elapsed() < kLate);
    }

    void tellsARefusedPort()
    {
        const quint16 port = unusedPort();
        const auto response = get({.url = QUrl(u"http://127.0.0.1:%1/"_s.arg(port))});
        QVERIFY(!response);
        QCOMPARE(response.error().kind, ErrorKind::Unreachable);
        QVERIFY(response.error().message.contains(QString::number(port)));
    }

    // TCP has no way to a group of hosts, with IPv6 here or without.
    void tellsRefusalsFromMissingRoutes_data()
    {
        QTest::addColumn<QStringList>("ips");
        QTest::addColumn<ErrorKind>("kind");
        const QString noV6 = u"ff02::1"_s;
        const QString noV4 = u"255.255.255.255"_s;
        QTest::newRow("refused, and no way by IPv6") << QStringList{u"127.0.0.1"_s, noV6} << ErrorKind::Unreachable;
        QTest::newRow("refused twice") << QStringList{u"127.0.0.1"_s, u"127.0.0.2"_s} << ErrorKind::Unreachable;
        QTest::newRow("no way by IPv6 alone") << QStringList{noV6} << ErrorKind::NoRoute;
        QTest::newRow("no way by two of IPv6") << QStringList{noV6, u"ff02::2"_s} << ErrorKind::NoRoute;
        QTest::newRow("no way at all") << QStringList{noV4, noV6} << ErrorKind::NoRoute;
    }

    void tellsRefusalsFromMissingRoutes()
    {
        QFETCH(QStringList, ips);
        const quint16 port = unusedPort();
        std::vector<SocketAddress> addresses;
        for (const QString &ip : ips)
            addresses.push_back({ip, port});
        Observations seen(quickOptions(), CancelToken(), Deadline::in(20s), nullptr);
        seen.put(HostAddresses{u"two.example"_s, port}, addresses);
        const auto answer = seen.ask(HttpGet{.url = QUrl(u"http://two.example:%1/"_s.arg(port))});
        QVERIFY(!*answer);
        QTEST(answer->error().kind, "kind");
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

    void judgesCertificates_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("rootIsKnown");
        QTest::addColumn<int>("daysLeft");
        QTest::addColumn<bool>("trusted");
        QTest::newRow("good") << u"shop.example"_s << true << 30 << true;
        QTest::newRow("unknown root") << u"shop.example"_s << false << 30 << false;
        QTest::newRow("other name") << u"other.example"_s << true << 30 << false;
        QTest::newRow("expired") << u"shop.example"_s << true << -1 << false;
    }
    void judgesCertificates()
    {
        QFETCH(QString, name);
        QFETCH(bool, rootIsKnown);
        QFETCH(int, daysLeft);
        const Identity root = makeRoot(u"Test root"_s);
        CertificateSpec spec{.commonName = name, .names = {name}};
        spec.notBefore = spec.notBefore.addDays(-60);
        spec.notAfter = QDateTime::currentDateTimeUtc().addDays(daysLeft);
        HostileServer server(answering(httpAnswer(200, {}, "hi")), TlsSetup{.chain = {makeSigned(spec, root)}});
        QTemporaryFile roots;
        QVERIFY(roots.open());
        roots.write(pemOf({root}));
        roots.close();
        NetOptions options = quickOptions();
        options.connects = {{u"shop.example"_s, 443, {u"127.0.0.1"_s, server.port()}}};
        options.caFile = rootIsKnown ? roots.fileName() : QString();
        const auto response = get({.url = QUrl(u"https://shop.example/"_s)}, options);
        QVERIFY2(response, response ? "" : qPrintable(response.error().message));
        QCOMPARE(response->body, "hi");
        QFETCH(bool, trusted);
        QCOMPARE(response->trust == CertificateTrust::Trusted, trusted);
        QCOMPARE(response->trustProblem.isEmpty(), trusted);
    }

    void judgesConnectionsThatAreUsedAgain()
    {
        HostileServer server(answering(httpAnswer(200, {}, "hi")), tlsFor(u"127.0.0.1"_s));
        NetOptions options = quickOptions();
        options.connectionsPerHost = 1;
        Observations seen(options, CancelToken(), Deadline::in(20s), nullptr);
        std::vector<HttpGet> questions;
        for (int i = 0; i < 5; ++i)
            questions.push_back({.url = server.url(u"/%1"_s.arg(i))});
        for (const auto &response : seen.askAll(questions)) {
            QVERIFY(*response);
            QCOMPARE((*response)->trust, CertificateTrust::Untrusted);
        }
        QCOMPARE(server.connections(), 1);
    }

    void keepsNamesWhenConnectingElsewhere()
    {
        HostileServer server(answering([](const QByteArray &request) { return httpAnswer(200, {}, request); }));
        NetOptions options = quickOptions();
        options.connects = {{u"app.example"_s, 80, {u"127.0.0.1"_s, server.port()}}};
        const auto response = get({.url = QUrl(u"http://app.example/"_s)}, options);
        QVERIFY(response);
        QVERIFY(response->body.contains("\r\nHost: app.example\r\n"));
        QCOMPARE(response->peer.port, server.port());
    }

    void reachesIpv6()
    {
        HostileServer server(answering(httpAnswer(200, {}, "six")), std::nullopt, u"::1"_s);
        if (server.port() == 0)
            QSKIP("this machine has no IPv6 loopback");
        const auto response = get({.url = server.url()});
        QVERIFY2(response, response ? "" : qPrintable(response.error().message));
        QCOMPARE(response->peer, (SocketAddress{u"::1"_s, server.port()}));
    }

    void triesTheOtherAddressFamily()
    {
        HostileServer server(answering(httpAnswer(200, {}, "four")));
        NetOptions options = quickOptions();
        Observations seen(options, CancelToken(), Deadline::in(20s), nullptr);
        // Nothing listens on ::1 at this port.
        seen.put(HostAddresses{u"two.example"_s, server.port()},
                 std::vector<SocketAddress>{{u"::1"_s, server.port()}, {u"127.0.0.1"_s, server.port()}});
        const auto response = seen.ask(HttpGet{.url = QUrl(u"http://two.example:%1/"_s.arg(server.port()))});
        QVERIFY2(*response, *response ? "" : qPrintable(response->error().message));
        QCOMPARE((*response)->body, "four");
        QCOMPARE((*response)->peer.ip, u"127.0.0.1"_s);
    }

    void answersManyInOrderOnFewConnections()
    {
        HostileServer server(answering(
            [](const QByteArray &request) { return httpAnswer(200, {}, request.left(request.indexOf(" HTTP"))); }));
        NetOptions options;
        options.connectionsPerHost = 2;
        Observations seen(options, CancelToken(), Deadline::in(20s), nullptr);
        std::vector<HttpGet> questions;
        for (int i = 0; i < 30; ++i)
            questions.push_back({.url = server.url(u"/%1"_s.arg(i))});
        const auto answers = seen.askAll(questions);
        for (int i = 0; i < 30; ++i) {
            QVERIFY(*answers[std::size_t(i)]);
            QCOMPARE((*answers[std::size_t(i)])->body, "GET /" + QByteArray::number(i));
        }
        QVERIFY2(server.connections() <= 2, qPrintable(QString::number(server.connections())));
    }

    void aBatchDoesNotHoldUpASingleQuestion()
    {
        constexpr int many = 60;
        std::atomic_int answered = 0;
        HostileServer server(answering([&](const QByteArray &request) {
            if (request.startsWith("GET /many")) {
                CancelToken().waitFor(30ms);
                ++answered;
            }
            return httpAnswer(200, {}, "here");
        }));
        Observations seen(quickOptions(), CancelToken(), Deadline::in(20s), nullptr);
        std::vector<HttpGet> questions;
        for (int i = 0; i < many; ++i)
            questions.push_back({.url = server.url(u"/many%1"_s.arg(i))});
        std::thread batch([&] { seen.askAll(questions); });
        const bool isUnderWay = QTest::qWaitFor([&] { return answered > 0; }, 5000);
        const auto one = seen.ask(HttpGet{.url = server.url(u"/one"_s)});
        const int before = answered;
        batch.join();
        QVERIFY(isUnderWay);
        QVERIFY(*one);
        QVERIFY2(before < many / 2, qPrintable(QString::number(before)));
    }

    void asksASilentHostOnlyOnce()
    {
        const quint16 port = unusedPort();
        Observations seen(quickOptions(), CancelToken(), Deadline::in(20s), nullptr);
        std::vector<HttpGet> questions;
        for (int i = 0; i < 40; ++i)
            questions.push_back({.url = QUrl(u"http://127.0.0.1:%1/%2"_s.arg(port).arg(i))});
        for (const auto &answer : seen.askAll(questions)) {
            QVERIFY(!*answer);
            QCOMPARE(answer->error().kind, ErrorKind::Unreachable);
        }
    }

    void saysThatTheTrustFileIsUnreadable()
    {
        NetOptions options = quickOptions();
        options.caFile = u"/nonexistent/roots.pem"_s;
        const auto response = get({.url = QUrl(u"https://127.0.0.1/"_s)}, options);
        QVERIFY(!response);
        QCOMPARE(response.error().kind, ErrorKind::BadInput);
        QVERIFY(response.error().message.contains(options.caFile));
    }
};

QTEST_GUILESS_MAIN(TestHttpClient)
#include "tst_httpclient.moc"
