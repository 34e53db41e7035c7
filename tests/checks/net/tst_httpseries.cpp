#include "checks/engine/observations.h"
#include "checks/net/httpseries.h"
#include "tests/lab/hostileserver.h"

#include <QTest>

#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kPage = httpAnswer(200, {"Content-Type: text/html"}, "<p>Hello</p>");

NetOptions patient()
{
    NetOptions options;
    options.operationTimeout = 300ms;
    return options;
}

// Answers one request and closes the connection.
Script closing(const QByteArray &answer)
{
    return [answer](Connection &connection) {
        if (!connection.readRequest().isEmpty())
            connection.write(answer);
    };
}

Result<HttpSeries::Seen> ask(const HostileServer &server, int count, CancelToken token = CancelToken(),
                             std::chrono::milliseconds atMost = 10s)
{
    Observations seen(patient(), std::move(token), Deadline::in(20s), nullptr);
    return *seen.ask(HttpSeries{.url = server.url(), .count = count, .atMost = atMost});
}

qsizetype kept(const HttpSeries::Seen &seen)
{
    return std::ranges::count_if(seen.samples, [](const HttpResponse &r) { return r.timings.onKeptConnection; });
}

} // namespace

class TestHttpSeries : public QObject
{
    Q_OBJECT

private slots:
    void keepsTheConnection()
    {
        const HostileServer server(answering(kPage), TlsSetup{{makeSelfSigned({})}});
        const auto seen = ask(server, 5);
        QVERIFY(seen);
        QCOMPARE(seen->samples.size(), 5u);
        QCOMPARE(kept(*seen), 4);
        QVERIFY(!seen->samples.front().timings.onKeptConnection);
        QVERIFY(seen->samples.front().timings.tls > 0us);
        QCOMPARE(seen->samples.back().timings.tls.count(), 0);
        QCOMPARE(server.connections(), 1);
        QCOMPARE(seen->failures, 0);
        QVERIFY(!seen->nameTime); // an address needs no look-up
    }

    void seesThatItIsNotKept()
    {
        const HostileServer server(closing(httpAnswer(200, {"Connection: close"}, "Hello")));
        const auto seen = ask(server, 3);
        QVERIFY(seen);
        QCOMPARE(seen->samples.size(), 3u);
        QCOMPARE(kept(*seen), 0);
        QCOMPARE(server.connections(), 3);
    }

    void countsFailures_data()
    {
        QTest::addColumn<QList<int>>("statuses"); // one after the other
        QTest::addColumn<int>("samples");
        QTest::addColumn<int>("failures");
        QTest::newRow("none") << QList<int>{200, 404, 200, 200} << 4 << 0;
        QTest::newRow("one") << QList<int>{200, 503, 200, 200} << 3 << 1;
        QTest::newRow("too many requests") << QList<int>{200, 429, 429, 200} << 2 << 2;
        QTest::newRow("three in a row end it") << QList<int>{200, 500, 500, 500} << 1 << 3;
        QTest::newRow("and are not asked for more") << QList<int>{500, 500, 500, 200} << 0 << 0;
    }

    void countsFailures()
    {
        QFETCH(QList<int>, statuses);
        QFETCH(int, samples);
        std::atomic_int asked = 0;
        const HostileServer server(answering(
            [&](const QByteArray &) { return httpAnswer(statuses.value(asked++ % statuses.size()), {}, "x"); }));
        const auto seen = ask(server, static_cast<int>(statuses.size()));
        QCOMPARE(seen.has_value(), samples > 0);
        if (!seen) {
            QCOMPARE(seen.error().kind, ErrorKind::Protocol);
            QCOMPARE(asked, 3);
            return;
        }
        QCOMPARE(static_cast<int>(seen->samples.size()), samples);
        QTEST(seen->failures, "failures");
    }

    void reportsWhatIsNoServer_data()
    {
        QTest::addColumn<int>("manner");
        QTest::addColumn<ErrorKind>("expected");
        QTest::newRow("silence") << 0 << ErrorKind::TimedOut;
        QTest::newRow("garbage") << 1 << ErrorKind::Protocol;
        QTest::newRow("cut off") << 2 << ErrorKind::Protocol;
        QTest::newRow("endless") << 3 << ErrorKind::TimedOut;
    }

    void reportsWhatIsNoServer()
    {
        QFETCH(int, manner);
        const std::vector<Script> scripts{
            [](Connection &c) { c.hang(); },
            closing("no protocol at all\r\n\r\n"),
            closing("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"),
            [](Connection &c) {
                c.readRequest();
                c.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
                while (c.write("x") && c.pause(20ms)) {
                }
            },
        };
        const HostileServer server(scripts.at(static_cast<std::size_t>(manner)));
        const auto seen = ask(server, 2);
        QVERIFY(!seen);
        QTEST(seen.error().kind, "expected");
    }

    void reportsRefusal()
    {
        Observations seen(patient(), CancelToken(), Deadline::in(20s), nullptr);
        const QUrl nobody(u"http://127.0.0.1:%1/"_s.arg(unusedPort()));
        const auto answer = seen.ask(HttpSeries{.url = nobody, .count = 5});
        QVERIFY(!*answer);
        QCOMPARE(answer->error().kind, ErrorKind::Unreachable);
    }

    void beginsNothingLater()
    {
        const HostileServer server(answering([](const QByteArray &) {
            std::this_thread::sleep_for(50ms); // a page that takes this long
            return kPage;
        }));
        const auto seen = ask(server, 100, CancelToken(), 120ms);
        QVERIFY(seen);
        QVERIFY(seen->samples.size() >= 1 && seen->samples.size() <= 3);
        QCOMPARE(seen->failures, 0); // what was not asked has not failed
    }

    void stopsWhenToldTo()
    {
        const HostileServer server([](Connection &connection) { connection.hang(); });
        CancelToken token;
        token.cancel();
        const auto seen = ask(server, 5, token);
        QVERIFY(!seen);
        QCOMPARE(seen.error().kind, ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestHttpSeries)
#include "tst_httpseries.moc"
