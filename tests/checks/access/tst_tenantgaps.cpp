// access.tenant-isolation: an answer that did not tell, a route at which nobody asked and a record of which no id is
// known are named, and close no finding.
#include "checks/access/crossinglook.h"
#include "checks/access/crossingroutes.h"
#include "checks/access/tenantisolation.h"
#include "models/unseen.h"
#include "tests/checks/access/bentshop.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kJson = "Content-Type: application/json";
const QString kItem = u"GET /invoices/{id}"_s;
const QString kExport = u"GET /invoices/export"_s;

CrossedAnswer crossed(CrossWay way, const QString &route, int status)
{
    CrossedAnswer one{.crossing = {.way = way, .routeName = route}, .answer = {}};
    if (status > 0)
        one.answer = answer(status, kJson, R"({"error":"x"})");
    one.crossing.request.url = QUrl(u"https://app.example.com"_s + route.section(u' ', 1));
    return one;
}

// Kept back at its own address, five times.
TenantLook heldLook()
{
    TenantLook look{.owner = u"Ann (acme)"_s, .outsider = u"Bob (birch)"_s, .markers = {}, .outsidersMarkers = {}};
    look.markers = Markers({{u"LC-CANARY-abcdefghij23"_s, MarkerKind::Canary, {}}});
    ResourceLook resource{.name = u"invoice"_s, .id = u"7"_s};
    resource.record = answer(200, kJson, R"({"id":7,"title":"LC-CANARY-abcdefghij23"})");
    for (int i = 0; i < kFewestCrossings; ++i)
        resource.crossed.push_back(crossed(CrossWay::Path, kItem, 404));
    resource.planned = {kItem};
    look.resources = {resource};
    return look;
}

bool closes(const Judged &judged, const QString &subject, const QString &code = u"cross_export"_s)
{
    CheckResult result{.outcome = judged.outcome};
    result.observed = judged.observed;
    Finding earlier;
    earlier.code = code;
    earlier.subject = subject;
    return hasSeen(result, earlier);
}

Route readOf(const QString &path, const QString &seen = {})
{
    Route route;
    route.method = u"GET"_s;
    route.path = path;
    route.seen = seen;
    route.access = AccessClass::SignedIn;
    return route;
}

} // namespace

class TestTenantGaps : public QObject
{
    Q_OBJECT

private slots:
    void namesWhatDidNotTell_data();
    void namesWhatDidNotTell();
    void saysTheEndOnce();
    void namesRecordsWithoutAnId_data();
    void namesRecordsWithoutAnId();
    void keepsWhatNobodyKnowsAnIdOf();
    void hasSomethingToTry();
};

void TestTenantGaps::namesWhatDidNotTell_data()
{
    QTest::addColumn<CrossWay>("way");
    QTest::addColumn<int>("status"); // 0: no answer in time; -1: nobody asked
    QTest::addColumn<bool>("isPass");
    QTest::addColumn<bool>("isClosed"); // what an earlier look found there
    using enum CrossWay;
    QTest::newRow("export, refused") << Export << 403 << true << true;
    QTest::newRow("export, broken") << Export << 500 << false << false;
    QTest::newRow("export, no answer in time") << Export << 0 << false << false;
    QTest::newRow("export, not understood") << Export << 422 << false << false;
    QTest::newRow("export, not asked") << Export << -1 << false << false;
    QTest::newRow("query, broken") << Query << 503 << false << false;
    QTest::newRow("query, not understood") << Query << 422 << true << false;
    QTest::newRow("no record is named null") << Wildcard << 422 << true << true;
}

void TestTenantGaps::namesWhatDidNotTell()
{
    QFETCH(CrossWay, way);
    QFETCH(int, status);
    QFETCH(bool, isPass);
    TenantLook look = heldLook();
    look.resources.front().planned.append(kExport);
    if (status >= 0)
        look.resources.front().crossed.push_back(crossed(way, kExport, status));
    const Judged judged = judgeTenantIsolation(look);
    QCOMPARE(said(judged), isPass ? u"pass"_s : u"info"_s);
    QCOMPARE(judged.reason.contains(kExport), !isPass);
    QTEST(closes(judged, kExport), "isClosed");
    QVERIFY(closes(judged, kItem));
    // That no POST went out which says it is a GET is so for most records, and hides what it found alone.
    QVERIFY(!closes(judged, kItem, u"cross_method"_s));
}

// Where the look ended early, or the record was not tried, that is the reason.
void TestTenantGaps::saysTheEndOnce()
{
    TenantLook look = heldLook();
    look.resources.front().planned.append(kExport);
    look.brokenOff = u"The end."_s;
    QCOMPARE(judgeTenantIsolation(look).reason, look.brokenOff);
    look.brokenOff.clear();
    look.resources.front().notTested = u"Not tried."_s;
    QCOMPARE(judgeTenantIsolation(look).reason, u"Not tried."_s);
}

void TestTenantGaps::namesRecordsWithoutAnId_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("seen");
    QTest::addColumn<bool>("isNamed");
    QTest::newRow("a record") << u"/notes/{id}"_s << QString() << false;
    QTest::newRow("below a record, seen") << u"/teams/{t}/notes/{id}"_s << u"/teams/3/notes/17"_s << false;
    QTest::newRow("below a record, never seen") << u"/teams/{t}/notes/{id}"_s << QString() << true;
}

void TestTenantGaps::namesRecordsWithoutAnId()
{
    QFETCH(QString, path);
    QFETCH(QString, seen);
    QFETCH(bool, isNamed);
    const Route part = readOf(path + u"/lines"_s);
    const CrossingRoutes sorted = crossingRoutes({readOf(path, seen), part}, {});
    const QStringList both{u"GET "_s + path, u"GET "_s + part.path};
    QCOMPARE(sorted.withoutIds, isNamed ? both : QStringList());
    QCOMPARE(sorted.resources.size(), isNamed ? 0U : 1U);
}

// Imported anew, without the address that was seen: what was found there before stays open.
void TestTenantGaps::keepsWhatNobodyKnowsAnIdOf()
{
    ShopLab shop;
    QVERIFY2(shop.isReady(), qPrintable(shop.problem()));
    ShopScene scene(shop);
    scene.keepCustomers();
    const Route nested = readOf(u"/api/teams/{team}/notes/{note}"_s);
    scene.facts.routes.push_back(nested);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    QVERIFY2(judged.outcome == Outcome::Info && judged.findings.empty(), qPrintable(said(judged)));
    QVERIFY2(judged.reason.contains(u"GET "_s + nested.path), qPrintable(judged.reason));
    QVERIFY(!closes(judged, u"GET "_s + nested.path, u"cross_path"_s));
}

// A record that nobody can ask for is there all the same.
void TestTenantGaps::hasSomethingToTry()
{
    ShopLab shop;
    ShopScene scene(shop);
    scene.facts.routes = {readOf(u"/api/teams/{team}/notes/{note}"_s)};
    scene.facts.samples.clear();
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    QVERIFY2(judged.outcome == Outcome::NotRun && !judged.hasNothingToTry, qPrintable(judged.reason));
    QVERIFY2(judged.reason.contains("no id of a real record is known"_L1), qPrintable(judged.reason));
}

QTEST_GUILESS_MAIN(TestTenantGaps)
#include "tst_tenantgaps.moc"
