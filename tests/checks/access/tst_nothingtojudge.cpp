// What judges make of a look that found nothing to try: where the product answered soundly, there is nothing; where an
// answer is missing, nobody knows.
#include "checks/abuse/burst.h"
#include "checks/abuse/errorleak.h"
#include "checks/abuse/schema.h"
#include "checks/abuse/timeouts.h"
#include "checks/access/adminseparation.h"
#include "checks/access/bypass.h"
#include "checks/access/filelinks.h"
#include "checks/access/methodtampering.h"
#include "checks/access/unauthenticated.h"
#include "checks/engine/nothingtotry.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestNothingToJudge : public QObject
{
    Q_OBJECT

private slots:
    void hasNothing_data();
    void hasNothing();
    void isNotThere_data();
    void isNotThere();
};

namespace {

void row(const char *name, const Judged &judged, bool hasNothing)
{
    QTest::newRow(name) << judged << hasNothing;
}

template<typename Look, typename Change>
Look with(Look look, Change change)
{
    change(look);
    return look;
}

Route routeAt(const QString &path, bool isGuessed = false)
{
    Route route;
    route.path = path;
    route.isGuessed = isGuessed;
    return route;
}

void administration()
{
    row("no administration", judgeAdminSeparation({}, {.usual = 23, .notThere = 23, .isListed = true}), true);
    row("one usual address said nothing", judgeAdminSeparation({}, {.usual = 23, .notThere = 22, .isListed = true}),
        false);
    row("nobody listed any route", judgeAdminSeparation({}, {.usual = 23, .notThere = 23}), false);
}

// A cell of an account that may read a route, and its answer.
RoleLook readBy(std::optional<int> status, Allowance wanted)
{
    RoleCell cell;
    cell.actor.emplace();
    cell.actor->id = cell.actor->name = cell.actor->role = u"member"_s;
    cell.wanted = {u"member"_s, wanted, false};
    cell.own = RoleTry();
    cell.own->request.url = QUrl(u"https://example.com/api/notes"_s);
    if (status)
        cell.own->answer = answer(*status, "Content-Type: application/json", R"([{"id":1,"text":"Mine"}])");
    RoleLook look;
    look.rows.push_back({routeAt(u"/api/notes"_s), {cell}});
    return look;
}

void roles()
{
    row("nothing is forbidden to anybody", judgeRoles(readBy(200, Allowance::Allowed)), true);
    row("nothing is forbidden, and one did not sign in",
        judgeRoles(with(readBy(200, Allowance::Allowed),
                        [](auto &look) { look.problems = QStringList(u"Anna is not let in."_s); })),
        false);
    row("nobody finds anything at the address", judgeRoles(readBy(404, Allowance::Allowed)), false);
    row("a cell without an answer", judgeRoles(readBy(std::nullopt, Allowance::Denied)), false);
    row("a cell with a failure", judgeRoles(readBy(503, Allowance::Denied)), false);
}

void tampering()
{
    row("no private address", judgeMethodTampering({}), true);
    const auto withGap = [](BypassGap::Why why) {
        return judgeMethodTampering(with(BypassLook(), [&](auto &look) { look.gaps = {{u"GET /me"_s, why}}; }));
    };
    row("an address that may be private gave no answer", withGap(BypassGap::Why::NotTold), false);
    row("a private address that nobody could ask for", withGap(BypassGap::Why::NotAsked), false);
    row("a private address with an empty list", withGap(BypassGap::Why::Bare), true);
    row("an account was not let in",
        judgeMethodTampering(
            with(BypassLook(), [](auto &look) { look.problems = QStringList(u"Anna is not let in."_s); })),
        false);
}

RouteLook listWith(bool hasPrivate, bool hasRoutes = true)
{
    RouteLook look;
    look.fromProject = hasPrivate;
    look.hasRoutes = hasRoutes;
    return look;
}

Judged askedFor(RouteLook look, const Route &route, int status)
{
    look.asked.push_back({route, answer(status)});
    return judgeUnauthenticated(look);
}

void strangers()
{
    const Route usual = routeAt(u"/admin"_s, true);
    const Route notes = routeAt(u"/api/notes"_s);
    row("public routes, and no usual address is there", askedFor(listWith(false), usual, 404), true);
    row("public routes, and a usual address fails", askedFor(listWith(false), usual, 503), false);
    row("public routes, and a usual address says nothing",
        judgeUnauthenticated(with(listWith(false), [&](auto &look) { look.silent = {usual}; })), false);
    row("no list, and no usual address is there", askedFor(listWith(false, false), usual, 404), false);
    const RouteLook writes = with(listWith(true), [&](auto &look) { look.notTried = {{notes, NotTried::Writes}}; });
    row("private routes that are written alone", judgeUnauthenticated(writes), true);
    row("the same, and a guess leads nowhere", askedFor(writes, usual, 404), true);
    const auto leftOut = [&](NotTried why) {
        return judgeUnauthenticated(with(listWith(true), [&](auto &look) { look.notTried = {{notes, why}}; }));
    };
    row("private routes that had no place", leftOut(NotTried::TooMany), false);
    row("private routes of which nobody saw a record", leftOut(NotTried::NoSeenId), false);
    row("private routes on a host of nobody's list", leftOut(NotTried::OtherHost), false);
    row("a private route that is not there", askedFor(listWith(true), notes, 404), false);
}

Judged forced(int good, int silent, int requests, bool hasRoutes = true, const QString &brokenOff = {})
{
    ErrorLook look;
    look.good = good;
    look.silent = silent;
    look.requests = requests;
    look.hasRoutes = hasRoutes;
    look.brokenOff = brokenOff;
    return judgeErrorLeak(look, {});
}

void input()
{
    row("no error could be forced", forced(1, 0, 9), true);
    row("one broken request was cut off", forced(1, 1, 9), false);
    row("no error, and the look broke off", forced(1, 0, 9, true, u"Stopped."_s), false);
    row("no good request was answered", forced(0, 0, 9), false);
    row("no route to break", forced(0, 0, 0, false), true);
    row("a route to break that was not asked", forced(0, 0, 0), false);
    row("no route takes input", judgeAbuseSchema({}, {}), true);
    row("no route takes input, and a read said nothing",
        judgeAbuseSchema(with(BadInputRun(), [](auto &run) { run.silentReads = {Route()}; }), {}), false);
}

void files()
{
    row("no file", judgeFileLinks({}), true);
    row("no file, and a list said nothing", judgeFileLinks(with(FileLook(), [](auto &look) { look.hasGaps = true; })),
        false);
    row("files of another host",
        judgeFileLinks(with(FileLook(), [](auto &look) { look.foreign = QStringList(u"cdn.example.net"_s); })), false);
}

template<typename Visits>
Visits without(bool hasNoRead, const QString &brokenOff = {})
{
    Visits visits;
    visits.notTested = u"No page that anybody may see was served."_s;
    visits.hasNoRead = hasNoRead;
    visits.brokenOff = brokenOff;
    return visits;
}

void visits()
{
    row("nothing is for everybody, for slow visitors", judgeTimeouts(without<SlowVisits>(true)), true);
    row("nobody answered slow visitors", judgeTimeouts(without<SlowVisits>(false)), false);
    row("nothing is for everybody, for many visitors", judgeBurst(without<BurstVisits>(true)), true);
    row("nobody answered many visitors", judgeBurst(without<BurstVisits>(false)), false);
    row("many visitors, and the run ended", judgeBurst(without<BurstVisits>(true, u"Stopped."_s)), false);
}

} // namespace

void TestNothingToJudge::hasNothing_data()
{
    QTest::addColumn<Judged>("judged");
    QTest::addColumn<bool>("hasNothing");
    administration();
    roles();
    tampering();
    strangers();
    input();
    files();
    visits();
}

void TestNothingToJudge::hasNothing()
{
    QFETCH(Judged, judged);
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QVERIFY(!judged.reason.isEmpty());
    QTEST(hadNothingToTry(judged), "hasNothing");
}

void TestNothingToJudge::isNotThere_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isNotThere");
    QTest::newRow("not found") << 404 << QByteArray("{}") << true;
    QTest::newRow("gone") << 410 << QByteArray() << true;
    QTest::newRow("what any address gets") << 200 << QByteArray("<html>shell of app</html>") << true;
    QTest::newRow("a page of its own") << 200 << QByteArray("<html>orders of the day</html>") << false;
    for (const int status : {204, 302, 401, 403, 405, 429, 500, 503})
        QTest::addRow("%d", status) << status << QByteArray() << false;
}

void TestNothingToJudge::isNotThere()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    const QByteArray html = "Content-Type: text/html";
    const InventedAnswers invented({answer(200, html, "<html>shell of app</html>")});
    QTEST(cockpit::isNotThere(answer(status, html, body), invented), "isNotThere");
}

QTEST_GUILESS_MAIN(TestNothingToJudge)
#include "tst_nothingtojudge.moc"
