#include "checks/monitor/uptime.h"
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

class UptimeTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<QString>("states"); // one a minute, the last one now: U up, D down, ? unknown
        QTest::addColumn<QString>("expected");
        QTest::newRow("never sampled") << QString() << u"not_run"_s;
        QTest::newRow("up") << QString(300, u'U') << u"pass"_s;
        QTest::newRow("down now") << QString(300, u'U') + u"DDD"_s << u"down_now:high"_s;
        QTest::newRow("was down for long")
            << QString(100, u'U') + QString(50, u'D') + QString(100, u'U') << u"below_target:medium"_s;
        QTest::newRow("offline all the time") << QString(10, u'?') << u"not_run"_s;
    }

    void judges()
    {
        QFETCH(QString, states);
        MonitorHistory history = watched(MonitorKind::Uptime);
        for (qsizetype i = 0; i < states.size(); ++i) {
            const SampleState state = states[i] == u'U'   ? SampleState::Up
                                      : states[i] == u'D' ? SampleState::Down
                                                          : SampleState::Unknown;
            history.samples.push_back(sampleAt(static_cast<int>(states.size() - 1 - i) * 60, state));
        }
        QTEST(said(judgeUptime({history}, kNow)), "expected");
    }
};

QTEST_GUILESS_MAIN(UptimeTest)
#include "tst_uptime.moc"
