#include "checks/monitor/sampler.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class SamplerTest : public QObject
{
    Q_OBJECT

private slots:
    void judgesAnswers_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QString>("expected");
        QTest::newRow("200") << 200 << QByteArray() << u"up"_s;
        QTest::newRow("401 is alive") << 401 << QByteArray() << u"up"_s;
        QTest::newRow("404") << 404 << QByteArray() << u"down"_s;
        QTest::newRow("500") << 500 << QByteArray() << u"down"_s;
        QTest::newRow("429 is about us") << 429 << QByteArray() << u"unknown"_s;
        QTest::newRow("challenge") << 200 << QByteArray("cf-mitigated: challenge") << u"unknown"_s;
    }

    void judgesAnswers()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, headers);
        QTEST(toWord(sampleOf({}, arrivedAt(answer(status, headers)), QDateTime::currentDateTimeUtc()).state),
              "expected");
    }

    void blamesItsOwnLineFirst()
    {
        const Error error{ErrorKind::TimedOut, u"silent"_s, {}};
        const QDateTime now = QDateTime::currentDateTimeUtc();
        QCOMPARE(sampleOf({}, error, false, now).state, SampleState::Unknown);
        QCOMPARE(sampleOf({}, error, true, now).state, SampleState::Down);
        QCOMPARE(sampleOf({}, Error{ErrorKind::Cancelled, u"stopped"_s, {}}, true, now).state, SampleState::Unknown);
    }

    void refusesAnUntrustedCertificate()
    {
        HttpResponse got = answer(200);
        got.trust = CertificateTrust::Untrusted;
        QCOMPARE(sampleOf({}, arrivedAt(got), QDateTime::currentDateTimeUtc()).state, SampleState::Down);
    }
};

QTEST_GUILESS_MAIN(SamplerTest)
#include "tst_sampler.moc"
