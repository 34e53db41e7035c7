#include "checks/http/latency.h"
#include "tests/checks/web/pages.h"
#include "tests/lab/hostileserver.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

// The first contact takes a second to connect, which is set aside; its answer is as slow as is said.
HttpSeries::Seen seriesOf(int warm, int slowOnes, std::chrono::milliseconds first = 100ms)
{
    HttpSeries::Seen series;
    for (int i = 0; i <= warm; ++i) {
        HttpResponse one = answer(200);
        one.version = "2";
        const bool isFirst = i == 0;
        one.timings.connect = isFirst ? 1000ms : 0ms;
        one.timings.tls = isFirst ? 40ms : 0ms;
        const auto server = isFirst ? first : i <= slowOnes ? 501ms : 100ms;
        one.timings.firstByte = server - 30ms;
        one.timings.total = one.timings.connect + one.timings.tls + server;
        one.timings.onKeptConnection = !isFirst;
        series.samples.push_back(one);
    }
    series.nameTime = 12ms;
    return series;
}

} // namespace

class LatencyTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<int>("samples");
        QTest::addColumn<int>("slowOnes");
        QTest::addColumn<QString>("expected");
        QTest::newRow("fast") << 20 << 0 << u"pass"_s;
        QTest::newRow("one of twenty slow is within p95") << 20 << 1 << u"pass"_s;
        QTest::newRow("two of twenty slow") << 20 << 2 << u"slow:medium"_s;
        QTest::newRow("too few to judge") << 19 << 19 << u"info"_s;
        QTest::newRow("the first contact alone") << 0 << 0 << u"error"_s;
    }

    void judges()
    {
        QFETCH(int, samples);
        QFETCH(int, slowOnes);
        QTEST(said(judgeLatency(seriesOf(samples, slowOnes), 500)), "expected");
    }

    void saysThatTooFewShowNothing()
    {
        QVERIFY(judgeLatency(seriesOf(19, 0), 500).observed.contains("not_seen"_L1));
        QVERIFY(!judgeLatency(seriesOf(20, 0), 500).observed.contains("not_seen"_L1));
    }

    void weighsHowFarAbove_data()
    {
        QTest::addColumn<int>("limit");
        QTest::addColumn<QString>("expected");
        QTest::newRow("at the limit") << 501 << u"pass"_s;
        QTest::newRow("above") << 500 << u"slow:medium"_s;
        QTest::newRow("not twice as much") << 251 << u"slow:medium"_s;
        QTest::newRow("more than twice as much") << 250 << u"slow:high"_s;
    }

    void weighsHowFarAbove()
    {
        QFETCH(int, limit);
        QTEST(said(judgeLatency(seriesOf(20, 20), limit)), "expected");
    }

    void measuresWithoutALimit() { QCOMPARE(said(judgeLatency(seriesOf(20, 20), {})), u"info"_s); }

    void setsTheFirstContactAside()
    {
        const Judged judged = judgeLatency(seriesOf(20, 0, 5000ms), 500);
        QCOMPARE(said(judged), u"pass"_s);
        const QJsonObject first = judged.observed["first_contact"_L1].toObject();
        QCOMPARE(first["name_ms"_L1].toDouble(), 12.0);
        QCOMPARE(first["connect_ms"_L1].toDouble(), 1000.0);
        QCOMPARE(first["tls_ms"_L1].toDouble(), 40.0);
        QCOMPARE(first["first_byte_ms"_L1].toDouble(), 4970.0);
        QCOMPARE(first["body_ms"_L1].toDouble(), 30.0);
        QCOMPARE(first["total_ms"_L1].toDouble(), 6052.0);
        QCOMPARE(judged.observed["phases"_L1]["first_byte_ms"_L1].toDouble(), 70.0);
        QCOMPARE(judged.observed["phases"_L1]["body_ms"_L1].toDouble(), 30.0);
        QCOMPARE(judged.observed["warm"_L1]["on_kept_connection"_L1].toInt(), 20);
        QCOMPARE(judged.observed["http_version"_L1].toString(), u"2"_s);
        QCOMPARE(judged.observed["p95_ms"_L1].toDouble(), 100.0);
    }

    void tellsThatNothingWasLookedUp()
    {
        HttpSeries::Seen series = seriesOf(20, 0);
        series.nameTime = {};
        QVERIFY(judgeLatency(series, {}).observed["phases"_L1]["name_ms"_L1].isNull());
    }

    void asksARealServer()
    {
        const HostileServer server(answering(httpAnswer(200, {"Content-Type: text/html"}, "<p>Hello</p>")),
                                   TlsSetup{{makeSelfSigned({})}});
        NetOptions options;
        options.connects = {{u"example.com"_s, 443, {u"127.0.0.1"_s, server.port()}}};
        Observations seen(options, CancelToken(), Deadline::in(20s), nullptr);
        const Target target{u"example.com"_s, {{HostRole::Site, u"example.com"_s, 443}}};
        const Judged judged = latencyCheck().look({seen, target, &target.hosts.front(), Policy(), ProjectFacts(), {}});
        QCOMPARE(judged.outcome, Outcome::Info); // no limit is given
        QCOMPARE(judged.observed["samples"_L1].toInt(), kLatencySamples);
        QCOMPARE(judged.observed["warm"_L1]["on_kept_connection"_L1].toInt(), kLatencySamples);
        QCOMPARE(judged.observed["http_version"_L1].toString(), u"1.1"_s); // as it was negotiated
        QCOMPARE(server.connections(), 2);                                 // the walk, and the series
    }
};

QTEST_GUILESS_MAIN(LatencyTest)
#include "tst_latency.moc"
