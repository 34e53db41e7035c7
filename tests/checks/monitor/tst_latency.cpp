#include "checks/monitor/latency.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {
const QDateTime kNow(QDate(2026, 11, 22), QTime(12, 0), Qt::UTC);

Sample sampleAt(int secondsAgo, SampleState state, int ms = 100)
{
    Sample sample;
    sample.at = kNow.addSecs(-secondsAgo);
    sample.state = state;
    sample.total = std::chrono::milliseconds(ms);
    return sample;
}

MonitorHistory watched(MonitorKind kind)
{
    MonitorHistory history;
    history.monitor.kind = kind;
    history.monitor.name = u"Homepage"_s;
    history.monitor.url = u"https://app.example.com/"_s;
    return history;
}
} // namespace

class LatencyMonitorTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<int>("recent");
        QTest::addColumn<int>("recentMs");
        QTest::addColumn<int>("earlierMs");
        QTest::addColumn<QString>("expected");
        QTest::newRow("within") << 20 << 500 << 400 << u"pass"_s;
        QTest::newRow("above") << 20 << 501 << 500 << u"slow:medium"_s;
        QTest::newRow("doubled") << 20 << 400 << 200 << u"rising:medium"_s;
        QTest::newRow("not quite doubled") << 20 << 399 << 200 << u"pass"_s;
        QTest::newRow("too few") << 19 << 900 << 100 << u"not_run"_s;
        QTest::newRow("none") << 0 << 0 << 100 << u"not_run"_s;
    }

    void judges()
    {
        QFETCH(int, recent);
        QFETCH(int, recentMs);
        QFETCH(int, earlierMs);
        MonitorHistory history = watched(MonitorKind::Latency);
        for (int i = 40; i > 0; --i)
            history.samples.push_back(sampleAt(3 * 3600 + i * 60, SampleState::Up, earlierMs));
        for (int i = recent; i > 0; --i)
            history.samples.push_back(sampleAt(i * 60, SampleState::Up, recentMs));
        Policy policy;
        policy.p95LimitMs = 500;
        QTEST(said(judgeLatencyHistory({history}, policy, kNow)), "expected");
    }
};

QTEST_GUILESS_MAIN(LatencyMonitorTest)
#include "tst_latency.moc"
