#include "app/composition.h"
#include "checks/engine/runner.h"
#include "lab/zonescript.h"
#include "tests/app/labproduct.h"

#include <QSignalSpy>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

DnsReply silent(const DnsQuestionSeen &)
{
    return {.silent = true};
}

ScriptedDns::Script answersNothing()
{
    return silent;
}

} // namespace

// Stop, pressed while every check of the product waits for servers that will never answer.
class TestStop : public QObject
{
    Q_OBJECT

private slots:
    void endsWithinASecond_data();
    void endsWithinASecond();
};

void TestStop::endsWithinASecond_data()
{
    QTest::addColumn<ScriptedDns::Script>("dns");
    QTest::addColumn<lab::Script>("site");
    QTest::addColumn<LabProduct::Web>("web");
    const lab::Script hangs = [](lab::Connection &connection) { connection.hang(); };
    using Web = LabProduct::Web;
    QTest::newRow("silent name servers") << answersNothing() << healthySite() << Web::Tls;
    QTest::newRow("TLS that hangs after the hello") << zoneScript(healthyZone()) << hangs << Web::BareTcp;
    QTest::newRow("HTTP that hangs after the request") << zoneScript(healthyZone()) << hangs << Web::Tls;
    QTest::newRow("nothing answers at all") << answersNothing() << hangs << Web::BareTcp;
}

void TestStop::endsWithinASecond()
{
    QFETCH(ScriptedDns::Script, dns);
    QFETCH(lab::Script, site);
    QFETCH(LabProduct::Web, web);
    const LabProduct product(dns, site, web);
    const auto composition = compose(u"en"_s);
    QVERIFY(composition);
    Runner runner(composition->runServices());
    RunRequest request;
    request.plan.target = *parseAddress(u"example.com"_s);
    request.plan.roadmap = *composition->roadmap(QString::fromLatin1(kDefaultRoadmapId));
    request.net = product.netOptions();
    request.net.operationTimeout = 60s;
    QSignalSpy finished(&runner, &Runner::finished);
    QVERIFY(runner.start(request));
    QTRY_VERIFY(product.questionsSeen() > 0); // it waits for an answer
    const auto pressed = Clock::now();
    runner.stop();
    QVERIFY(finished.wait(10000));
    const std::chrono::duration<double, std::milli> took = Clock::now() - pressed;
    QVERIFY2(took < 1s, qPrintable(u"%1 ms"_s.arg(took.count())));
    const Run run = finished.first().first().value<Run>();
    QVERIFY(run.stopped);
    QCOMPARE(std::ranges::count(
                 run.results, QString(),
                 [](const CheckResult &r) { return r.outcome == Outcome::NotRun ? r.reason : u"looked at"_s; }),
             0);
}

QTEST_GUILESS_MAIN(TestStop)
#include "tst_stop.moc"
