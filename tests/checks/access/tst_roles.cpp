// The table of routes and accounts, asked at the practice shop and at products that lie.
#include "checks/access/roles.h"
#include "models/testcells.h"
#include "models/unseen.h"
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

class RolesTest : public QObject
{
    Q_OBJECT

private slots:
    void believesNoMoment_data();
    void believesNoMoment();
    void passesTheCleanShop();
    void findsFaults_data();
    void findsFaults();
    void staysWithinItsBudget();
    void stopsAndUndoes();
    void asksNothingWithoutLeave();
    void believesNoLiar_data();
    void believesNoLiar();
};

void RolesTest::believesNoMoment_data()
{
    QTest::addColumn<int>("times");        // that the member gets what is for administrators
    QTest::addColumn<QByteArray>("after"); // with 200 from then on; empty: a refusal by status
    QTest::addColumn<QStringList>("codes");
    const QByteArray login = R"(<form action="/login"><input name="email"><input type="password" name="pw"></form>)";
    QTest::newRow("never") << 0 << QByteArray() << QStringList();
    QTest::newRow("while another test had changed the account") << 1 << QByteArray() << QStringList();
    QTest::newRow("for a moment, then the login page") << 1 << login << QStringList();
    QTest::newRow("for a moment, then a refusal in words")
        << 1 << QByteArray(R"({"error":"forbidden"})") << QStringList();
    QTest::newRow("for a moment, then an empty list") << 1 << QByteArray(R"({"items":[]})") << QStringList();
    QTest::newRow("always") << 1000 << QByteArray() << QStringList{u"reads_others"_s, u"role_exceeds"_s};
}

void RolesTest::believesNoMoment()
{
    QFETCH(int, times);
    QFETCH(QByteArray, after);
    ShopRun run;
    run.keepRoutes({u"/api/admin/users"_s, u"/api/me"_s});
    std::erase_if(run.facts.routes, [](const Route &one) { return one.method != "GET"_L1; });
    ShopApi &shop = run.shop.shop();
    const QByteArray admins = "Bearer " + shop.tokenWith(shop.account(kBirch, u"admin"_s));
    const auto left = std::make_shared<std::atomic_int>(times);
    run.lie([&shop, admins, left, after](const PageRequest &request) -> std::optional<PageReply> {
        if (request.path() != "/api/admin/users" || shop.answer(request).status != 403)
            return std::nullopt;
        if (--*left < 0 && after.isEmpty())
            return std::nullopt;
        if (*left < 0)
            return PageReply{.status = 200,
                             .headers = {{"Content-Type", after.startsWith('<') ? "text/html" : "application/json"}},
                             .body = after};
        PageRequest raised = request;
        raised.headers["authorization"] = admins;
        return shop.answer(raised);
    });
    const Judged judged = run.run(rolesCheck());
    QFETCH(QStringList, codes);
    QVERIFY2(codesOf(judged) == codes, qPrintable(toldBy(judged)));
    QVERIFY2(times != 1 || judged.outcome != Outcome::Pass, qPrintable(toldBy(judged)));
}

void RolesTest::passesTheCleanShop()
{
    ShopRun run;
    QVERIFY2(run.shop.isReady(), qPrintable(run.shop.problem()));
    const Judged judged = run.run(rolesCheck());
    QVERIFY2(judged.findings.empty(), qPrintable(toldBy(judged)));
    QVERIFY2(judged.outcome == Outcome::Pass, qPrintable(toldBy(judged)));
    CheckResult result;
    result.observed = judged.observed;
    const auto cells = cellsOf(result);
    const auto passed = std::ranges::count(cells, Outcome::Pass, &TestCell::outcome);
    QVERIFY2(passed >= 234, qPrintable(toldBy(judged)));
    QCOMPARE(run.gate->sentBy(u"access.roles"_s), judged.observed.value("sent"_L1).toInt());
    // What was made for it is gone again.
    const int before = static_cast<int>(run.shop.shop().journal().count("POST", "/api/notes"));
    QVERIFY(before > 0);
}

void RolesTest::findsFaults_data()
{
    QTest::addColumn<ShopFault>("fault");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("who");
    QTest::newRow("a member does what admins do")
        << ShopFault::MemberDoesAdmin << u"role_exceeds"_s << u"GET /api/admin/users"_s << u"member"_s;
    QTest::newRow("a viewer writes") << ShopFault::ViewerWrites << u"role_exceeds"_s << u"POST /api/notes"_s
                                     << u"viewer"_s;
    QTest::newRow("an admin's list is open")
        << ShopFault::AdminRouteOpen << u"open_to_strangers"_s << u"GET /api/admin/users"_s << u"not signed in"_s;
    QTest::newRow("the customers are open")
        << ShopFault::SignedInRouteOpen << u"open_to_strangers"_s << u"GET /api/customers"_s << u"not signed in"_s;
    QTest::newRow("records of others") << ShopFault::CrossPath << u"reads_others"_s << u"GET /api/customers/{id}"_s
                                       << u"member"_s;
    QTest::newRow("an export of all") << ShopFault::CrossExport << u"reads_others"_s
                                      << u"GET /api/customers/export.csv"_s << u"member"_s;
    QTest::newRow("writes that are refused and made")
        << ShopFault::BlindWrite << u"reads_others"_s << u"PATCH /api/notes/{id}"_s << u"member"_s;
}

void RolesTest::findsFaults()
{
    QFETCH(ShopFault, fault);
    QFETCH(QString, code);
    QFETCH(QString, where);
    QFETCH(QString, who);
    ShopRun run({fault});
    run.keepRoutes({u"/api/notes"_s, u"/api/customers"_s, u"/api/admin"_s, u"/api/me"_s});
    const Judged judged = run.run(rolesCheck());
    const auto found = std::ranges::find_if(
        judged.findings, [&](const Finding &one) { return one.subject == where && one.code == code; });
    QVERIFY2(found != judged.findings.end(), qPrintable(toldBy(judged)));
    QVERIFY2(found->whatWeSaw.contains(who), qPrintable(found->whatWeSaw));
    // That who only looks does not write is a guess until a person says it.
    QCOMPARE(found->proof == Proof::Lead, fault == ShopFault::ViewerWrites);
    QVERIFY(!found->evidence.empty());
}

// A real product's budget: the admins' routes and the records come first, and what was left out is named.
void RolesTest::staysWithinItsBudget()
{
    ShopRun run({ShopFault::MemberDoesAdmin, ShopFault::CrossPath}, 240);
    const Judged judged = run.run(rolesCheck());
    QVERIFY(run.gate->sentBy(u"access.roles"_s) <= 120 + kUndoRequests);
    QVERIFY(run.gate->sent() <= 240 + kUndoRequests);
    QCOMPARE(judged.outcome, Outcome::Fail);
    QCOMPARE(codesOf(judged), (QStringList{u"reads_others"_s, u"role_exceeds"_s}));
    const auto cellsOfRow = [&](const QString &path) {
        const QJsonArray rows = judged.observed.value("matrix"_L1).toArray();
        const auto row = std::ranges::find_if(rows, [&](const QJsonValue &one) {
            return one["path"_L1].toString() == path && one["method"_L1].toString() == "GET"_L1;
        });
        return row == rows.end() ? QJsonArray() : (*row)["cells"_L1].toArray();
    };
    const auto left = [](const QJsonArray &cells) {
        return std::ranges::count_if(cells,
                                     [](const QJsonValue &one) { return one["told_by"_L1].toString() == "budget"_L1; });
    };
    QVERIFY(left(cellsOfRow(u"/api/admin/users"_s)) <= 2); // one account of each role asked
    QCOMPARE(left(cellsOfRow(u"/pricing"_s)), 6);          // nor as a visitor
    QVERIFY2(judged.reason.contains(u"not asked"_s), qPrintable(judged.reason));
    CheckResult result;
    result.outcome = judged.outcome;
    result.observed = judged.observed;
    Finding before;
    before.code = u"role_exceeds"_s;
    before.subject = u"GET /pricing"_s;
    QVERIFY(!hasSeen(result, before)); // it closes nothing that it did not look at
}

void RolesTest::stopsAndUndoes()
{
    ShopRun run;
    run.keepRoutes({u"/api/notes"_s, u"/api/me"_s});
    run.allow(2000, 40);
    QElapsedTimer sinceStop;
    std::thread stopper([&] {
        while (run.shop.shop().journal().count("POST", "/api/notes") == 0)
            std::this_thread::yield();
        sinceStop.start();
        run.token.cancel();
    });
    const Judged judged = run.run(rolesCheck());
    const qint64 waited = sinceStop.elapsed();
    stopper.join();
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QVERIFY2(waited < 1000, qPrintable(QString::number(waited)));
    const auto lines = run.shop.shop().journal().lines();
    const auto count = [&](const QByteArray &method, int status) {
        return std::ranges::count_if(lines, [&](const JournalLine &line) {
            return line.method == method && line.status == status && line.target.startsWith("/api/notes");
        });
    };
    QCOMPARE(count("DELETE", 204), count("POST", 201));
    QVERIFY(judged.findings.empty());
}

void RolesTest::asksNothingWithoutLeave()
{
    ShopRun run;
    run.forbid();
    const Judged judged = run.run(rolesCheck());
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QVERIFY(!judged.reason.isEmpty());
    QCOMPARE(run.shop.shop().journal().count(), 0);
}

void RolesTest::believesNoLiar_data()
{
    addLiarRows();
}

// Whatever it does: nothing is found, nothing passes, and the reason is said.
void RolesTest::believesNoLiar()
{
    QFETCH(Liar, liar);
    ShopRun run;
    run.keepRoutes({u"/api/notes"_s, u"/api/admin/users"_s, u"/api/me"_s});
    run.lie(liar);
    const Judged judged = run.run(rolesCheck());
    QVERIFY2(judged.findings.empty(), qPrintable(toldBy(judged)));
    QVERIFY2(judged.outcome != Outcome::Pass, qPrintable(toldBy(judged)));
    QVERIFY(!judged.reason.isEmpty());
}

QTEST_GUILESS_MAIN(RolesTest)
#include "tst_roles.moc"
