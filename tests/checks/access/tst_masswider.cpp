// access.mass-assignment: fields that only a list or an administrator's read shows.
#include "checks/access/massassignment.h"
#include "checks/access/masslook.h"
#include "checks/access/widerviews.h"
#include "tests/checks/access/massscene.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QTest>

#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

namespace {

const QString kCheckId = u"access.mass-assignment"_s;

QByteArray userList(ShopApi &shop)
{
    return shop
        .answer({.method = "GET",
                 .target = "/api/admin/users",
                 .authority = shop.apiHost(),
                 .headers = {{"authorization", "Bearer " + shop.tokenWith(shop.account(kBirch, u"admin"_s))}}})
        .body;
}

int recordsLeft(ShopApi &shop)
{
    int left = 0;
    for (const JournalLine &line : shop.journal().lines()) {
        left += line.method == "POST" && line.status == 201 ? 1 : 0;
        left -= line.method == "DELETE" && line.status == 204 ? 1 : 0;
    }
    return left;
}

} // namespace

Q_DECLARE_METATYPE(PageReply)

class MassWiderTest : public QObject
{
    Q_OBJECT

private slots:
    void knowsWhereToLook_data();
    void knowsWhereToLook();
    void findsARoleThatOnlyAdministratorsSee_data();
    void findsARoleThatOnlyAdministratorsSee();
    void saysWhichViewShowedNothing_data();
    void saysWhichViewShowedNothing();
    void findsAPriceThatOnlyTheListShows_data();
    void findsAPriceThatOnlyTheListShows();
    void staysInsideWhatItAnnounces();
    void stopsAndPutsBack();
};

void MassWiderTest::knowsWhereToLook_data()
{
    QTest::addColumn<WriteKind>("kind");
    QTest::addColumn<bool>("hasRead");
    QTest::addColumn<std::vector<Route>>("routes");
    QTest::addColumn<std::size_t>("expected");
    using enum AccessClass;
    const std::vector<Route> none;
    QTest::newRow("a record with an address and a list") << WriteKind::Update << true << none << std::size_t(1);
    QTest::newRow("a record that the list alone shows") << WriteKind::Update << false << none << std::size_t(0);
    QTest::newRow("and a list for administrators")
        << WriteKind::Create << true << std::vector{routeOf(u"GET"_s, u"/admin/notes"_s, Admin)} << std::size_t(2);
    QTest::newRow("a list of something else")
        << WriteKind::Create << true << std::vector{routeOf(u"GET"_s, u"/admin/orders"_s, Admin)} << std::size_t(1);
    QTest::newRow("a list that is not for administrators")
        << WriteKind::Create << true << std::vector{routeOf(u"GET"_s, u"/shared/notes"_s)} << std::size_t(1);
    QTest::newRow("the account, and a list of people")
        << WriteKind::Settings << true << std::vector{routeOf(u"GET"_s, u"/team/members"_s)} << std::size_t(1);
    QTest::newRow("three lists of people")
        << WriteKind::Settings << true
        << std::vector{routeOf(u"GET"_s, u"/users"_s), routeOf(u"GET"_s, u"/staff"_s),
                       routeOf(u"GET"_s, u"/admin/users"_s, Admin)}
        << kMostWiderViews;
    QTest::newRow("people of the public, and one of them")
        << WriteKind::Settings << true
        << std::vector{routeOf(u"GET"_s, u"/team"_s, Public), routeOf(u"GET"_s, u"/users/{id}"_s),
                       routeOf(u"POST"_s, u"/users"_s)}
        << std::size_t(0);
}

void MassWiderTest::knowsWhereToLook()
{
    QFETCH(WriteKind, kind);
    QFETCH(bool, hasRead);
    QFETCH(std::vector<Route>, routes);
    WritePlace place{.kind = kind, .route = routeOf(u"POST"_s, u"/notes"_s), .contentType = {}, .body = {}};
    if (kind == WriteKind::Settings) {
        place.read = routeOf(u"GET"_s, u"/me"_s);
    } else {
        place.plan = CanaryPlan{.create = place.route, .remove = routeOf(u"DELETE"_s, u"/notes/{id}"_s)};
        place.plan->list = routeOf(u"GET"_s, u"/notes"_s);
        if (hasRead)
            place.plan->read = routeOf(u"GET"_s, u"/notes/{id}"_s);
    }
    QTEST(widerViewsAtMost(place, routes), "expected");
}

void MassWiderTest::findsARoleThatOnlyAdministratorsSee_data()
{
    QTest::addColumn<bool>("isFaulty");
    QTest::newRow("taken") << true;
    QTest::newRow("left alone") << false;
}

void MassWiderTest::findsARoleThatOnlyAdministratorsSee()
{
    QFETCH(bool, isFaulty);
    ShopRun run = runOn(isFaulty ? FaultSet<ShopFault>{ShopFault::MassRole} : FaultSet<ShopFault>(),
                        {u"/api/me"_s, u"/api/admin/users"_s});
    ShopApi &shop = run.shop.shop();
    run.lie(hiding(shop, {u"role"_s, u"plan"_s, u"verified"_s, u"is_verified"_s}, isOwnAccountPage), 500);
    const QByteArray before = userList(shop);
    const Judged judged = run.run(massAssignmentCheck());
    QVERIFY2(codesOf(judged) == (isFaulty ? QStringList{u"role_changed"_s} : QStringList()),
             qPrintable(toldBy(judged)));
    QCOMPARE(userList(shop), before);
    const QByteArray observed = QJsonDocument(judged.observed).toJson(QJsonDocument::Compact);
    QVERIFY2(observed.contains("\"seen_by\""), observed.constData());
    for (const Finding &finding : judged.findings) {
        QVERIFY2(finding.whatWeSaw.contains(u"/api/admin/users"_s), qPrintable(finding.whatWeSaw));
        QCOMPARE(finding.severity, Severity::Critical);
        QCOMPARE(finding.evidence.size(), 2U);
    }
}

void MassWiderTest::saysWhichViewShowedNothing_data()
{
    QTest::addColumn<PageReply>("reply"); // of the list of people, to its administrator
    QTest::addColumn<bool>("isSaid");
    const auto json = [](int status, const QByteArray &body) {
        return PageReply{.status = status, .contentType = "application/json", .body = body};
    };
    const QByteArray other = R"([{"id":900,"email":"nobody@acme.example","role":"member"}])";
    QTest::newRow("forbidden") << json(403, "{}") << true;
    QTest::newRow("broken") << json(503, "{}") << true;
    QTest::newRow("on another page") << json(200, R"({"items":)" + other + R"(,"has_more":true})") << true;
    QTest::newRow("no such list") << json(404, "{}") << false;
    QTest::newRow("not in the whole list") << json(200, other) << false;
}

// A field that an earlier look could set, and a list that does not show the account today: neither "all is well" nor
// "nothing shows it".
void MassWiderTest::saysWhichViewShowedNothing()
{
    QFETCH(PageReply, reply);
    QFETCH(bool, isSaid);
    ShopRun run = runOn(FaultSet<ShopFault>{ShopFault::MassRole}, {u"/api/me"_s, u"/api/admin/users"_s});
    const Liar hides =
        hiding(run.shop.shop(), {u"role"_s, u"plan"_s, u"verified"_s, u"is_verified"_s}, isOwnAccountPage);
    run.lie(
        [hides, reply](const PageRequest &request) {
            return request.path() == "/api/admin/users" ? std::optional(reply) : hides(request);
        },
        500);
    Finding open;
    open.checkId = kCheckId;
    open.code = u"role_changed"_s;
    open.subject = u"PATCH /api/me role"_s;
    run.facts.openProblems = {open};
    const Judged judged = run.run(massAssignmentCheck());
    QVERIFY2(judged.outcome != Outcome::Pass && judged.findings.empty(), qPrintable(toldBy(judged)));
    QVERIFY2(judged.reason.contains("/api/admin/users did not show it"_L1) == isSaid, qPrintable(toldBy(judged)));
    QVERIFY2(judged.reason.contains("Nothing shows it now"_L1) == !isSaid, qPrintable(toldBy(judged)));
    QVERIFY2(judged.reason.contains("not all was read"_L1) == isSaid, qPrintable(toldBy(judged)));
}

void MassWiderTest::findsAPriceThatOnlyTheListShows_data()
{
    QTest::addColumn<bool>("isFaulty");
    QTest::addColumn<QString>("method"); // of the only way to write, beside the removal
    QTest::newRow("taken in a change") << true << u"PATCH"_s;
    QTest::newRow("left alone in a change") << false << u"PATCH"_s;
    QTest::newRow("taken from whoever makes one") << true << u"POST"_s;
    QTest::newRow("left alone from whoever makes one") << false << u"POST"_s;
}

void MassWiderTest::findsAPriceThatOnlyTheListShows()
{
    QFETCH(bool, isFaulty);
    QFETCH(QString, method);
    ShopRun run =
        runOn(isFaulty ? FaultSet<ShopFault>{ShopFault::MassPrice} : FaultSet<ShopFault>(), {u"/api/invoices"_s});
    if (method == "POST"_L1)
        std::erase_if(run.facts.routes, [](const Route &route) { return route.method == "PATCH"_L1; });
    ShopApi &shop = run.shop.shop();
    run.lie(hiding(shop, {u"total_cents"_s}, isOneInvoice), 500);
    const Judged judged = run.run(massAssignmentCheck());
    QVERIFY2(codesOf(judged) == (isFaulty ? QStringList{u"price_changed"_s} : QStringList()),
             qPrintable(toldBy(judged)));
    QStringList subjects;
    for (const Finding &finding : judged.findings)
        subjects.append(finding.subject.section(u' ', 0, 0));
    QVERIFY2(subjects.contains(method) == isFaulty, qPrintable(toldBy(judged)));
    QCOMPARE(recordsLeft(shop), 0);
}

void MassWiderTest::staysInsideWhatItAnnounces()
{
    ShopRun run = runOn({ShopFault::MassRole}, {u"/api/me"_s, u"/api/admin/users"_s, u"/api/invoices"_s});
    ShopApi &shop = run.shop.shop();
    run.lie(hiding(shop, {u"role"_s}, isOwnAccountPage), 500);
    const auto places = writePlaces(run.facts.routes, run.facts.samples).places;
    const Judged judged = run.run(massAssignmentCheck());
    QCOMPARE(judged.observed["requests"_L1].toInt(), run.gate->sentBy(kCheckId));
    QCOMPARE(run.gate->mostAnnouncedBy(kCheckId), massCeiling(places, run.facts.routes));
    QVERIFY(run.gate->sentBy(kCheckId) <= massCeiling(places, run.facts.routes));
}

// While a raised role is there that only the administrator sees.
void MassWiderTest::stopsAndPutsBack()
{
    ShopRun run = runOn({ShopFault::MassRole}, {u"/api/me"_s, u"/api/admin/users"_s});
    ShopApi &shop = run.shop.shop();
    run.lie(hiding(shop, {u"role"_s}, isOwnAccountPage), 500);
    const QByteArray before = userList(shop);
    run.allow(500, 40);
    QElapsedTimer sinceStop;
    std::jthread stopper([&](const std::stop_token &ended) {
        while (userList(shop) == before && !ended.stop_requested())
            std::this_thread::yield();
        sinceStop.start();
        run.token.cancel();
    });
    const Judged judged = run.run(massAssignmentCheck());
    QVERIFY2(sinceStop.isValid() && sinceStop.elapsed() < 1000, qPrintable(toldBy(judged)));
    QCOMPARE(userList(shop), before);
}

QTEST_GUILESS_MAIN(MassWiderTest)
#include "tst_masswider.moc"
