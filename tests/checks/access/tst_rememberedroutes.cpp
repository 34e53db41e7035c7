// access.unauthenticated: an address that was open and that nobody names any more is asked for again, until it refuses.
#include "checks/access/rememberedroutes.h"
#include "checks/access/unauthenticated.h"
#include "checks/actors/routeaddress.h"
#include "models/projectstate.h"
#include "tests/checks/earlierfinding.h"
#include "tests/checks/exposure/weblook.h"
#include "tests/checks/web/pages.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <atomic>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QString kCheck = u"access.unauthenticated"_s;
const QByteArray kPeople = R"([{"id":1,"email":"a@example.com","name":"A"}])";

Route routeAt(const QString &path, const QString &host = u"shop.example"_s)
{
    Route route;
    route.path = path;
    route.host = host;
    route.isGuessed = true;
    return route;
}

QStringList pathsOf(const std::vector<Route> &routes)
{
    QStringList paths;
    for (const Route &route : routes)
        paths.append(route.path);
    return paths;
}

} // namespace

class TestRememberedRoutes : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void leavesOutWhatIsNamed_data();
    void leavesOutWhatIsNamed();
    void asksAgain_data();
    void asksAgain();
    void remembersWhatHadNoAnswer();
    void staysOpenWhereNothingTells_data();
    void staysOpenWhereNothingTells();
};

void TestRememberedRoutes::reads_data()
{
    QTest::addColumn<QByteArray>("rows");
    QTest::addColumn<QString>("expected"); // "host path seen guessed"
    const QString one = u"shop.example /api/people  true"_s;
    QTest::newRow("nothing") << QByteArray("[]") << QString();
    QTest::newRow("found") << QByteArray(R"([{"method":"GET","path":"/api/people","host":"shop.example","guessed":true,
        "url":"https://shop.example/api/people","verdict":"allowed","found":true}])")
                           << one;
    QTest::newRow("allowed, and no finding")
        << QByteArray(R"([{"method":"GET","path":"/api/people","host":"shop.example","verdict":"allowed"}])")
        << QString();
    QTest::newRow("found, and silent since then") << QByteArray(R"([{"method":"GET","path":"/api/people",
        "host":"shop.example","guessed":true,"verdict":"no_answer","found":true}])")
                                                  << one;
    QTest::newRow("by an earlier version")
        << QByteArray(R"([{"method":"GET","url":"https://shop.example/api/people","verdict":"allowed"},
                          {"method":"GET","url":"https://shop.example/api/x","verdict":"denied"}])")
        << one;
    QTest::newRow("of a record") << QByteArray(R"([{"method":"GET","path":"/api/people/{id}","host":"shop.example",
        "guessed":false,"url":"https://shop.example/api/people/7?a=1","verdict":"allowed","found":true}])")
                                 << u"shop.example /api/people/{id} /api/people/7?a=1 false"_s;
}

void TestRememberedRoutes::reads()
{
    QFETCH(QByteArray, rows);
    const auto found = foundOpenBefore({{u"asked"_s, QJsonDocument::fromJson(rows).array()}});
    QStringList told;
    for (const Route &route : found)
        told.append(u"%1 %2 %3 %4"_s.arg(route.host, route.path, route.seen, route.isGuessed ? u"true"_s : u"false"_s));
    QTEST(told.join(u'\n'), "expected");
}

void TestRememberedRoutes::leavesOutWhatIsNamed_data()
{
    QTest::addColumn<Route>("named");
    QTest::addColumn<bool>("isLeft");
    QTest::newRow("another address") << routeAt(u"/api/x"_s) << true;
    QTest::newRow("another host") << routeAt(u"/api/people/7"_s, u"auth.shop.example"_s) << true;
    QTest::newRow("the same") << routeAt(u"/api/people/7"_s) << false;
    QTest::newRow("on the usual host") << routeAt(u"/api/people/7"_s, {}) << false;
    Route isPublic = routeAt(u"/api/people/7"_s);
    isPublic.access = AccessClass::Public;
    QTest::newRow("for everybody, as a person says") << isPublic << false;
    Route filled = routeAt(u"/api/people/{id}"_s);
    filled.seen = u"/api/people/7"_s;
    QTest::newRow("the template that it fills") << filled << false;
}

void TestRememberedRoutes::leavesOutWhatIsNamed()
{
    QFETCH(Route, named);
    const Target target{.domain = u"shop.example"_s,
                        .hosts = {{HostRole::Site, u"shop.example"_s, kHttpsPort},
                                  {HostRole::Auth, u"auth.shop.example"_s, kHttpsPort}}};
    const std::vector<Route> found{routeAt(u"/api/people/7"_s), routeAt(u"/api/y"_s, u"gone.example"_s)};
    QTEST(pathsOf(unnamedAmong(found, {named}, target)) == QStringList{u"/api/people/7"_s}, "isLeft");
    QVERIFY(!pathsOf(unnamedAmong(found, {named}, target)).contains("/api/y"_L1)); // the target has no such host
}

void TestRememberedRoutes::asksAgain_data()
{
    QTest::addColumn<int>("status"); // of the address, once the pages name it no more; 0: no answer
    QTest::addColumn<bool>("isOpen");
    QTest::addColumn<bool>("isSaid");
    QTest::newRow("still open") << 200 << true << false;
    QTest::newRow("refused") << 401 << false << false;
    QTest::newRow("gone") << 404 << false << false;
    QTest::newRow("too many requests") << 429 << true << true;
    QTest::newRow("no answer") << 0 << true << true;
}

// A real server: the code of its page named the address, and names it no more.
void TestRememberedRoutes::asksAgain()
{
    QFETCH(int, status);
    QFETCH(bool, isSaid);
    std::atomic_bool isNamed = true;
    WebLook web([&, status](const WebRequest &request) -> QByteArray {
        if (request.path == "/")
            return page(200, "text/html", isNamed ? "<script>fetch('/api/people')</script>" : "<p>Shop");
        if (request.path != "/api/people")
            return page(request.path == "/api/me" ? 401 : 404, "application/json", "{}");
        if (isNamed || status == 200)
            return page(200, "application/json", kPeople);
        return status == 0 ? QByteArray() : page(status, "application/json", "{}");
    });
    Route listed = routeAt(u"/api/me"_s);
    listed.isGuessed = false;
    web.facts.routes = {listed};
    ProjectState state;
    const auto look = [&](const QDateTime &at) {
        web.facts.observedBefore = projectFactsOf(state).observedBefore;
        const Judged judged = web.run(unauthenticatedCheck());
        CheckResult result{.checkId = kCheck, .host = {}, .outcome = judged.outcome};
        result.observed = judged.observed;
        result.findings = judged.findings;
        for (Finding &finding : result.findings)
            finding.checkId = kCheck;
        applyResults(state, {result}, at);
        return judged;
    };
    const QDateTime noon = QDateTime::fromSecsSinceEpoch(1'800'000'000, Qt::UTC);
    QCOMPARE(test::said(look(noon)), u"open_route:critical"_s);
    isNamed = false;
    for (int at = 1; at <= 2; ++at) { // what had no answer is remembered, too
        web.restart(std::chrono::milliseconds(1000));
        const Judged judged = look(noon.addSecs(at * 60));
        QTEST(!openFindings(state).empty(), "isOpen");
        QVERIFY2(judged.reason.contains("does not tell"_L1) == isSaid, qPrintable(judged.reason));
        QCOMPARE(judged.observed["remembered"_L1].toInt(), at == 1 || !openFindings(state).empty() ? 1 : 0);
    }
}

// One that did not answer while the pages still named it.
void TestRememberedRoutes::remembersWhatHadNoAnswer()
{
    RouteLook look;
    look.foundBefore = {routeAt(u"/api/people"_s)};
    Route listed = routeAt(u"/api/me"_s);
    listed.isGuessed = false;
    look.asked = {{listed, answer(401)}};
    look.silent = {routeAt(u"/api/people"_s), routeAt(u"/api/other"_s)};
    look.notTried = {{routeAt(u"/api/people"_s), NotTried::TooMany}};
    const Judged judged = judgeUnauthenticated(look);
    QCOMPARE(test::said(judged), u"info"_s);
    QCOMPARE(pathsOf(foundOpenBefore(judged.observed)), QStringList{u"/api/people"_s});
}

void TestRememberedRoutes::staysOpenWhereNothingTells_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isOpen");
    QTest::newRow("the record is gone") << u"/api/orders/{id}"_s << 404 << QByteArray("{}") << true;
    QTest::newRow("the address is gone") << u"/api/orders"_s << 404 << QByteArray("{}") << false;
    QTest::newRow("gone for good") << u"/api/orders/{id}"_s << 410 << QByteArray("{}") << false;
    QTest::newRow("its list is empty") << u"/api/orders"_s << 200 << QByteArray("[]") << true;
    QTest::newRow("it wants something else") << u"/api/orders"_s << 400 << QByteArray("{}") << true;
    QTest::newRow("it refuses") << u"/api/orders/{id}"_s << 401 << QByteArray("{}") << false;
}

// That a record was deleted closes no door.
void TestRememberedRoutes::staysOpenWhereNothingTells()
{
    QFETCH(QString, path);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(bool, isOpen);
    constexpr auto json = "Content-Type: application/json";
    const QString origin = u"https://shop.example"_s;
    Route listed = routeAt(path);
    listed.isGuessed = false;
    Route other = routeAt(u"/api/me"_s);
    other.isGuessed = false;
    RouteLook look;
    look.foundBefore = {listed};
    look.baselines = {answer(404, json, "{}", origin + u"/lc-x"_s)};
    look.asked = {{other, answer(401, json, "{}", origin + u"/api/me"_s)},
                  {listed, answer(status, json, body, origin + u"/api/orders"_s)}};
    const Judged judged = judgeUnauthenticated(look);
    Finding earlier;
    earlier.code = u"open_route"_s;
    earlier.host = u"shop.example"_s;
    earlier.subject = routeName(listed);
    QCOMPARE(test::closes(judged, earlier), !isOpen);
    // Of an address that is not there nobody learns whether it is guarded.
    QCOMPARE(judged.outcome == Outcome::Pass, !isOpen && status != 404 && status != 410);
    QCOMPARE(foundOpenBefore(judged.observed).empty(), !isOpen);
}

QTEST_GUILESS_MAIN(TestRememberedRoutes)
#include "tst_rememberedroutes.moc"
