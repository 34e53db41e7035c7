#include "checks/access/methodtampering.h"
#include "checks/access/tenantisolation.h"
#include "tests/checks/access/accesslab.h"
#include "tests/checks/access/bentshop.h"
#include "tests/checks/earlierfinding.h"
#include "tests/checks/web/pages.h"

#include <QJsonArray>
#include <QTest>

#include <atomic>
#include <memory>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QString kChange = u"PATCH /api/customers/{id}"_s;
const QString kRemoval = u"DELETE /api/customers/{id}"_s;

bool closesWrite(const Judged &judged, const QString &subject, const QString &code)
{
    return test::closes(judged, {.code = code, .subject = subject});
}

QString told(const Judged &judged)
{
    return said(judged) + u" | "_s + judged.reason + u" | "_s +
           QString::fromUtf8(QJsonDocument(judged.observed).toJson(QJsonDocument::Compact)).left(6000);
}

TenantLook lookThatHolds()
{
    const QByteArray json = "Content-Type: application/json";
    TenantLook look;
    look.markers = Markers({{u"LC-CANARY-abcdefghij23"_s, MarkerKind::Canary, {}}});
    ResourceLook resource{.name = u"note"_s, .id = u"7"_s};
    resource.record = answer(200, json, R"({"id":7,"title":"LC-CANARY-abcdefghij23"})");
    for (int i = 0; i < kFewestCrossings; ++i)
        resource.crossed.push_back(
            {.crossing = {.routeName = u"GET /notes/{id}"_s}, .answer = answer(404, json, R"({"error":"x"})")});
    resource.planned = {u"GET /notes/{id}"_s, u"GET /notes/export.csv"_s};
    look.resources = {resource};
    return look;
}

} // namespace

// Changes that were planned on a test record and not sent: said, and no reason to close what they had found.
class TestUnsentWrites : public QObject
{
    Q_OBJECT

private slots:
    void judgesCrossings_data();
    void judgesCrossings();
    void leavesOpenWhatNobodyAsked();
    void crossesNoRecordThatCannotBeMade_data();
    void crossesNoRecordThatCannotBeMade();
    void disguisesNoChangeWithoutARecord_data();
    void disguisesNoChangeWithoutARecord();
    void disguisesNoChangeThatNobodySees();
};

void TestUnsentWrites::judgesCrossings_data()
{
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<bool>("isUnsent");
    QTest::addColumn<QString>("expected");
    QTest::newRow("all went out") << QString() << false << u"pass"_s;
    QTest::newRow("nothing was planned") << QString() << true << u"pass"_s;
    QTest::newRow("planned, and not sent") << u"Not sent."_s << true << u"info"_s;
}

void TestUnsentWrites::judgesCrossings()
{
    QFETCH(QString, sentence);
    QFETCH(bool, isUnsent);
    TenantLook look = lookThatHolds();
    look.resources.front().planned.removeLast(); // all of it was asked
    if (isUnsent)
        look.unsent = {{.hides = {{.subject = u"PATCH /notes/{id}"_s, .code = u"cross_write"_s}},
                        .sentence = sentence,
                        .isSlight = sentence.isEmpty()}};
    const Judged judged = judgeTenantIsolation(look);
    QTEST(said(judged), "expected");
    QCOMPARE(judged.reason, sentence);
    QCOMPARE(closesWrite(judged, u"PATCH /notes/{id}"_s, u"cross_write"_s), !isUnsent);
    QVERIFY(closesWrite(judged, u"DELETE /notes/{id}"_s, u"cross_delete"_s));
}

void TestUnsentWrites::leavesOpenWhatNobodyAsked()
{
    TenantLook look = lookThatHolds();
    Judged judged = judgeTenantIsolation(look);
    QVERIFY(closesWrite(judged, u"GET /notes/{id}"_s, u"cross_path"_s));
    QVERIFY(!closesWrite(judged, u"GET /notes/{id}"_s, u"cross_method"_s)); // no POST went out
    QVERIFY(!closesWrite(judged, u"GET /notes/export.csv"_s, u"cross_export"_s));
    QVERIFY2(judged.reason.contains("GET /notes/export.csv"_L1), qPrintable(judged.reason));
    QCOMPARE(said(judged), u"info"_s);
    // A kind of record that was not tried at all, beside one that holds.
    ResourceLook left{.name = u"order"_s, .id = {}};
    left.planned = {u"GET /orders/{id}"_s};
    left.notTested = u"Nothing was found."_s;
    look.resources.push_back(left);
    judged = judgeTenantIsolation(look);
    QCOMPARE(said(judged), u"info"_s);
    QVERIFY(!closesWrite(judged, u"GET /orders/{id}"_s, u"cross_path"_s));
}

void TestUnsentWrites::crossesNoRecordThatCannotBeMade_data()
{
    QTest::addColumn<bool>("isRefused");
    QTest::newRow("made") << false;
    QTest::newRow("refused") << true;
}

// The reads are refused as they should be; that alone once passed.
void TestUnsentWrites::crossesNoRecordThatCannotBeMade()
{
    QFETCH(bool, isRefused);
    BentShop lab([isRefused](const PageRequest &request, BentShop &) -> std::optional<PageReply> {
        if (isRefused && request.method == "POST" && request.path() == "/api/customers")
            return PageReply{.status = 422, .contentType = "application/json", .body = R"({"error":"no plan"})"};
        return std::nullopt;
    });
    QVERIFY(lab.isReady());
    ShopScene scene(lab);
    scene.keepCustomers();
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    QVERIFY2(judged.findings.empty(), qPrintable(told(judged)));
    QCOMPARE(judged.outcome, isRefused ? Outcome::Info : Outcome::Pass);
    QCOMPARE(judged.reason.contains(kChange + u", "_s + kRemoval + u": not tried as"_s), isRefused);
    QVERIFY2(closesWrite(judged, kChange, u"cross_write"_s) != isRefused, qPrintable(told(judged)));
    QVERIFY2(closesWrite(judged, kRemoval, u"cross_delete"_s) != isRefused, qPrintable(told(judged)));
    QVERIFY2(closesWrite(judged, u"GET /api/customers/{id}"_s, u"cross_path"_s), qPrintable(told(judged)));
}

void TestUnsentWrites::disguisesNoChangeWithoutARecord_data()
{
    QTest::addColumn<QByteArray>("refused"); // the request that is answered with 422
    QTest::addColumn<bool>("isMarked");      // routes as safe to write
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<bool>("closes");
    QTest::newRow("all goes out") << QByteArray() << true << Outcome::Pass << true;
    QTest::newRow("no record can be made") << QByteArray("POST /api/notes") << true << Outcome::Info << false;
    QTest::newRow("nothing is marked") << QByteArray() << false << Outcome::Pass << false;
}

void TestUnsentWrites::disguisesNoChangeWithoutARecord()
{
    QFETCH(QByteArray, refused);
    QFETCH(bool, isMarked);
    ShopRun run({}, 500);
    run.keepRoutes({u"/api/admin/users"_s, u"/api/me"_s, u"/api/notes"_s, u"/pricing"_s});
    for (Route &route : run.facts.routes)
        route.safeToWrite = route.safeToWrite && isMarked;
    run.lie([refused](const PageRequest &request) -> std::optional<PageReply> {
        if (!refused.isEmpty() && request.method + ' ' + request.path() == refused)
            return PageReply{.status = 422, .contentType = "application/json", .body = R"({"error":"no plan"})"};
        return std::nullopt;
    });
    const Judged judged = run.run(methodTamperingCheck());
    QVERIFY2(judged.findings.empty(), qPrintable(toldBy(judged)));
    QTEST(judged.outcome, "outcome");
    QCOMPARE(judged.reason.contains("was not tried in disguise"_L1), !refused.isEmpty());
    for (const QString &code : {u"override_writes"_s, u"content_type_swap"_s}) {
        QFETCH(bool, closes);
        QVERIFY2(closesWrite(judged, {}, code) == closes, qPrintable(toldBy(judged)));
    }
}

// After the ordinary change, which is refused, its owner cannot read the record: what came of the change is not known.
void TestUnsentWrites::disguisesNoChangeThatNobodySees()
{
    ShopRun run({}, 500);
    run.keepRoutes({u"/api/admin/users"_s, u"/api/me"_s, u"/api/notes"_s, u"/pricing"_s});
    const auto isAsked = std::make_shared<std::atomic_bool>(false);
    run.lie([isAsked, &run](const PageRequest &request) -> std::optional<PageReply> {
        const bool isRecord = request.path().startsWith("/api/notes/");
        if (isRecord && request.method == "PATCH") {
            PageReply reply = run.shop.shop().answer(request);
            *isAsked = reply.status >= 400; // and not where its owner changes it back
            return reply;
        }
        if (!isRecord || request.method != "GET" || !isAsked->exchange(false))
            return std::nullopt;
        return PageReply{.status = 500, .contentType = "application/json", .body = R"({"error":"broken"})"};
    });
    const Judged judged = run.run(methodTamperingCheck());
    QVERIFY2(judged.findings.empty() && judged.outcome == Outcome::Info, qPrintable(toldBy(judged)));
    QVERIFY2(judged.reason.contains("could not read it"_L1), qPrintable(judged.reason));
    QCOMPARE(judged.observed["writes_tried"_L1].toInt(), 0);
    for (const QString &code : {u"override_writes"_s, u"content_type_swap"_s})
        QVERIFY2(!closesWrite(judged, {}, code), qPrintable(toldBy(judged)));
}

QTEST_GUILESS_MAIN(TestUnsentWrites)
#include "tst_unsentwrites.moc"
