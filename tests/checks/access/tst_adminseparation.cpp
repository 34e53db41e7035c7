#include "checks/access/adminseparation.h"
#include "models/testcells.h"
#include "tests/checks/access/accesslab.h"
#include "tests/checks/access/liarrows.h"
#include "tests/checks/web/pages.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class AdminSeparationTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data();
    void judges();
    void needsBothRoles();
    void passesTheCleanShop();
    void assumesNothingAboutEverybodysAddresses();
    void findsFaults_data();
    void findsFaults();
    void staysWithinItsBudget();
    void stopsWithinASecond();
    void asksNothingWithoutLeave();
    void believesNoLiar_data();
    void believesNoLiar();
};

// The administrator gets the list of users; what do the others get?
void AdminSeparationTest::judges_data()
{
    QTest::addColumn<int>("member");
    QTest::addColumn<int>("stranger");
    QTest::addColumn<bool>("isGuessed");
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<QString>("outcome");
    QTest::newRow("both refused") << 403 << 401 << false << QStringList() << u"pass"_s;
    QTest::newRow("both refused, nobody said it") << 403 << 401 << true << QStringList() << u"info"_s;
    QTest::newRow("the member is let in") << 200 << 401 << false << QStringList{u"member_is_admin"_s} << u"fail"_s;
    QTest::newRow("both are let in") << 200 << 200 << false << QStringList{u"member_is_admin"_s, u"stranger_is_admin"_s}
                                     << u"fail"_s;
    QTest::newRow("let in, nobody said it is forbidden")
        << 200 << 401 << true << QStringList{u"member_is_admin"_s} << u"warn"_s;
    QTest::newRow("one too many") << 429 << 429 << false << QStringList() << u"not_run"_s;
    QTest::newRow("broken") << 503 << 503 << false << QStringList() << u"not_run"_s;
}

void AdminSeparationTest::judges()
{
    QFETCH(int, member);
    QFETCH(int, stranger);
    QFETCH(bool, isGuessed);
    const QString address = u"https://api.example.com/api/admin/users"_s;
    const auto got = [&](int status) {
        RoleTry asked;
        asked.request.url = QUrl(address);
        asked.answer = answer(status, "Content-Type: application/json",
                              status == 200 ? R"([{"id":1,"email":"a@example.com","name":"A"}])" : "{}", address);
        return asked;
    };
    const auto cell = [&](const QString &role, Allowance wanted, int status) {
        RoleCell made;
        if (!role.isEmpty()) {
            made.actor.emplace();
            made.actor->id = made.actor->name = made.actor->role = role;
        }
        made.wanted = {role, wanted, isGuessed};
        made.own = got(status);
        return made;
    };
    Route route;
    route.path = u"/api/admin/users"_s;
    route.access = AccessClass::Admin;
    route.isGuessed = isGuessed;
    RoleLook look;
    // A member beside one that everybody refuses, so that what is public is not what two share by chance.
    look.rows.push_back({route,
                         {cell({}, Allowance::Denied, stranger), cell(u"admin"_s, Allowance::Allowed, 200),
                          cell(u"member"_s, Allowance::Denied, member)}});
    const Judged judged = judgeAdminSeparation(look, {.usual = 20});
    if (member == 200 && stranger == 200) {
        // What a stranger gets is told once: the member gets no more than that.
        QCOMPARE(codesOf(judged), QStringList{u"stranger_is_admin"_s});
        return;
    }
    QTEST(codesOf(judged), "codes");
    QTEST(toWord(judged.outcome), "outcome");
}

void AdminSeparationTest::needsBothRoles()
{
    ShopRun run;
    std::erase_if(run.facts.actors, [](const TestActor &actor) { return actor.role == "admin"_L1; });
    const Judged judged = run.run(adminSeparationCheck());
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QVERIFY(!judged.reason.isEmpty());
    QCOMPARE(run.gate->sentBy(u"access.admin-separation"_s), 0);
}

void AdminSeparationTest::passesTheCleanShop()
{
    ShopRun run;
    QVERIFY2(run.shop.isReady(), qPrintable(run.shop.problem()));
    const Judged judged = run.run(adminSeparationCheck());
    QVERIFY2(judged.findings.empty(), qPrintable(toldBy(judged)));
    QVERIFY2(judged.outcome == Outcome::Pass, qPrintable(toldBy(judged)));
    QVERIFY(run.shop.shop().journal().count("GET", "/api/admin/users") >= 5);
    QVERIFY(judged.observed.value("usual_paths"_L1).toInt() > 10);
    CheckResult result;
    result.observed = judged.observed;
    QVERIFY(std::ranges::count(cellsOf(result), Outcome::Pass, &TestCell::outcome) >= 20);
}

// Everybody who has signed in may call these, and no list says otherwise.
void AdminSeparationTest::assumesNothingAboutEverybodysAddresses()
{
    ShopRun run;
    run.facts.routes.clear();
    run.lie([](const PageRequest &request) -> std::optional<PageReply> {
        static const QByteArrayList forAll{"/api/users",   "/api/v1/users",      "/api/billing",   "/api/roles",
                                           "/api/tenants", "/api/organizations", "/api/audit-logs"};
        if (!forAll.contains(request.path()))
            return std::nullopt;
        const bool isIn = !request.header("authorization").isEmpty();
        return PageReply{.status = isIn ? 200 : 401,
                         .contentType = "application/json",
                         .body = isIn ? R"([{"id":1,"name":"Rosa Mill","email":"rosa@mill.example"}])" : "{}"};
    });
    const Judged judged = run.run(adminSeparationCheck());
    QVERIFY2(judged.findings.empty(), qPrintable(toldBy(judged)));
}

void AdminSeparationTest::findsFaults_data()
{
    QTest::addColumn<ShopFault>("fault");
    QTest::addColumn<QString>("code");
    QTest::addColumn<bool>("isListed");
    QTest::newRow("a member does what admins do") << ShopFault::MemberDoesAdmin << u"member_is_admin"_s << true;
    QTest::newRow("nobody listed it") << ShopFault::MemberDoesAdmin << u"member_is_admin"_s << false;
    QTest::newRow("open") << ShopFault::AdminRouteOpen << u"stranger_is_admin"_s << true;
}

void AdminSeparationTest::findsFaults()
{
    QFETCH(ShopFault, fault);
    QFETCH(QString, code);
    QFETCH(bool, isListed);
    ShopRun run({fault});
    if (!isListed)
        run.facts.routes.clear();
    const Judged judged = run.run(adminSeparationCheck());
    const auto found = std::ranges::find(judged.findings, code, &Finding::code);
    QVERIFY2(found != judged.findings.end(), qPrintable(toldBy(judged)));
    QVERIFY2(found->subject == "GET /api/admin/users"_L1 || isListed, qPrintable(toldBy(judged)));
    QVERIFY(found->evidence.front().body.contains(u"curl"_s));
    QVERIFY(!found->evidence.empty());
}

void AdminSeparationTest::staysWithinItsBudget()
{
    ShopRun run({ShopFault::MemberDoesAdmin}, 150);
    const Judged judged = run.run(adminSeparationCheck());
    QVERIFY(run.gate->sentBy(u"access.admin-separation"_s) <= 50 + kUndoRequests);
    QCOMPARE(codesOf(judged), QStringList{u"member_is_admin"_s});
    QVERIFY(run.shop.shop().journal().count("GET", "/api/admin/users") > 0);
}

void AdminSeparationTest::stopsWithinASecond()
{
    ShopRun run;
    run.allow(400, 20);
    QElapsedTimer sinceStop;
    std::jthread stopper([&] {
        while (run.shop.shop().journal().count() < 8)
            std::this_thread::yield();
        sinceStop.start();
        run.token.cancel();
    });
    const Judged judged = run.run(adminSeparationCheck());
    const qint64 waited = sinceStop.elapsed();
    QVERIFY2(waited < 1000, qPrintable(QString::number(waited)));
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QVERIFY(judged.findings.empty());
}

void AdminSeparationTest::asksNothingWithoutLeave()
{
    ShopRun run;
    run.forbid();
    const Judged judged = run.run(adminSeparationCheck());
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QVERIFY(!judged.reason.isEmpty());
    QCOMPARE(run.shop.shop().journal().count(), 0);
}

void AdminSeparationTest::believesNoLiar_data()
{
    addLiarRows();
}

void AdminSeparationTest::believesNoLiar()
{
    QFETCH(Liar, liar);
    ShopRun run;
    run.keepRoutes({u"/api/admin/users"_s});
    run.lie(liar);
    const Judged judged = run.run(adminSeparationCheck());
    QVERIFY2(judged.findings.empty(), qPrintable(toldBy(judged)));
    QVERIFY2(judged.outcome != Outcome::Pass, qPrintable(toldBy(judged)));
    QVERIFY(!judged.reason.isEmpty());
}

QTEST_GUILESS_MAIN(AdminSeparationTest)
#include "tst_adminseparation.moc"
