#include "checks/abuse/schema.h"
#include "tests/checks/abuse/activeproof.h"
#include "tests/lab/renewed.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

// For every body of every place.
constexpr int kEnough = 2000;

} // namespace

class TestSchema : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void findsNothingInTheCleanShop_data();
    void findsNothingInTheCleanShop();
    void findsNothingInTheCleanDesk();
    void findsFaults_data();
    void findsFaults();
    void findsFaultsOfTheDesk_data();
    void findsFaultsOfTheDesk();
    void isNotFooled_data();
    void isNotFooled();
    void staysInsideItsBudget();
    void sendsNothingWithoutLeave();
    void stopsAndCleansUp_data();
    void stopsAndCleansUp();
    void removesWhatTheListDoesNotShow();
    void removesWhatHasNoTextOfOurs();
    void putsBackWhatWasThere();
    void asksOnceForAll();

private:
    ShopLab m_shop;
    DeskLab m_desk;
    LyingShop m_hostile;
};

void TestSchema::initTestCase()
{
    QVERIFY2(m_shop.isReady(), qPrintable(m_shop.problem()));
    QVERIFY2(m_desk.isReady(), qPrintable(m_desk.problem()));
    QVERIFY(m_hostile.isReady());
}

void TestSchema::init()
{
    renew(m_shop, m_desk);
}

void TestSchema::findsNothingInTheCleanShop_data()
{
    QTest::addColumn<bool>("withSchema");
    QTest::newRow("from OpenAPI") << true;
    QTest::newRow("from recorded requests") << false;
}

void TestSchema::findsNothingInTheCleanShop()
{
    QFETCH(bool, withSchema);
    BadShop scene(m_shop, isInputRoute, withSchema);
    const QJsonObject before = m_shop.shop().schemaOf("PATCH", "/api/me");
    AttackRun run = scene.newRun(kEnough);
    const Judged judged = scene.judged(run, abuseSchemaCheck());
    QVERIFY2(judged.findings.empty(), qPrintable(told(judged)));
    QVERIFY2(judged.outcome == Outcome::Pass, qPrintable(told(judged)));
    QCOMPARE(judged.observed["routes"_L1].toArray().size(), 7);
    QCOMPARE(recordsLeft(m_shop.shop().journal()), 0);
}

void TestSchema::findsNothingInTheCleanDesk()
{
    BadDesk scene(m_desk);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run, abuseSchemaCheck());
    QVERIFY2(judged.findings.empty(), qPrintable(told(judged)));
    QVERIFY2(judged.outcome == Outcome::Pass, qPrintable(told(judged)));
}

void TestSchema::findsFaults_data()
{
    using enum ShopFault;
    QTest::addColumn<ShopFault>("fault");
    QTest::addColumn<QString>("code");
    QTest::addColumn<Proof>("proof");
    QTest::newRow("types") << WrongTypesAccepted << u"wrong_type_accepted"_s << Proof::Proven;
    QTest::newRow("extra fields") << ExtraFieldsAccepted << u"extra_field_accepted"_s << Proof::Proven;
    QTest::newRow("too long") << TooLongAccepted << u"too_long_accepted"_s << Proof::Proven;
    QTest::newRow("range") << OutOfRangeAccepted << u"out_of_range_accepted"_s << Proof::Proven;
    QTest::newRow("content type") << WrongContentTypeAccepted << u"wrong_content_type_accepted"_s << Proof::Proven;
    QTest::newRow("huge body") << HugeBodyAccepted << u"huge_body_accepted"_s << Proof::Proven;
    QTest::newRow("huge page") << HugePageAccepted << u"huge_page_accepted"_s << Proof::Lead;
    QTest::newRow("crash") << CrashOnBadInput << u"crash"_s << Proof::Strong;
    QTest::newRow("stack trace") << StackTrace << u"crash"_s << Proof::Strong;
    QTest::newRow("SQL") << SqlError << u"sql_error"_s << Proof::Strong;
    QTest::newRow("template") << TemplateEvaluated << u"template_evaluated"_s << Proof::Proven;
}

void TestSchema::findsFaults()
{
    QFETCH(ShopFault, fault);
    QFETCH(QString, code);
    QFETCH(Proof, proof);
    m_shop.setFaults({fault});
    BadShop scene(m_shop, isFewInputRoutes);
    AttackRun run = scene.newRun(200);
    const Judged judged = scene.judged(run, abuseSchemaCheck());
    QVERIFY2(codesOf(judged).contains(code), qPrintable(told(judged)));
    const auto found = std::ranges::find(judged.findings, code, &Finding::code);
    QVERIFY2(found->proof == proof, qPrintable(told(judged)));
    QVERIFY(!found->evidence.empty());
    if (fault == ShopFault::HugeBodyAccepted)
        QVERIFY2(found->whatWeSaw.contains("10 MB"_L1), qPrintable(found->whatWeSaw));
    for (const Secret &secret : run.gate->knownSecrets()) {
        for (const Evidence &evidence : found->evidence)
            QVERIFY(!evidence.body.contains(QString::fromUtf8(secret.reveal())));
    }
    QCOMPARE(recordsLeft(m_shop.shop().journal()), 0);
}

void TestSchema::findsFaultsOfTheDesk_data()
{
    using enum DeskFault;
    QTest::addColumn<DeskFault>("fault");
    QTest::addColumn<QString>("code");
    QTest::newRow("too long") << TooLongAccepted << u"too_long_accepted"_s;
    QTest::newRow("crash") << CrashOnBadInput << u"crash"_s;
    QTest::newRow("stack trace") << StackTrace << u"crash"_s;
    QTest::newRow("SQL") << SqlError << u"sql_error"_s;
    QTest::newRow("HTML") << ReflectsHtml << u"html_reflected"_s;
}

void TestSchema::findsFaultsOfTheDesk()
{
    QFETCH(DeskFault, fault);
    QFETCH(QString, code);
    m_desk.setFaults({fault});
    BadDesk scene(m_desk);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run, abuseSchemaCheck());
    QVERIFY2(codesOf(judged).contains(code), qPrintable(told(judged)));
}

void TestSchema::isNotFooled_data()
{
    using enum ShopLie;
    QTest::addColumn<ShopLie>("lie");
    QTest::addColumn<Outcome>("expected");
    QTest::newRow("always 200") << AlwaysOk << Outcome::NotRun;
    QTest::newRow("always the same page") << AlwaysOkPage << Outcome::NotRun;
    QTest::newRow("always 403") << AlwaysRefused << Outcome::NotRun;
    QTest::newRow("to the login page") << ToLogin << Outcome::NotRun;
    QTest::newRow("limits us") << Limits << Outcome::NotRun;
    QTest::newRow("logs us out") << LogsOut << Outcome::NotRun;
    QTest::newRow("changes ids") << ChangesIds << Outcome::NotRun;
    QTest::newRow("breaks for good") << Breaks << Outcome::NotRun;
    QTest::newRow("always broken") << AlwaysBroken << Outcome::NotRun;
    QTest::newRow("garbage") << Garbage << Outcome::NotRun;
    QTest::newRow("slow") << IsSlow << Outcome::Pass;
}

void TestSchema::isNotFooled()
{
    QFETCH(ShopLie, lie);
    QFETCH(Outcome, expected);
    m_hostile.lie(lie);
    BadShopOf scene(m_hostile, isFewInputRoutes);
    AttackRun run = scene.newRun(kEnough);
    const Judged judged = scene.judged(run, abuseSchemaCheck());
    std::vector<Finding> real = judged.findings;
    std::erase_if(real, [](const Finding &finding) { return finding.code == "test_record_left"_L1; });
    QVERIFY2(real.empty(), qPrintable(told(judged)));
    const bool isLeft = real.size() < judged.findings.size();
    QVERIFY2(judged.outcome == expected || isLeft, qPrintable(told(judged)));
    QVERIFY2(expected == Outcome::Pass || !judged.reason.isEmpty(), qPrintable(told(judged)));
}

void TestSchema::staysInsideItsBudget()
{
    BadShop scene(m_shop);
    AttackRun run = scene.newRun(200);
    const Judged judged = scene.judged(run, abuseSchemaCheck());
    QVERIFY2(judged.findings.empty(), qPrintable(told(judged)));
    const int sent = run.gate->sentBy(u"abuse.schema"_s);
    QVERIFY2(sent > 60 && sent <= 100, qPrintable(QString::number(sent))); // half of the run's budget
    QCOMPARE(judged.observed["requests"_L1].toInt(), sent);
    QCOMPARE(recordsLeft(m_shop.shop().journal()), 0);
}

void TestSchema::sendsNothingWithoutLeave()
{
    BadShop scene(m_shop);
    AttackRun poor = scene.newRun(40); // less than the least it needs
    QCOMPARE(scene.judged(poor, abuseSchemaCheck()).outcome, Outcome::NotRun);
    QCOMPARE(poor.gate->sent(), 0);
    const NetOptions net = m_shop.netOptions();
    Observations seen(net, CancelToken(), Deadline::in(std::chrono::seconds(10)), nullptr);
    const Policy policy;
    const Judged judged = abuseSchemaCheck().look({.seen = seen,
                                                   .target = targetOf({scene.host}),
                                                   .policy = policy,
                                                   .facts = scene.facts,
                                                   .startedAt = QDateTime::currentDateTimeUtc()});
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QVERIFY(!judged.reason.isEmpty());
    QCOMPARE(m_shop.shop().journal().lines().size(), std::size_t(0));
}

void TestSchema::stopsAndCleansUp_data()
{
    QTest::addColumn<bool>("byKillSwitch");
    QTest::newRow("Stop") << false;
    QTest::newRow("kill switch") << true;
}

void TestSchema::stopsAndCleansUp()
{
    QFETCH(bool, byKillSwitch);
    BadShop scene(m_shop, isFewInputRoutes);
    AttackRun run = scene.newRun();
    const StoppedLook stopped = stoppedLook(
        // While a record is there that others are compared with.
        [&] {
            return m_shop.shop().journal().count("PATCH", "/api/projects/{id}") + recordsLeft(m_shop.shop().journal()) >
                   0;
        },
        [&] {
            if (byKillSwitch)
                *run.killed = true;
            else
                run.token.cancel();
        },
        [&] { return scene.judged(run, abuseSchemaCheck()); });
    QCOMPARE(stopped.problem(), QString());
    const Judged &judged = stopped.judged;
    QVERIFY2(judged.outcome == Outcome::NotRun || judged.outcome == Outcome::Error, qPrintable(told(judged)));
    QCOMPARE(recordsLeft(m_shop.shop().journal()), 0);
}

// The first page of a list shows the oldest records: ours are known by their own address.
void TestSchema::removesWhatTheListDoesNotShow()
{
    m_hostile.lie(ShopLie::OldestFirst);
    BadShopOf scene(m_hostile, isFewInputRoutes);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run, abuseSchemaCheck());
    QVERIFY2(judged.findings.empty() && judged.outcome == Outcome::Pass, qPrintable(told(judged)));
    QVERIFY(m_hostile.shop().journal().count("POST", "/api/projects") > 5);
    QCOMPARE(recordsLeft(m_hostile.shop().journal()), 0);
}

// A title that is a number, null or missing: the record has nothing by which a list could show it.
void TestSchema::removesWhatHasNoTextOfOurs()
{
    m_shop.setFaults({ShopFault::WrongTypesAccepted});
    BadShop scene(m_shop, isFewInputRoutes);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run, abuseSchemaCheck());
    QVERIFY2(codesOf(judged).contains(u"wrong_type_accepted"_s), qPrintable(told(judged)));
    QVERIFY2(!codesOf(judged).contains(u"test_record_left"_s), qPrintable(told(judged)));
    QCOMPARE(recordsLeft(m_shop.shop().journal()), 0);
}

void TestSchema::putsBackWhatWasThere()
{
    m_shop.setFaults({ShopFault::WrongTypesAccepted, ShopFault::TooLongAccepted});
    BadShop scene(m_shop, [](const ShopRouteLine &line) { return line.path == "/api/settings"; });
    const auto settings = [&] {
        PageRequest request{.method = "GET", .target = "/api/settings", .authority = m_shop.shop().apiHost()};
        request.headers["authorization"] =
            "Bearer " + m_shop.shop().tokenWith(m_shop.shop().account(u"Birch Bakery"_s, u"admin"_s));
        return m_shop.shop().answer(request).body;
    };
    const QByteArray before = settings();
    QVERIFY2(before.contains("invoice_footer"), before);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run, abuseSchemaCheck());
    QVERIFY2(codesOf(judged).contains(u"wrong_type_accepted"_s), qPrintable(told(judged)));
    QCOMPARE(settings(), before);
}

// Other checks look at the same answers: nothing is sent twice.
void TestSchema::asksOnceForAll()
{
    BadShop scene(m_shop, isFewInputRoutes);
    AttackRun run = scene.newRun();
    scene.judged(run, abuseSchemaCheck());
    const int sent = run.gate->sent();
    scene.judged(run, abuseSchemaCheck());
    QCOMPARE(run.gate->sent(), sent);
}

QTEST_GUILESS_MAIN(TestSchema)
#include "tst_schema.moc"
