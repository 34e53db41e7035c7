#include "checks/monitor/certificate.h"
#include "models/wholedays.h"
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

class CertificateMonitorTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<int>("daysLeft");
        QTest::addColumn<int>("hoursAgo");
        QTest::addColumn<QString>("expected");
        QTest::newRow("eight days") << 8 << 0 << u"pass"_s;
        QTest::newRow("seven days") << 7 << 0 << u"expiring:high"_s;
        QTest::newRow("last day") << 0 << 0 << u"expiring:high"_s;
        QTest::newRow("last day, seen 23 hours ago") << 0 << 23 << u"expiring:high"_s; // it may have just ended
        QTest::newRow("last day, seen a day ago") << 0 << 24 << u"expired:critical"_s;
        QTest::newRow("a day left, seen 47 hours ago") << 1 << 47 << u"expiring:high"_s;
        QTest::newRow("over") << -1 << 0 << u"expired:critical"_s;
        QTest::newRow("seen yesterday with eight days") << 8 << 24 << u"expiring:high"_s;
        QTest::newRow("watch fell silent") << 60 << 49 << u"not_run"_s;
    }

    void judges()
    {
        QFETCH(int, daysLeft);
        QFETCH(int, hoursAgo);
        MonitorHistory history = watched(MonitorKind::Certificate);
        Sample sample = sampleAt(hoursAgo * 3600, SampleState::Up);
        sample.certificateDaysLeft = daysLeft;
        history.samples.push_back(sample);
        const Judged judged = judgeCertificateHistory({history}, kNow);
        QTEST(said(judged), "expected");
        for (const Finding &finding : judged.findings)
            QVERIFY2(!finding.whatWeSaw.contains(u'-'), qPrintable(finding.whatWeSaw)); // no days below zero
    }

    // What a sample rounds down, those before it tell: the watch looks every hour.
    void narrowsTheEndDown_data()
    {
        QTest::addColumn<int>("endedMinutesAgo");
        QTest::addColumn<int>("lastHoursAgo"); // the last sample
        QTest::addColumn<QString>("expected");
        QTest::newRow("ended eight hours ago, seen twelve hours before that") << 480 << 20 << u"expired:critical"_s;
        QTest::newRow("ended an hour ago") << 60 << 3 << u"expired:critical"_s;
        QTest::newRow("ends in an hour") << -60 << 3 << u"expiring:high"_s;
        QTest::newRow("ends in eight days and two hours") << -8 * 24 * 60 - 120 << 1 << u"pass"_s;
        QTest::newRow("ends in eight days less a minute") << -8 * 24 * 60 + 1 << 1 << u"expiring:high"_s;
    }

    void narrowsTheEndDown()
    {
        QFETCH(int, endedMinutesAgo);
        QFETCH(int, lastHoursAgo);
        MonitorHistory history = watched(MonitorKind::Certificate);
        const QDateTime end = kNow.addSecs(-60LL * endedMinutesAgo);
        for (int hoursAgo = lastHoursAgo + 48; hoursAgo >= lastHoursAgo; --hoursAgo) {
            Sample sample = sampleAt(hoursAgo * 3600, SampleState::Up);
            sample.certificateDaysLeft = wholeDays(sample.at, end);
            history.samples.push_back(sample);
        }
        QTEST(said(judgeCertificateHistory({history}, kNow)), "expected");
    }

    // The certificate before it says nothing about the end of the one in use.
    void forgetsTheCertificateBefore()
    {
        MonitorHistory history = watched(MonitorKind::Certificate);
        for (const auto &[hoursAgo, daysLeft] : {std::pair{30, 0}, std::pair{6, 89}, std::pair{1, 89}}) {
            Sample sample = sampleAt(hoursAgo * 3600, SampleState::Up);
            sample.certificateDaysLeft = daysLeft;
            history.samples.push_back(sample);
        }
        QCOMPARE(said(judgeCertificateHistory({history}, kNow)), u"pass"_s);
    }
};

QTEST_GUILESS_MAIN(CertificateMonitorTest)
#include "tst_certificate.moc"
