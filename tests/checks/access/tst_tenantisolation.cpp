#include "checks/access/tenantisolation.h"
#include "tests/checks/access/shopscene.h"
#include "tests/checks/web/pages.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

bool isRecordRoute(const ShopRouteLine &line)
{
    static const QRegularExpression records(u"^/api/(?:customers|invoices|projects|notes)(?:/\\{id\\}|/lookup)?$"_s);
    return records.match(QString::fromLatin1(line.path)).hasMatch();
}

// What the project knows and the run that asks.
struct ShopScene
{
    explicit ShopScene(ShopLab &given) : lab(given), host(QString::fromLatin1(lab.shop().apiHost()))
    {
        facts = factsOf(lab, isRecordRoute);
        facts.actors =
            actorsOf(lab.shop(), jsonSignIn(lab.url("/api/login")), lab.url("/api/me").toString(), u"/email"_s);
    }

    Judged judged(AttackRun &run) { return run.run(tenantIsolationCheck(), targetOf({host}), facts); }
    AttackRun newRun(int requests = 400)
    {
        return AttackRun(lab.netOptions(), {host}, secretsOf(lab.shop()), requests);
    }

    ShopLab &lab;
    QString host;
    ProjectFacts facts;
};

QStringList codesOf(const Judged &judged)
{
    QStringList codes;
    for (const Finding &finding : judged.findings)
        codes.append(finding.code);
    codes.removeDuplicates();
    codes.sort();
    return codes;
}

QString told(const Judged &judged)
{
    return said(judged) + u" | "_s + judged.reason + u" | "_s +
           QString::fromUtf8(QJsonDocument(judged.observed).toJson(QJsonDocument::Compact)).left(6000);
}

bool hasCanaries(ShopLab &lab, AttackRun &run)
{
    Q_UNUSED(run);
    int made = 0;
    int removed = 0;
    for (const JournalLine &line : lab.shop().journal().lines()) {
        made += line.method == "POST" && line.status == 201 ? 1 : 0;
        removed += line.method == "DELETE" && line.status == 204 ? 1 : 0;
    }
    return made != removed;
}

} // namespace

class TestTenantIsolation : public QObject
{
    Q_OBJECT

private slots:
    void judges_data();
    void judges();
    void findsNothingInTheCleanShop();
    void findsFaults_data();
    void findsFaults();
    void staysInsideItsBudget();
    void stopsAndCleansUp();
};

void TestTenantIsolation::judges_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("times");
    QTest::addColumn<QString>("expected");
    const QByteArray canary = "LC-CANARY-abcdefghij23";
    QTest::newRow("hidden") << 404 << QByteArray(R"({"error":"x"})") << 5 << u"pass"_s;
    QTest::newRow("refused") << 403 << QByteArray(R"({"error":"x"})") << 5 << u"pass"_s;
    QTest::newRow("too few answers") << 404 << QByteArray(R"({"error":"x"})") << 4 << u"not_run"_s;
    QTest::newRow("the test record") << 200 << QByteArray(R"({"id":7,"title":")" + canary + R"("})") << 1
                                     << u"cross_path:critical"_s;
    QTest::newRow("the test record in a refusal")
        << 403 << QByteArray(R"({"was":")" + canary + R"("})") << 1 << u"cross_path:critical"_s;
    QTest::newRow("values of the owner") << 200 << QByteArray(R"({"a":"Lantern Hotel","b":"Rosa Mill Cafe"})") << 1
                                         << u"cross_path:high"_s;
    QTest::newRow("one value of the owner")
        << 200 << QByteArray(R"({"a":"Lantern Hotel"})") << 1 << u"cross_path:medium"_s;
    QTest::newRow("own record") << 200 << QByteArray(R"({"id":9,"title":"Greta Holm"})") << 5 << u"pass"_s;
    QTest::newRow("nothing in it") << 200 << QByteArray("[]") << 5 << u"pass"_s;
    QTest::newRow("broken server") << 500 << QByteArray("oops") << 9 << u"not_run"_s;
    QTest::newRow("not understood") << 422 << QByteArray(R"({"error":"x"})") << 9 << u"not_run"_s;
    QTest::newRow("says no with 200") << 200 << QByteArray(R"({"error":"forbidden"})") << 5 << u"pass"_s;
}

void TestTenantIsolation::judges()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(int, times);
    QFETCH(QString, expected);
    const QByteArray json = "Content-Type: application/json";
    TenantLook look;
    look.markers = Markers({{u"LC-CANARY-abcdefghij23"_s, MarkerKind::Canary, {}},
                            {u"Lantern Hotel"_s, MarkerKind::Value, {}},
                            {u"Rosa Mill Cafe"_s, MarkerKind::Value, {}}});
    ResourceLook resource{.name = u"note"_s, .id = u"7"_s};
    resource.record = answer(200, json, R"({"id":7,"title":"LC-CANARY-abcdefghij23"})");
    for (int i = 0; i < times; ++i) {
        CrossedAnswer one{.crossing = {.routeName = u"GET /notes/{id}"_s}, .answer = answer(status, json, body)};
        one.crossing.request.url = QUrl(u"https://app.example.com/notes/7"_s);
        resource.crossed.push_back(one);
    }
    look.resources = {resource};
    QCOMPARE(said(judgeTenantIsolation(look)), expected);
}

void TestTenantIsolation::findsNothingInTheCleanShop()
{
    ShopLab lab;
    QVERIFY2(lab.isReady(), qPrintable(lab.problem()));
    ShopScene scene(lab);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    QVERIFY2(judged.findings.empty(), qPrintable(told(judged)));
    QVERIFY2(judged.outcome == Outcome::Pass, qPrintable(told(judged)));
    const QJsonArray resources = judged.observed["resources"_L1].toArray();
    QVERIFY2(resources.size() >= 4, qPrintable(told(judged)));
    QVERIFY(!hasCanaries(lab, run));
    qInfo("%d requests", judged.observed["requests"_L1].toInt());
}

void TestTenantIsolation::findsFaults_data()
{
    using enum ShopFault;
    QTest::addColumn<ShopFault>("fault");
    QTest::addColumn<QString>("code");
    QTest::newRow("path") << CrossPath << u"cross_path"_s;
    QTest::newRow("query") << CrossQuery << u"cross_query"_s;
    QTest::newRow("body") << CrossBody << u"cross_body"_s;
    QTest::newRow("header") << CrossHeader << u"cross_header"_s;
    QTest::newRow("filter") << CrossListFilter << u"cross_filter"_s;
    QTest::newRow("polluted filter") << CrossPollutedFilter << u"cross_filter"_s;
    QTest::newRow("export") << CrossExport << u"cross_export"_s;
    QTest::newRow("search") << CrossSearch << u"cross_search"_s;
    QTest::newRow("blind write") << BlindWrite << u"cross_write"_s;
    QTest::newRow("existence") << ExistenceOracle << u"existence_oracle"_s;
    QTest::newRow("open to anybody") << SignedInRouteOpen << u"open_to_strangers"_s;
}

void TestTenantIsolation::findsFaults()
{
    QFETCH(ShopFault, fault);
    QFETCH(QString, code);
    ShopLab lab({.faults = {fault}});
    QVERIFY2(lab.isReady(), qPrintable(lab.problem()));
    ShopScene scene(lab);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    QVERIFY2(codesOf(judged).contains(code), qPrintable(told(judged)));
    const auto found = std::ranges::find(judged.findings, code, &Finding::code);
    QVERIFY2(found->proof == (code == "existence_oracle"_L1 ? Proof::Strong : Proof::Proven), qPrintable(told(judged)));
    QVERIFY(!found->evidence.empty());
    for (const Secret &secret : run.gate->knownSecrets())
        QVERIFY(!found->evidence.front().body.contains(QString::fromUtf8(secret.reveal())));
}

void TestTenantIsolation::staysInsideItsBudget()
{
    ShopLab lab;
    ShopScene scene(lab);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    QCOMPARE(judged.observed["requests"_L1].toInt() > 50, true);
    QVERIFY(run.gate->sentBy(u"access.tenant-isolation"_s) <= 250);
    AttackRun poor = scene.newRun(40); // less than it needs: nothing is sent
    QCOMPARE(scene.judged(poor).outcome, Outcome::NotRun);
    QCOMPARE(poor.gate->sent(), 0);
}

void TestTenantIsolation::stopsAndCleansUp()
{
    ShopLab lab;
    ShopScene scene(lab);
    AttackRun run = scene.newRun();
    std::jthread stopper([&] {
        // As soon as something was planted.
        while (lab.shop().journal().count("POST", "/api/customers") == 0)
            std::this_thread::yield();
        run.token.cancel();
    });
    QElapsedTimer timer;
    timer.start();
    const Judged judged = scene.judged(run);
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY2(judged.outcome == Outcome::NotRun, qPrintable(told(judged)));
    stopper.join();
    QVERIFY(!hasCanaries(lab, run));
}

QTEST_GUILESS_MAIN(TestTenantIsolation)
#include "tst_tenantisolation.moc"
