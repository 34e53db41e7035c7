#include "checks/monitor/certificate.h"
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
};

QTEST_GUILESS_MAIN(CertificateMonitorTest)
#include "tst_certificate.moc"
