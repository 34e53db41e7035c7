#include "checks/engine/monitorservice.h"

#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <stdexcept>

using namespace cockpit;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

Monitor monitorOf(qint64 id, std::chrono::seconds interval = 1s)
{
    Monitor monitor;
    monitor.id = id;
    monitor.name = u"Homepage"_s;
    monitor.url = u"https://acme.test/"_s;
    monitor.interval = interval;
    return monitor;
}

Sample up(const Monitor &monitor, const NetOptions &, const CancelToken &)
{
    Sample sample;
    sample.monitorId = monitor.id;
    sample.at = QDateTime::currentDateTimeUtc();
    sample.state = SampleState::Up;
    return sample;
}

} // namespace

class TestMonitorService : public QObject
{
    Q_OBJECT

private slots:
    void eachMonitorIsSampledAgainAndAgain()
    {
        MonitorService service(up);
        QSignalSpy samples(&service, &MonitorService::sampleReady);
        service.setMonitors({monitorOf(1), monitorOf(2)});
        QTRY_VERIFY_WITH_TIMEOUT(samples.count() >= 4, 10000);
        QMap<qint64, int> perMonitor;
        for (const auto &arguments : samples)
            ++perMonitor[arguments.first().value<Sample>().monitorId];
        QCOMPARE(perMonitor.size(), 2);
    }

    void aDisabledMonitorIsNot()
    {
        MonitorService service(up);
        QSignalSpy samples(&service, &MonitorService::sampleReady);
        Monitor off = monitorOf(1);
        off.enabled = false;
        service.setMonitors({off, monitorOf(2)});
        QTRY_VERIFY_WITH_TIMEOUT(samples.count() >= 2, 10000);
        for (const auto &arguments : samples)
            QCOMPARE(arguments.first().value<Sample>().monitorId, 2);
    }

    void stopDoesNotWaitForAHangingSample()
    {
        std::atomic_int started = 0;
        MonitorService service([&](const Monitor &m, const NetOptions &o, const CancelToken &token) {
            ++started;
            token.waitFor(60s);
            return up(m, o, token);
        });
        QSignalSpy samples(&service, &MonitorService::sampleReady);
        service.setMonitors({monitorOf(1)});
        QTRY_COMPARE(started, 1);
        service.stop();
        // The cancelled sample is not reported: a proof needs something that comes after it on the same thread.
        QTest::qWait(0);
        QCOMPARE(samples.count(), 0);
    }

    void aSlowSampleIsNotDoubled()
    {
        std::atomic_int inside = 0;
        std::atomic_int most = 0;
        std::atomic_int total = 0;
        MonitorService service([&](const Monitor &m, const NetOptions &o, const CancelToken &token) {
            most = std::max<int>(most, ++inside);
            token.waitFor(1500ms); // longer than the interval
            --inside;
            ++total;
            return up(m, o, token);
        });
        service.setMonitors({monitorOf(1)});
        QTRY_VERIFY_WITH_TIMEOUT(total >= 2, 10000);
        QCOMPARE(most, 1);
    }

    void sampleNowDoesNotWaitForTheInterval()
    {
        MonitorService service(up);
        QSignalSpy samples(&service, &MonitorService::sampleReady);
        service.setMonitors({monitorOf(1, 3600s)});
        QTRY_COMPARE_WITH_TIMEOUT(samples.count(), 1, 5000);
        service.sampleNow(1);
        QTRY_COMPARE_WITH_TIMEOUT(samples.count(), 2, 5000);
    }

    // An interval of nothing would be an attack on the address, one of a year would not fit into a timer.
    void anImpossibleIntervalIsBounded()
    {
        std::atomic_int taken = 0;
        MonitorService service([&](const Monitor &m, const NetOptions &o, const CancelToken &token) {
            ++taken;
            return up(m, o, token);
        });
        QSignalSpy samples(&service, &MonitorService::sampleReady);
        service.setMonitors({monitorOf(1, 0s), monitorOf(2, std::chrono::hours(24 * 365))});
        QTRY_COMPARE_WITH_TIMEOUT(samples.count(), 3, 5000); // both at once, the first again a second later
        QCOMPARE(taken, 3);
    }

    // The old address hangs; its answer must not be kept for the new one, which has the same id.
    void aSampleOfAnAddressThatWasChangedIsDropped()
    {
        std::atomic_int oldOnes = 0;
        std::atomic_bool isReleased = false;
        const Monitor before = monitorOf(1, 3600s);
        Monitor after = before;
        after.url = u"https://new.acme.test/"_s;
        MonitorService service([&](const Monitor &m, const NetOptions &o, const CancelToken &token) {
            Sample sample = up(m, o, token);
            sample.message = m.url;
            if (m == before) {
                ++oldOnes;
                while (!isReleased && !token.waitFor(5ms)) {
                }
            }
            return sample;
        });
        QSignalSpy samples(&service, &MonitorService::sampleReady);
        service.setMonitors({before});
        QTRY_COMPARE(oldOnes, 1);
        service.setMonitors({after});
        isReleased = true; // before the new one is asked for, which the jitter puts off
        QTRY_COMPARE_WITH_TIMEOUT(samples.count(), 1, 5000);
        service.sampleNow(1);
        QTRY_COMPARE_WITH_TIMEOUT(samples.count(), 2, 5000);
        for (const auto &arguments : samples)
            QCOMPARE(arguments.first().value<Sample>().message, after.url);
    }

    void aSampleThatThrowsIsAFailedSample()
    {
        MonitorService service([](const Monitor &, const NetOptions &, const CancelToken &) -> Sample {
            throw std::runtime_error("broken library");
        });
        QSignalSpy samples(&service, &MonitorService::sampleReady);
        service.setMonitors({monitorOf(1)});
        QTRY_VERIFY_WITH_TIMEOUT(samples.count() >= 2, 10000); // and the next one is tried
        const auto sample = samples.first().first().value<Sample>();
        QCOMPARE(sample.state, SampleState::Unknown);
        QVERIFY(!sample.message.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestMonitorService)
#include "tst_monitorservice.moc"
