// The bytes that a request goes out with, how long its answer may take, and which of them reach no stranger.
#include "checks/net/requesttarget.h"
#include "tests/checks/actors/actorlab.h"
#include "tests/checks/actors/wirewords.h"
#include "tests/lab/hostileserver.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

// A request with its body, as it came.
QByteArray wholeRequest(Connection &connection)
{
    QByteArray head = connection.readRequest();
    const qsizetype at = head.toLower().indexOf("content-length:");
    const qsizetype size = at < 0 ? 0 : head.mid(at + 15, head.indexOf('\r', at) - at - 15).trimmed().toLongLong();
    QByteArray body;
    while (body.size() < size) {
        const QByteArray more = connection.readSome();
        if (more.isEmpty())
            break;
        body += more;
    }
    return head + body;
}

} // namespace

class TestWire : public QObject
{
    Q_OBJECT

private slots:
    // Nothing of libcurl's own habits: no Expect, no content type that nobody gave.
    void sendsExactlyWhatIsGiven_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("body");
        for (const QByteArray method : {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PURGE"}) {
            QTest::addRow("%s", method.constData()) << method << QByteArray();
            QTest::addRow("%s with a body", method.constData()) << method << QByteArray(R"({"id":7})");
        }
        QTest::newRow("a large body") << QByteArray("POST") << QByteArray(200'000, 'x');
    }

    void sendsExactlyWhatIsGiven()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, body);
        QByteArray seen;
        {
            const HostileServer server([&seen](Connection &connection) {
                seen = wholeRequest(connection);
                connection.write(httpAnswer(200, {}, "ok"));
            });
            ActorRun run;
            Wire wire(run.seen, kCheck, 1);
            ActiveRequest request = send(method, server.url(u"/a/../b//c%2Fd?x=1"_s), body);
            request.headers = {{"X-Original-URL", "/admin"}, {"X-Empty", ""}};
            const auto answer = wire.send(request);
            QVERIFY2(answer, qPrintable(outcome(answer)));
            QCOMPARE(answer->body, QByteArray("ok"));
        }
        QVERIFY2(seen.startsWith(method + " /a/../b//c%2Fd?x=1 HTTP/1.1\r\n"), seen.left(100).constData());
        QVERIFY(seen.endsWith(body));
        const QByteArray head = seen.left(seen.indexOf("\r\n\r\n")).toLower();
        QVERIFY(head.contains("x-original-url: /admin"));
        QVERIFY(head.contains("x-empty:"));
        QVERIFY(head.contains("x-launch-cockpit: 1"));
        for (const char *unwanted : {"expect:", "content-type:", "cookie:", "authorization:"})
            QVERIFY2(!head.contains(unwanted), unwanted);
        QCOMPARE(head.contains("content-length:"),
                 !body.isEmpty() || method == "POST" || method == "PUT" || method == "PATCH");
    }

    void sendsATargetAsItIs_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<bool>("isSent");
        QTest::newRow("an encoded dot") << QByteArray("/%2e/admin") << true;
        QTest::newRow("two, and a query") << QByteArray("/x/%2e%2e/admin?a=%2e") << true;
        QTest::newRow("a small letter") << QByteArray("/x/..%2fadmin") << true;
        QTest::newRow("no path") << QByteArray("admin") << false;
        QTest::newRow("a blank") << QByteArray("/a HTTP/1.1") << false;
        QTest::newRow("another line") << QByteArray("/a\r\nHost: b") << false;
        QTest::newRow("nothing") << QByteArray() << false;
    }

    void sendsATargetAsItIs()
    {
        QFETCH(QByteArray, target);
        QFETCH(bool, isSent);
        QByteArray seen;
        ActorRun run;
        {
            const HostileServer server([&seen](Connection &connection) {
                seen = wholeRequest(connection);
                connection.write(httpAnswer(200, {}, "ok"));
            });
            Wire wire(run.seen, kCheck, 1);
            ActiveRequest request = get(server.url(u"/admin"_s));
            request.headers = {{kTargetField, target}};
            QCOMPARE(wire.send(request).has_value(), isSent);
        }
        if (!isSent) {
            QVERIFY(seen.isEmpty());
            QCOMPARE(run.gate->sentBy(kCheck), 0);
            return;
        }
        QVERIFY2(seen.startsWith("GET " + target + " HTTP/1.1\r\n"), seen.left(100).constData());
        QVERIFY(!seen.contains(kTargetField));
        QCOMPARE(run.gate->log().back().route, QString::fromLatin1(target.split('?').constFirst()));
    }

    void keepsTheConnection_data()
    {
        QTest::addColumn<bool>("keeps");
        QTest::addColumn<int>("connections");
        QTest::newRow("kept") << true << 1;
        QTest::newRow("one each") << false << 4;
    }

    void keepsTheConnection()
    {
        QFETCH(bool, keeps);
        WebLab lab;
        lab.on("", "*", WebAnswer{.body = "{}"});
        ActorRun run;
        Wire wire(run.seen, kCheck, 4);
        ActiveRequest request = send("POST", lab.url(), "{}");
        request.keepConnection = keeps;
        for (int i = 0; i < 4; ++i)
            QVERIFY(wire.send(request));
        QTEST(lab.connections(), "connections");
    }

    void badRequests_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QUrl>("url");
        QTest::addColumn<QByteArray>("header");
        const QUrl here(u"http://127.0.0.1:1/"_s);
        QTest::newRow("a scheme") << QByteArray("GET") << QUrl(u"ftp://127.0.0.1/"_s) << QByteArray("x");
        QTest::newRow("no address") << QByteArray("GET") << QUrl() << QByteArray("x");
        QTest::newRow("a method with a blank") << QByteArray("GET /x") << here << QByteArray("x");
        QTest::newRow("no method") << QByteArray() << here << QByteArray("x");
        QTest::newRow("a header with a line end") << QByteArray("GET") << here << QByteArray("a\r\nX-Evil: 1");
    }

    void badRequests()
    {
        QFETCH(QByteArray, method);
        QFETCH(QUrl, url);
        QFETCH(QByteArray, header);
        ActorRun run;
        Wire wire(run.seen, kCheck, 5);
        ActiveRequest request = send(method, url);
        request.headers = {{"X-Test", header}};
        QCOMPARE(int(wire.send(request).error().kind), int(ErrorKind::BadInput));
        QCOMPARE(wire.sent(), 0);
    }

    // libcurl would send a request again when a kept connection ends without an answer: what a product has carried out
    // twice is not what a check asked for.
    void nothingIsSentTwice()
    {
        std::atomic_int requests = 0;
        const HostileServer server([&requests](Connection &connection) {
            if (wholeRequest(connection).isEmpty())
                return;
            if (++requests == 1)
                connection.write(httpAnswer(200, {}, "ok"));
            if (!wholeRequest(connection).isEmpty())
                ++requests; // and closes
        });
        ActorRun run;
        Wire wire(run.seen, kCheck, 5);
        QVERIFY(wire.send(send("POST", server.url(), "{}")));
        const auto second = wire.send(send("POST", server.url(), "{}"));
        QVERIFY(!second);
        QCOMPARE(int(second.error().kind), int(ErrorKind::Protocol));
        QCOMPARE(requests.load(), 2);
        QCOMPARE(run.gate->log().back().status, 0);
    }

    // How long a server waits for a slow body.
    void aSlowBodyComesInPieces()
    {
        std::vector<qint64> arrivals;
        std::mutex mutex;
        {
            const HostileServer server([&](Connection &connection) {
                const auto began = Clock::now();
                connection.readRequest();
                for (int size = 0; size < 5;) {
                    const QByteArray piece = connection.readSome();
                    if (piece.isEmpty())
                        return;
                    size += static_cast<int>(piece.size());
                    const std::lock_guard lock(mutex);
                    arrivals.push_back(elapsedMs(began));
                }
                connection.write(httpAnswer(200, {}, "ok"));
            });
            ActorRun run;
            Wire wire(run.seen, kCheck, 1);
            ActiveRequest request = send("POST", server.url(), "12345");
            request.slowly = SlowBody{.pieceBytes = 1, .every = 100ms};
            QCOMPARE(outcome(wire.send(request)), u"200"_s);
        }
        QVERIFY(arrivals.size() >= 4);
        QVERIFY(arrivals.back() >= 350);
    }

    void aServerThatWaitsNoLonger()
    {
        const HostileServer server([](Connection &connection) {
            connection.readRequest();
            connection.write(httpAnswer(408, {"Connection: close"}, ""));
        });
        ActorRun run;
        Wire wire(run.seen, kCheck, 1);
        ActiveRequest request = send("POST", server.url(), QByteArray(100, 'x'));
        request.slowly = SlowBody{.pieceBytes = 1, .every = 100ms};
        const auto began = Clock::now();
        QCOMPARE(outcome(wire.send(request)), u"408"_s);
        QVERIFY(elapsedMs(began) < 3000);
    }

    void ownTimeout()
    {
        WebLab lab({.slowness = 3s});
        lab.on("", "*", WebAnswer{.body = "{}"});
        ActorRun run;
        Wire wire(run.seen, kCheck, 1);
        ActiveRequest request = get(lab.url());
        request.timeoutMs = 200;
        const auto began = Clock::now();
        const auto answer = wire.send(request);
        QCOMPARE(int(answer.error().kind), int(ErrorKind::TimedOut));
        QVERIFY(elapsedMs(began) < 1500);
        QCOMPARE(run.gate->log().front().note, u"timed out"_s);
    }

    void secretsNeedAGoodCertificate()
    {
        std::atomic_int requests = 0;
        const HostileServer server(
            [&requests](Connection &connection) {
                if (wholeRequest(connection).isEmpty())
                    return;
                ++requests;
                connection.write(httpAnswer(200, {}, "ok"));
            },
            TlsSetup{{makeSelfSigned({})}});
        ActorRun run;
        Wire wire(run.seen, kCheck, 2);
        ActiveRequest request = get(server.url());
        request.carriesSecret = true;
        QVERIFY(!wire.send(request));
        QCOMPARE(requests.load(), 0);
        request.carriesSecret = false; // what any visitor may send
        QCOMPARE(outcome(wire.send(request)), u"200"_s);
    }

    void secretsAreNotSentInTheClear()
    {
        NetOptions options;
        options.connects = {{u"127.0.0.1"_s, 0, {u"192.0.2.7"_s, 80}}}; // documentation addresses (RFC 5737)
        ActorRun run(20, {}, 50, options);
        Wire wire(run.seen, kCheck, 2);
        ActiveRequest request = get(QUrl(u"http://127.0.0.1/"_s));
        request.carriesSecret = true;
        const auto answer = wire.send(request);
        QCOMPARE(int(answer.error().kind), int(ErrorKind::BadInput));
        QCOMPARE(wire.sent(), 0);
    }
};

QTEST_GUILESS_MAIN(TestWire)
#include "tst_wire.moc"
