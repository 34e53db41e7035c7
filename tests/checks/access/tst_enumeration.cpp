// access.enumeration: both practice products, and servers that misbehave.
#include "tests/checks/access/enumerationscene.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

void putSamples(ShopAbuse &scene)
{
    for (RouteSample &sample : scene.facts.samples) {
        if (sample.path == "/api/sign-up"_L1)
            sample.body = R"({"company":"Moreau","email":"person@example.com","name":"Alex","password":"<value>"})";
    }
    scene.facts.actors.push_back(
        actorOf(scene.lab.shop().account(kCedar, u"admin"_s), scene.facts.actors.front().signIn));
}

} // namespace

class TestEnumeration : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void findsNothingInTheCleanProducts();
    void findsFaultsOfTheShop_data();
    void findsFaultsOfTheShop();
    void findsFaultsOfTheDesk_data();
    void findsFaultsOfTheDesk();
    void measuresTheAnswerAlone();
    void tellsByTheClock();
    void believesNoHostileServer_data();
    void believesNoHostileServer();
    void endsWhenStopped();

private:
    std::unique_ptr<ShopLab> m_shop;
    std::unique_ptr<DeskLab> m_desk;
};

void TestEnumeration::initTestCase()
{
    m_shop = std::make_unique<ShopLab>();
    m_desk = std::make_unique<DeskLab>();
    QVERIFY2(m_shop->isReady(), qPrintable(m_shop->problem()));
    QVERIFY2(m_desk->isReady(), qPrintable(m_desk->problem()));
}

void TestEnumeration::findsNothingInTheCleanProducts()
{
    m_shop->reset();
    ShopAbuse scene(*m_shop, mayWrite);
    putSamples(scene);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(enumerationCheck(workOf(m_shop->shop())), run);
    QVERIFY2(isClean(judged), qPrintable(told(judged)));
    QCOMPARE(judged.observed["entries"_L1].toArray().size(), 4);
    for (const QJsonValue &one : judged.observed["entries"_L1].toArray())
        QVERIFY2(one["known"_L1].toInt() >= 7 && one["time"_L1].isObject(), qPrintable(told(judged)));
    const int sent = run.gate->sentBy(u"access.enumeration"_s);
    QVERIFY2(sent > 80 && sent <= run.gate->mostAnnouncedBy(u"access.enumeration"_s),
             qPrintable(QString::number(sent)));
    QCOMPARE(judged.observed["requests"_L1].toInt(), sent);
    m_desk->reset();
    DeskAbuse desk(*m_desk);
    AttackRun deskRun = desk.newRun();
    const Judged ofDesk = desk.judged(enumerationCheck(workOf(m_desk->desk())), deskRun);
    QVERIFY2(isClean(ofDesk), qPrintable(told(ofDesk)));
}

void TestEnumeration::findsFaultsOfTheShop_data()
{
    using enum ShopFault;
    QTest::addColumn<FaultSet<ShopFault>>("faults");
    QTest::addColumn<QStringList>("expected");
    const auto all = [](const char *code) {
        return QStringList{QString::fromLatin1(code) + u" POST /api/invitations"_s,
                           QString::fromLatin1(code) + u" POST /api/login"_s,
                           QString::fromLatin1(code) + u" POST /api/password/forgot"_s,
                           QString::fromLatin1(code) + u" POST /api/sign-up"_s};
    };
    QTest::newRow("by text") << FaultSet<ShopFault>{LoginText, SignUpText, ResetText, InviteText}
                             << all("tells_by_answer");
    QTest::newRow("by status") << FaultSet<ShopFault>{LoginStatus, SignUpStatus, ResetStatus, InviteStatus}
                               << all("tells_by_answer");
    QTest::newRow("by time") << FaultSet<ShopFault>{LoginTime, SignUpTime, ResetTime, InviteTime}
                             << all("tells_by_time");
    QTest::newRow("login alone") << FaultSet<ShopFault>{LoginText} << QStringList{u"tells_by_answer POST /api/login"_s};
}

void TestEnumeration::findsFaultsOfTheShop()
{
    QFETCH(FaultSet<ShopFault>, faults);
    QFETCH(QStringList, expected);
    m_shop->reset();
    m_shop->setFaults(faults);
    ShopAbuse scene(*m_shop, mayWrite);
    putSamples(scene);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(enumerationCheck(workOf(m_shop->shop())), run);
    m_shop->setFaults({});
    QVERIFY2(found(judged) == expected, qPrintable(found(judged).join(u", "_s) + told(judged)));
    for (const Finding &finding : judged.findings) {
        QCOMPARE(finding.proof, finding.code == "tells_by_time"_L1 ? Proof::Strong : Proof::Proven);
        QCOMPARE(finding.evidence.size(), std::size_t(2));
    }
}

void TestEnumeration::findsFaultsOfTheDesk_data()
{
    using enum DeskFault;
    QTest::addColumn<FaultSet<DeskFault>>("faults");
    QTest::addColumn<QStringList>("expected");
    const auto both = [](const char *code) {
        return QStringList{QString::fromLatin1(code) + u" POST /forgot"_s,
                           QString::fromLatin1(code) + u" POST /login"_s};
    };
    QTest::newRow("by text") << FaultSet<DeskFault>{LoginText, ResetText} << both("tells_by_answer");
    QTest::newRow("by status") << FaultSet<DeskFault>{LoginStatus, ResetStatus} << both("tells_by_answer");
    QTest::newRow("by time") << FaultSet<DeskFault>{LoginTime, ResetTime} << both("tells_by_time");
}

void TestEnumeration::findsFaultsOfTheDesk()
{
    QFETCH(FaultSet<DeskFault>, faults);
    QFETCH(QStringList, expected);
    m_desk->reset();
    m_desk->setFaults(faults);
    DeskAbuse scene(*m_desk);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(enumerationCheck(workOf(m_desk->desk())), run);
    m_desk->setFaults({});
    QVERIFY2(found(judged) == expected, qPrintable(found(judged).join(u", "_s) + told(judged)));
}

void TestEnumeration::measuresTheAnswerAlone()
{
    using std::chrono::milliseconds;
    HttpResponse answer;
    answer.timings = {.connect = milliseconds(20), .tls = milliseconds(30), .total = milliseconds(170)};
    QCOMPARE(measuredTime(answer), 120.0);
}

// As the program measures: it finds the leak, or says itself that the times did not tell, as on a busy machine.
void TestEnumeration::tellsByTheClock()
{
    m_shop->reset();
    m_shop->setFaults({ShopFault::LoginTime});
    constexpr int kTries = 3;
    for (int i = 0; i < kTries; ++i) {
        ShopAbuse scene(*m_shop, mayWrite);
        AttackRun run = scene.newRun();
        const Judged judged = scene.judged(enumerationCheck(), run);
        const QStringList codes = found(judged);
        const std::vector<Unseen> open = unseenIn(judged.observed);
        const bool couldNotTell = std::ranges::any_of(open, [](const Unseen &one) {
            return one.code == "tells_by_time"_L1 && one.subject == "POST /api/login"_L1;
        });
        if (codes.contains(u"tells_by_time POST /api/login"_s))
            return;
        QVERIFY2(couldNotTell, qPrintable(told(judged)));
        m_shop->reset();
        m_shop->setFaults({ShopFault::LoginTime});
    }
    QSKIP("This machine is too busy for times to tell, and the program says so.");
}

void TestEnumeration::believesNoHostileServer_data()
{
    QTest::addColumn<lab::Manners>("manners");
    QTest::addColumn<QString>("expected");
    QTest::newRow("always 200") << lab::Manners{.alwaysStatus = 200, .alwaysBody = R"({"ok":true})"} << u"not_run"_s;
    QTest::newRow("always 403") << lab::Manners{.alwaysStatus = 403, .alwaysBody = "no"} << u"not_run"_s;
    QTest::newRow("always broken") << lab::Manners{.alwaysStatus = 500, .alwaysBody = "oops"} << u"not_run"_s;
    QTest::newRow("sends everybody to the login") << lab::Manners{.loginPath = "/sign-in"} << u"not_run"_s;
    QTest::newRow("limits us at once") << lab::Manners{.limitAfter = 1} << u"not_run"_s;
    QTest::newRow("limits us soon") << lab::Manners{.limitAfter = 9} << u"info"_s;
    QTest::newRow("logs us out") << lab::Manners{.logOutAfter = 0} << u"not_run"_s;
    QTest::newRow("changes ids") << lab::Manners{.changesIds = true} << u"pass"_s;
    QTest::newRow("answers slowly") << lab::Manners{.slowness = std::chrono::milliseconds(20)} << u"pass"_s;
    QTest::newRow("cuts its answers off") << lab::Manners{.hangUpAfter = 0} << u"not_run"_s;
}

void TestEnumeration::believesNoHostileServer()
{
    QFETCH(lab::Manners, manners);
    QFETCH(QString, expected);
    const HostileLogin login(manners);
    AttackRun run = login.newRun();
    const Judged judged = login.judged(enumerationCheck(alikeTime), run);
    const bool isAsExpected = expected == "pass"_L1 ? isClean(judged) : said(judged) == expected;
    QVERIFY2(isAsExpected, qPrintable(told(judged)));
    QVERIFY(judged.outcome == Outcome::Pass || !judged.reason.isEmpty());
}

void TestEnumeration::endsWhenStopped()
{
    const HostileLogin login({.slowness = std::chrono::milliseconds(30)});
    AttackRun run = login.newRun();
    QElapsedTimer timer;
    std::jthread stopper([&] {
        while (login.web.count("/login") < 5)
            std::this_thread::yield();
        timer.start();
        run.token.cancel();
    });
    const Judged judged = login.judged(enumerationCheck(alikeTime), run);
    stopper.join();
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY2(judged.outcome == Outcome::NotRun, qPrintable(told(judged)));
}

QTEST_GUILESS_MAIN(TestEnumeration)
#include "tst_enumeration.moc"
