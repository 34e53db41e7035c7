#include "checks/access/massassignment.h"
#include "checks/access/masslook.h"
#include "checks/engine/nothingtotry.h"
#include "tests/checks/abuse/activeproof.h"
#include "tests/checks/access/bentshop.h"
#include "tests/checks/earlierfinding.h"

#include <QJsonArray>
#include <QTest>

#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

bool isMassRoute(const ShopRouteLine &line)
{
    return line.path == "/api/me" || line.path == "/api/invoices" || line.path == "/api/invoices/{id}";
}

// Whether the look would close a finding of that subject.
bool closesField(const Judged &judged, const QString &subject)
{
    return test::closes(judged, {.code = u"tenant_changed"_s, .subject = subject});
}

TriedField heldField()
{
    TriedField one{{MassClass::Role, u"role"_s, u"member"_s, u"admin"_s}, {}};
    one.tried.answer = answer(422, "Content-Type: application/json", "{}");
    return one;
}

Route routeOf(const QString &method, const QString &path)
{
    Route route{.method = method, .path = path};
    route.safeToWrite = true;
    return route;
}

} // namespace

// What access.mass-assignment does not try is said, and closes no finding.
class TestMassLeftOut : public QObject
{
    Q_OBJECT

private slots:
    void hidesWhatWasNotSent_data();
    void hidesWhatWasNotSent();
    void keepsWhatABrokenConnectionHides();
    void namesRoutesBeyondTheMost();
    void namesSettingsOfOthers_data();
    void namesSettingsOfOthers();

private:
    ShopLab m_shop;
};

void TestMassLeftOut::hidesWhatWasNotSent_data()
{
    QTest::addColumn<QStringList>("hidden"); // subjects
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("nothing") << QStringList() << QString() << Outcome::Pass;
    QTest::newRow("a field") << QStringList{u"PATCH /me tenant_id"_s} << u"Not tried."_s << Outcome::Info;
    QTest::newRow("the whole route") << QStringList{u"PATCH /me"_s} << u"Not tried."_s << Outcome::Info;
    QTest::newRow("another route") << QStringList{u"PATCH /teams"_s} << u"Not tried."_s << Outcome::Info;
}

void TestMassLeftOut::hidesWhatWasNotSent()
{
    QFETCH(QStringList, hidden);
    QFETCH(QString, sentence);
    MassPlaceRun place{.tried = {heldField()}, .stillTakes = true};
    place.place.route = routeOf(u"PATCH"_s, u"/me"_s);
    for (const QString &subject : hidden)
        place.unsent.push_back({.hides = {{.subject = subject}}, .sentence = sentence});
    MassRun run;
    run.places = {place};
    const Judged judged = judgeMassAssignment(run);
    QTEST(judged.outcome, "outcome");
    QCOMPARE(judged.reason, sentence);
    const bool isHidden = hidden.contains(u"PATCH /me tenant_id"_s) || hidden.contains(u"PATCH /me"_s);
    QCOMPARE(closesField(judged, u"PATCH /me tenant_id"_s), !isHidden);
    // A route that was tried before, and of which nobody may take back what it makes today.
    run.notTried = {{routeOf(u"POST"_s, u"/orders"_s), WriteObstacle::NoWayBack}};
    QVERIFY(!closesField(judgeMassAssignment(run), u"POST /orders price"_s));
    run.notTried.clear();
    // An open look at the routes is none at what was never sent.
    run.places.clear();
    run.unsent = place.unsent;
    run.leftOut = hidden;
    const Judged none = judgeMassAssignment(run);
    QCOMPARE(none.outcome, Outcome::NotRun);
    QCOMPARE(hadNothingToTry(none), hidden.isEmpty());
}

// The product gives no answer to the field that it should refuse: the fault may be there as before.
void TestMassLeftOut::keepsWhatABrokenConnectionHides()
{
    BentShop lab([](const PageRequest &request, BentShop &) -> std::optional<PageReply> {
        if (request.body.contains("\"owner_id\":"))
            std::this_thread::sleep_for(std::chrono::milliseconds(900));
        return std::nullopt;
    });
    QVERIFY(lab.isReady());
    BadShopOf scene(lab, isMassRoute);
    NetOptions net = lab.netOptions();
    net.operationTimeout = std::chrono::milliseconds(500);
    AttackRun run(net, {scene.host}, secretsOf(lab.shop()), 600);
    const Judged judged = scene.judged(run, massAssignmentCheck());
    QVERIFY2(judged.findings.empty() && judged.outcome == Outcome::Info, qPrintable(told(judged)));
    QVERIFY2(!closesField(judged, u"POST /api/invoices owner_id"_s), qPrintable(told(judged)));
    QVERIFY2(!closesField(judged, u"POST /api/invoices tenant_id"_s), qPrintable(told(judged)));
    QVERIFY2(closesField(judged, u"PATCH /api/me role"_s), qPrintable(told(judged)));
}

// Thirteen collections: the last one is named.
void TestMassLeftOut::namesRoutesBeyondTheMost()
{
    BadShop scene(m_shop, [](const ShopRouteLine &line) { return line.path == "/api/me"; });
    for (std::size_t i = 0; i < kMostMassPlaces; ++i) {
        const QString list = u"/api/thing"_s + QChar(u'a' + static_cast<int>(i));
        for (const char *method : {"POST", "GET"})
            scene.facts.routes.push_back(routeOf(QString::fromLatin1(method), list));
        scene.facts.routes.push_back(routeOf(u"DELETE"_s, list + u"/{id}"_s));
        scene.facts.samples.push_back({u"POST"_s, list, {}, "application/json", R"({"title":"x"})", {}});
    }
    AttackRun run = scene.newRun(2000);
    const Judged judged = scene.judged(run, massAssignmentCheck());
    QCOMPARE(judged.observed["left_out"_L1].toArray(), QJsonArray{u"POST /api/thingl"_s});
    QVERIFY2(judged.outcome == Outcome::Info, qPrintable(told(judged)));
    QVERIFY(!closesField(judged, u"POST /api/thingl price"_s));
    QVERIFY(!closesField(judged, u"POST /api/thinga price"_s)); // which is not there
}

void TestMassLeftOut::namesSettingsOfOthers_data()
{
    QTest::addColumn<QByteArrayList>("paths");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<bool>("hasNothing");
    QTest::newRow("beside the own account")
        << QByteArrayList{"/api/me", "/api/settings"} << Outcome::Info << u"/api/settings was not tried"_s << false;
    QTest::newRow("alone") << QByteArrayList{"/api/settings"} << Outcome::NotRun << u"/api/settings was not tried"_s
                           << false;
    QTest::newRow("what only reads") << QByteArrayList{"/api/customers/lookup"} << Outcome::NotRun
                                     << u"only look something up"_s << false;
    QTest::newRow("nothing is marked") << QByteArrayList() << Outcome::NotRun << u"No route is marked"_s << true;
}

void TestMassLeftOut::namesSettingsOfOthers()
{
    QFETCH(QByteArrayList, paths);
    QFETCH(QString, reason);
    m_shop.reset();
    BadShop scene(m_shop, [&](const ShopRouteLine &line) { return paths.contains(line.path); });
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run, massAssignmentCheck());
    QTEST(judged.outcome, "outcome");
    QVERIFY2(judged.reason.contains(reason), qPrintable(told(judged)));
    QTEST(hadNothingToTry(judged), "hasNothing");
    const bool isLeftOut = paths.contains("/api/settings");
    QCOMPARE(judged.observed["left_out"_L1].toArray().size(), isLeftOut ? 1 : 0);
    if (isLeftOut && paths.size() > 1)
        QVERIFY(!closesField(judged, judged.observed["left_out"_L1][0].toString() + u" plan"_s));
}

QTEST_GUILESS_MAIN(TestMassLeftOut)
#include "tst_massleftout.moc"
