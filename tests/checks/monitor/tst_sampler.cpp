#include "checks/monitor/sampler.h"
#include "lab/zonescript.h"
#include "tests/checks/web/pages.h"
#include "tests/lab/hostileserver.h"

#include <QTemporaryFile>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int kDaysLeft = 40;

Script answering(int status)
{
    return [status](Connection &connection) {
        connection.readRequest();
        connection.write("HTTP/1.1 " + QByteArray::number(status) + " X\r\nContent-Length: 2\r\n\r\nok");
    };
}

NetOptions quickOptions()
{
    NetOptions options;
    options.operationTimeout = 800ms;
    return options;
}

Sample look(const QUrl &url, const NetOptions &options = quickOptions(), MonitorKind kind = MonitorKind::Uptime)
{
    Monitor monitor;
    monitor.kind = kind;
    monitor.url = url.toString();
    return takeSample(monitor, options, CancelToken());
}

// A server on this machine whose certificate ends in kDaysLeft days, and the root that vouches for it.
struct CertifiedServer
{
    Identity root = makeRoot(u"Test root"_s);
    HostileServer server{
        answering(200),
        TlsSetup{.chain = {makeSigned({.commonName = u"127.0.0.1"_s,
                                       .names = {u"127.0.0.1"_s},
                                       .notAfter = QDateTime::currentDateTimeUtc().addDays(kDaysLeft).addSecs(3600)},
                                      root)}}};
};

} // namespace

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

    void looksAtRealServers()
    {
        const HostileServer up(answering(200));
        const Sample sample = look(up.url());
        QCOMPARE(sample.state, SampleState::Up);
        QCOMPARE(sample.httpStatus, 200);
        QVERIFY(sample.total >= sample.firstByte);
        const HostileServer broken(answering(500));
        QCOMPARE(look(broken.url()).state, SampleState::Down);
    }

    void noticesThatNobodyAnswers()
    {
        QUrl gone;
        {
            const HostileServer server(answering(200));
            gone = server.url();
        }
        const Sample refused = look(gone);
        QCOMPARE(refused.state, SampleState::Down);
        QVERIFY(!refused.message.isEmpty());
        const HostileServer silent([](Connection &connection) { connection.hang(); });
        QCOMPARE(look(silent.url()).state, SampleState::Down);
    }

    void countsTheDaysOfACertificate()
    {
        const CertifiedServer certified;
        QTemporaryFile roots;
        QVERIFY(roots.open());
        roots.write(certified.root.certificatePem());
        roots.close();
        NetOptions trusting = quickOptions();
        trusting.caFile = roots.fileName();
        const Sample good = look(certified.server.url(), trusting, MonitorKind::Certificate);
        QVERIFY2(good.state == SampleState::Up, qPrintable(good.message));
        QCOMPARE(good.certificateDaysLeft, kDaysLeft);
        const Sample strange = look(certified.server.url(), quickOptions(), MonitorKind::Certificate);
        QCOMPARE(strange.state, SampleState::Down); // nobody vouches for it
        QCOMPARE(strange.certificateDaysLeft, kDaysLeft);
    }

    void tellsItsOwnLineFromTheProduct()
    {
        const QUrl url(u"https://app.example.com/"_s);
        const ScriptedDns line(
            zoneScript({u"com. SILENT"_s, u"org. SILENT"_s, u"net. SILENT"_s, u"app.example.com. SILENT"_s}));
        NetOptions offline = quickOptions();
        offline.resolvers = {line.address()};
        QCOMPARE(look(url, offline).state, SampleState::Unknown);
        const ScriptedDns others(zoneScript({u"example.com. 60 IN A 192.0.2.1"_s}));
        NetOptions online = quickOptions();
        online.resolvers = {others.address()};
        QCOMPARE(look(url, online).state, SampleState::Down); // the name itself is gone
    }
};

QTEST_GUILESS_MAIN(SamplerTest)
#include "tst_sampler.moc"
