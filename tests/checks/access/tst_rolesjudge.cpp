// How the cells of the table route by account are judged.
#include "checks/access/roles.h"
#include "checks/access/rolewords.h"
#include "models/access/matrixsight.h"
#include "models/testcells.h"
#include "models/unseen.h"
#include "tests/checks/access/accesslab.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kJson = "Content-Type: application/json";
const QString kAddress = u"https://api.example.com/api/orders"_s;

TestActor actor(const QString &id, const QString &role, const QString &tenant)
{
    TestActor made;
    made.id = id;
    made.name = id;
    made.role = role;
    made.tenant = tenant;
    made.userName = id + u"@example.com"_s;
    return made;
}

RoleTry got(int status, const QByteArray &body, const QString &address = kAddress, const QByteArray &head = kJson)
{
    RoleTry asked;
    asked.request.url = QUrl(address);
    asked.answer = answer(status, head, body, address);
    return asked;
}

RoleCell cell(std::optional<TestActor> who, Allowance wanted, std::optional<RoleTry> own, bool isGuessed = false)
{
    RoleCell made;
    made.wanted = {who ? who->role : QString(), wanted, isGuessed};
    made.actor = std::move(who);
    made.own = std::move(own);
    return made;
}

Route route(const QString &path, AccessClass access = AccessClass::SignedIn, const QString &method = u"GET"_s)
{
    Route made;
    made.method = method;
    made.path = path;
    made.access = access;
    return made;
}

const TestActor kAdmin = actor(u"ada"_s, u"admin"_s, u"acme"_s);
const TestActor kMember = actor(u"max"_s, u"member"_s, u"acme"_s);
const TestActor kOther = actor(u"bea"_s, u"member"_s, u"beta"_s);

const QByteArray kOrders = R"({"items":[{"id":7001,"label":"Blue crane 17"},{"id":7002,"label":"Red crane 18"}]})";

} // namespace

class TestRolesJudge : public QObject
{
    Q_OBJECT

private slots:
    void judgesCells_data();
    void judgesCells();
    void judgesWrites_data();
    void judgesWrites();
    void findsOthersRecords();
    void findsOthersInLists();
    void takesNoRefusalOfALostSession();
    void tellsARouteOnce();
    void namesEachCell();
    void tellsThePage();
    void toldNothingByABrokenProduct_data();
    void toldNothingByABrokenProduct();
};

// The admin gets the orders; what does the member get, and does that fit the rule?
void TestRolesJudge::judgesCells_data()
{
    QTest::addColumn<Allowance>("wanted");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("seen");
    QTest::addColumn<QString>("code"); // empty: no finding
    using enum Allowance;
    QTest::newRow("refused as wanted") << Denied << 403 << QByteArray("{}") << u"denied"_s << QString();
    QTest::newRow("hidden as wanted") << Denied << 404 << QByteArray(R"({"error":"not found"})") << u"denied"_s
                                      << QString();
    QTest::newRow("200 with an error in it")
        << Denied << 200 << QByteArray(R"({"error":"forbidden"})") << u"denied"_s << QString();
    QTest::newRow("the same data") << Denied << 200 << kOrders << u"allowed"_s << u"role_exceeds"_s;
    QTest::newRow("data of the same kind")
        << Denied << 200 << QByteArray(R"({"items":[{"id":9,"label":"Green"}]})") << u"allowed"_s << u"role_exceeds"_s;
    QTest::newRow("an empty list") << Denied << 200 << QByteArray(R"({"items":[]})") << u"unclear"_s << QString();
    QTest::newRow("one too many") << Denied << 429 << QByteArray("{}") << u"unclear"_s << QString();
    QTest::newRow("broken") << Denied << 500 << QByteArray("{}") << u"unclear"_s << QString();
    QTest::newRow("something else") << Denied << 200 << QByteArray(R"({"hello":1})") << u"unclear"_s << QString();
    QTest::newRow("let in as wanted") << Allowed << 200 << kOrders << u"allowed"_s << QString();
    QTest::newRow("refused though allowed") << Allowed << 403 << QByteArray("{}") << u"denied"_s << u"role_refused"_s;
}

void TestRolesJudge::judgesCells()
{
    QFETCH(Allowance, wanted);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, code);
    RoleLook look;
    look.rows.push_back(
        {route(u"/api/orders"_s, AccessClass::Admin),
         {cell({}, Allowance::Denied, got(401, "{}")), cell(kAdmin, Allowance::Allowed, got(200, kOrders)),
          cell(kMember, wanted, got(status, body))}});
    QTEST(toWord(verdictsOf(look)[0][2].seen), "seen");
    QCOMPARE(codesOf(judgeRoles(look)), code.isEmpty() ? QStringList() : QStringList{code});
}

// Two try to remove a record of theirs: what does it tell of the member?
void TestRolesJudge::judgesWrites_data()
{
    QTest::addColumn<Allowance>("wanted");
    QTest::addColumn<bool>("adminCould");
    QTest::addColumn<RoleTry>("member");
    QTest::addColumn<QString>("seen"); // and why
    QTest::addColumn<QString>("code"); // empty: no finding
    using enum Allowance;
    const auto tried = [](std::optional<bool> tookEffect, int status, const QByteArray &body = "{}") {
        RoleTry made = got(status, body);
        made.tookEffect = tookEffect;
        return made;
    };
    const QByteArray forgery = R"({"error":"CSRF token missing or incorrect."})";
    const auto row = [](const char *name, Allowance wanted, bool adminCould, const RoleTry &member, const QString &seen,
                        const QString &code = {}) {
        QTest::newRow(name) << wanted << adminCould << member << seen << code;
    };
    row("removed as wanted", Allowed, true, tried(true, 204), u"allowed changed"_s);
    row("removed, against the rule", Denied, true, tried(true, 204), u"allowed changed"_s, u"role_exceeds"_s);
    row("removed with a refusal", Denied, true, tried(true, 403), u"allowed changed"_s, u"role_exceeds"_s);
    row("refused as wanted", Denied, true, tried(false, 403), u"denied not_changed"_s);
    row("hidden as wanted", Denied, true, tried(false, 404), u"denied not_changed"_s);
    row("refused though allowed", Allowed, true, tried(false, 403), u"denied not_changed"_s, u"role_refused"_s);
    row("refused, and nobody looked", Denied, true, tried({}, 403), u"denied status"_s);
    row("not there, and nobody looked", Denied, true, tried({}, 404), u"unclear other"_s);
    row("broken", Denied, true, tried(false, 500), u"unclear not_changed"_s);
    row("refused as everybody is", Denied, false, tried(false, 403), u"unclear nobody_could"_s);
    row("refused as everybody is, though allowed", Allowed, false, tried(false, 403), u"unclear nobody_could"_s);
    row("without its token", Allowed, true, tried(false, 403, forgery), u"unclear forgery_token"_s);
    row("without its token, against the rule", Denied, true, tried(false, 403, forgery), u"unclear forgery_token"_s);
}

void TestRolesJudge::judgesWrites()
{
    QFETCH(Allowance, wanted);
    QFETCH(bool, adminCould);
    QFETCH(RoleTry, member);
    QFETCH(QString, code);
    RoleTry admin = got(adminCould ? 204 : 403, "{}");
    admin.tookEffect = adminCould;
    RoleLook look;
    look.rows.push_back({route(u"/api/orders/{id}"_s, AccessClass::SignedIn, u"DELETE"_s),
                         {cell(kAdmin, Allowance::Allowed, admin), cell(kMember, wanted, member)}});
    const RoleVerdict verdict = verdictsOf(look)[0][1];
    QTEST(toWord(verdict.seen) + u' ' + verdict.why, "seen");
    QCOMPARE(codesOf(judgeRoles(look)), code.isEmpty() ? QStringList() : QStringList{code});
    QVERIFY(verdict.seen != CellSeen::Unclear || !whyFor(verdict).isEmpty());
}

void TestRolesJudge::findsOthersRecords()
{
    const QString mine = u"https://api.example.com/api/orders/7001"_s;
    const QString theirs = u"https://api.example.com/api/orders/8001"_s;
    const QByteArray myOrder = R"({"id":7001,"label":"Blue crane 17","buyer":"ada.byron@acme.example"})";
    const QByteArray theirOrder = R"({"id":8001,"label":"Tall pine 44","buyer":"bea.stone@beta.example"})";
    RoleCell reads = cell(kOther, Allowance::OwnOnly, got(200, theirOrder, theirs));
    reads.foreign = got(200, myOrder, mine);
    RoleCell refused = cell(kMember, Allowance::OwnOnly, got(200, myOrder, mine));
    refused.foreign = got(404, R"({"error":"not_found"})", theirs);
    RoleLook look;
    look.rows.push_back(
        {route(u"/api/orders/{id}"_s), {cell({}, Allowance::Denied, got(401, "{}", mine)), refused, reads}});
    const auto verdicts = verdictsOf(look);
    QCOMPARE(verdicts[0][1].seen, CellSeen::OwnOnly);
    QCOMPARE(verdicts[0][2].seen, CellSeen::ReadsOthers);
    const Judged judged = judgeRoles(look);
    QCOMPARE(codesOf(judged), QStringList{u"reads_others"_s});
    QVERIFY(judged.findings.front().proof != Proof::Lead);
    QCOMPARE(judged.findings.front().severity, Severity::Critical);
    QVERIFY(judged.findings.front().evidence.front().body.contains("curl"_L1));
}

// A list that shows the other tenant's orders leaks; one that is the same for both, and nowhere else, is shared.
void TestRolesJudge::findsOthersInLists()
{
    const QByteArray theirs = R"({"items":[{"id":8001,"label":"Tall pine 44","buyer":"bea.stone@beta.example"}]})";
    const QByteArray plans = R"({"items":[{"id":1,"label":"Starter 2024","contact":"plans@shop.example"}]})";
    RoleLook look;
    look.rows.push_back(
        {route(u"/api/orders"_s),
         {cell({}, Allowance::Denied, got(401, "{}")), cell(kMember, Allowance::Allowed, got(200, kOrders), true),
          cell(kOther, Allowance::Allowed, got(200, theirs), true)}});
    look.rows.push_back(
        {route(u"/api/plans"_s),
         {cell({}, Allowance::Denied, got(401, "{}")), cell(kMember, Allowance::Allowed, got(200, plans), true),
          cell(kOther, Allowance::Allowed, got(200, plans), true)}});
    QVERIFY2(judgeRoles(look).findings.empty(), qPrintable(toldBy(judgeRoles(look))));
    look.rows.push_back(
        {route(u"/api/export"_s),
         {cell({}, Allowance::Denied, got(401, "{}")), cell(kMember, Allowance::Allowed, got(200, theirs), true),
          cell(kOther, Allowance::Allowed, got(200, theirs), true)}});
    look.leftOut = {u"GET /api/late"_s}; // beyond what the table has a place for
    const Judged judged = judgeRoles(look);
    QCOMPARE(codesOf(judged), QStringList{u"reads_others"_s});
    QCOMPARE(judged.findings.size(), 1U);
    QVERIFY(judged.findings.front().subject.contains("/api/export"_L1));
    QVERIFY2(judged.reason.contains(look.leftOut.constFirst()), qPrintable(judged.reason));
    QCOMPARE(std::ranges::count(unseenIn(judged.observed), Unseen{.subject = look.leftOut.constFirst()}), 1);
}

void TestRolesJudge::takesNoRefusalOfALostSession()
{
    RoleLook look;
    look.rows.push_back(
        {route(u"/api/orders"_s, AccessClass::Admin),
         {cell(kAdmin, Allowance::Allowed, got(200, kOrders)), cell(kMember, Allowance::Denied, got(401, "{}"))}});
    QCOMPARE(verdictsOf(look)[0][1].seen, CellSeen::Denied);
    look.lost = {kMember.id};
    QCOMPARE(verdictsOf(look)[0][1].seen, CellSeen::Unclear);
    QCOMPARE(judgeRoles(look).outcome, Outcome::NotRun);
}

// Two roles that get what neither may: one fault of the route, with both named.
void TestRolesJudge::tellsARouteOnce()
{
    TestActor viewer = kMember;
    viewer.id = viewer.name = u"vic"_s;
    viewer.role = u"viewer"_s;
    RoleLook look;
    look.rows.push_back(
        {route(u"/api/orders"_s, AccessClass::Admin),
         {cell({}, Allowance::Denied, got(200, kOrders)), cell(kAdmin, Allowance::Allowed, got(200, kOrders)),
          cell(viewer, Allowance::Denied, got(200, R"({"items":[{"id":9,"label":"Green"}]})")),
          cell(kMember, Allowance::Denied, got(200, R"({"items":[{"id":8,"label":"Blue"}]})"))}});
    const Judged judged = judgeRoles(look);
    QCOMPARE(codesOf(judged), (QStringList{u"open_to_strangers"_s, u"role_exceeds"_s}));
    QCOMPARE(judged.findings.size(), 2U);
    const Finding &exceeds = judged.findings.back();
    QCOMPARE(exceeds.subject, u"GET /api/orders"_s);
    QVERIFY(exceeds.whatWeSaw.contains(u"vic (viewer, acme)"_s) && exceeds.whatWeSaw.contains(u"max (member, acme)"_s));
    QCOMPARE(exceeds.evidence.size(), 2U);
}

void TestRolesJudge::namesEachCell()
{
    RoleLook look;
    look.rows.push_back(
        {route(u"/api/orders"_s, AccessClass::Admin),
         {cell({}, Allowance::Denied, got(401, "{}")), cell(kAdmin, Allowance::Allowed, got(200, kOrders)),
          cell(kMember, Allowance::Denied, got(200, kOrders))}});
    CheckResult result;
    result.observed = judgeRoles(look).observed;
    const auto cells = cellsOf(result);
    QCOMPARE(cells.size(), 3U);
    QCOMPARE(cells[0].name, u"GET /api/orders signed out"_s);
    QCOMPARE(cells[0].outcome, Outcome::Pass);
    QCOMPARE(cells[2].name, u"GET /api/orders as max (member)"_s);
    QCOMPARE(cells[2].outcome, Outcome::Fail);
    QCOMPARE(cells[2].findingCode, u"role_exceeds"_s);
    const QJsonObject row = result.observed.value("matrix"_L1).toArray().at(0).toObject();
    QCOMPARE(row.value("path"_L1).toString(), u"/api/orders"_s);
    const QJsonObject last = row.value("cells"_L1).toArray().at(2).toObject();
    QCOMPARE(last.value("wanted"_L1).toString(), u"denied"_s);
    QCOMPARE(last.value("seen"_L1).toString(), u"allowed"_s);
    QCOMPARE(last.value("status"_L1).toInt(), 200);
}

// What the table of the page makes of it.
void TestRolesJudge::tellsThePage()
{
    const QString mine = u"https://api.example.com/api/orders/7001"_s;
    RoleCell reads =
        cell(kOther, Allowance::OwnOnly,
             got(200, R"({"id":8001,"buyer":"bea.stone@beta.example"})", u"https://api.example.com/api/orders/8001"_s));
    reads.foreign = got(200, R"({"id":7001,"buyer":"ada.byron@acme.example"})", mine);
    RoleLook look;
    look.rows.push_back(
        {route(u"/api/orders/{id}"_s),
         {cell({}, Allowance::Denied, got(401, "{}", mine)),
          cell(kMember, Allowance::OwnOnly, got(200, R"({"id":7001,"buyer":"ada.byron@acme.example"})", mine)), reads,
          cell(kAdmin, Allowance::OwnOnly, std::nullopt)}});
    look.rows.front().cells.back().gap = CellGap::Budget;
    const MatrixSights sights(matrixSightsIn(judgeRoles(look).observed));
    const auto verdicts = [&](const QString &role, Allowance rule) {
        QStringList words;
        for (const MatrixSight &sight : sights.of(u"GET"_s, u"/api/orders/{number}"_s, {}, role))
            words << u"%1 %2 %3"_s.arg(sight.actor).arg(static_cast<int>(verdictOf(sight, rule))).arg(sight.status);
        return words;
    };
    using enum CellVerdict;
    QCOMPARE(verdicts({}, Allowance::Denied), QStringList{u" %1 401"_s.arg(static_cast<int>(AsWanted))});
    QCOMPARE(verdicts(u"member"_s, Allowance::OwnOnly), (QStringList{u"max %1 200"_s.arg(static_cast<int>(NotSeen)),
                                                                     u"bea %1 200"_s.arg(static_cast<int>(TooMuch))}));
    QCOMPARE(verdicts(u"admin"_s, Allowance::OwnOnly), QStringList{u"ada %1 0"_s.arg(static_cast<int>(NotSeen))});
    QVERIFY(sights.of(u"GET"_s, u"/api/orders/{id}"_s, {}, u"admin"_s).front().why.contains(u"may not send"_s));
}

// The member gets what the admin gets, and that is the same nothing for both.
void TestRolesJudge::toldNothingByABrokenProduct_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("always 200") << 200 << QByteArray("Content-Type: text/html") << QByteArray("<p>Welcome</p>");
    QTest::newRow("always 200 with JSON") << 200 << kJson << QByteArray(R"({"ok":true})");
    QTest::newRow("always 403") << 403 << kJson << QByteArray("{}");
    QTest::newRow("always to the login") << 302 << QByteArray("Location: /login") << QByteArray();
    QTest::newRow("always 429") << 429 << kJson << QByteArray("{}");
    QTest::newRow("always 500") << 500 << kJson << QByteArray("{}");
    QTest::newRow("garbage") << 200 << QByteArray("Content-Type: application/json") << QByteArray("\x01\x02{[");
}

void TestRolesJudge::toldNothingByABrokenProduct()
{
    QFETCH(int, status);
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, body);
    RoleLook look;
    look.baselines = {answer(status, head, body, u"https://api.example.com/lc-1"_s)};
    for (const QString &path : {u"/api/orders"_s, u"/api/admin"_s}) {
        const QString address = u"https://api.example.com"_s + path;
        look.rows.push_back({route(path, AccessClass::Admin),
                             {cell({}, Allowance::Denied, got(status, body, address, head)),
                              cell(kAdmin, Allowance::Allowed, got(status, body, address, head)),
                              cell(kMember, Allowance::Denied, got(status, body, address, head))}});
    }
    const Judged judged = judgeRoles(look);
    QVERIFY2(judged.outcome == Outcome::NotRun, qPrintable(toldBy(judged)));
    QVERIFY(judged.findings.empty());
    QVERIFY(!judged.reason.isEmpty());
}

QTEST_GUILESS_MAIN(TestRolesJudge)
#include "tst_rolesjudge.moc"
