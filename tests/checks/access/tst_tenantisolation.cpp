#include "checks/access/tenantisolation.h"
#include "checks/actors/crew.h"
#include "tests/checks/access/bentshop.h"
#include "tests/checks/access/deskscene.h"
#include "tests/checks/access/hostileshop.h"
#include "tests/checks/access/shopscene.h"
#include "tests/checks/web/pages.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QTest>

#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

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

bool hasCanaries(ShopLab &lab)
{
    int made = 0;
    int removed = 0;
    for (const JournalLine &line : lab.shop().journal().lines()) {
        made += line.method == "POST" && line.status == 201 ? 1 : 0;
        removed += line.method == "DELETE" && line.status == 204 ? 1 : 0;
    }
    return made != removed;
}

} // namespace

Q_DECLARE_METATYPE(BentShop::Manner)

class TestTenantIsolation : public QObject
{
    Q_OBJECT

private slots:
    void opensSockets_data();
    void opensSockets();
    void findsNothingInTheCleanShop();
    void needsNoAddressThatTellsWho();
    void believesNoBentServer_data();
    void believesNoBentServer();
    void saysWhatItLeavesOut();
    void findsFaults_data();
    void findsFaults();
    void sendsNoPostThatNobodyCalledSafe();
    void sendsNothingWithoutBudget();
    void stopsAndCleansUp();
    void looksAtTheDesk_data();
    void looksAtTheDesk();
    void looksAtABackendService_data();
    void looksAtABackendService();
    void judgesNoHostileServer_data() { addHostilities(); }
    void judgesNoHostileServer();

private:
    ShopLab &cleanShop()
    {
        m_shop.reset();
        m_shop.setFaults({});
        return m_shop;
    }

    ShopLab m_shop;
    DeskLab m_desk;
    HostileShop m_hostile;
};

void TestTenantIsolation::opensSockets_data()
{
    QTest::addColumn<bool>("isFaulty");
    QTest::addColumn<bool>("isDesk");
    QTest::addColumn<QString>("code");
    QTest::newRow("shop, clean") << false << false << QString();
    QTest::newRow("shop, of another customer") << true << false << u"cross_socket"_s;
    QTest::newRow("desk, clean") << false << true << QString();
    QTest::newRow("desk, any Origin") << true << true << u"foreign_origin_socket"_s;
}

// Nobody lists the address of live connections but the project.
void TestTenantIsolation::opensSockets()
{
    QFETCH(bool, isFaulty);
    QFETCH(bool, isDesk);
    QFETCH(QString, code);
    Route socket;
    socket.path = isDesk ? u"/ws"_s : u"/ws/customers/{id}"_s;
    Judged judged;
    if (isDesk) {
        m_desk.reset();
        m_desk.setFaults(isFaulty ? FaultSet<DeskFault>{DeskFault::SocketAnyOrigin} : FaultSet<DeskFault>());
        const QString host = QString::fromLatin1(m_desk.desk().host());
        ProjectFacts facts = factsOf(m_desk);
        socket.host = host;
        facts.routes.push_back(socket);
        AttackRun run(m_desk.netOptions(), {host}, secretsOf(m_desk.desk()));
        judged = run.run(tenantIsolationCheck(), targetOf({host}), facts);
    } else {
        ShopLab &lab = cleanShop();
        lab.setFaults(isFaulty ? FaultSet<ShopFault>{ShopFault::CrossSocket} : FaultSet<ShopFault>());
        ShopScene scene(lab);
        scene.keepCustomers();
        socket.host = scene.host;
        scene.facts.routes.push_back(socket);
        AttackRun run = scene.newRun();
        judged = scene.judged(run);
        QVERIFY(!hasCanaries(lab));
    }
    QVERIFY2(codesOf(judged).join(u' ') == code, qPrintable(told(judged)));
    // What the desk's sends to whoever subscribes on it nobody knows.
    const Outcome clean = isDesk ? Outcome::Info : Outcome::Pass;
    QVERIFY2(!code.isEmpty() || judged.outcome == clean, qPrintable(told(judged)));
    const QJsonObject row = judged.observed["sockets"_L1][0].toObject();
    QVERIFY2(row["owner"_L1] == "opened"_L1 && row["nobody"_L1] == "refused"_L1, qPrintable(told(judged)));
    for (const Finding &finding : judged.findings) {
        QVERIFY(finding.proof == Proof::Proven && !finding.evidence.empty());
        // The desk's cookie says SameSite=Lax: that alone is in the way.
        QCOMPARE(finding.severity, isDesk ? Severity::Low : Severity::Critical);
    }
    QCOMPARE(row["cookie"_L1].toString(), isDesk && isFaulty ? u"kept"_s : QString());
}

void TestTenantIsolation::findsNothingInTheCleanShop()
{
    ShopLab &lab = cleanShop();
    QVERIFY2(lab.isReady(), qPrintable(lab.problem()));
    ShopScene scene(lab);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    QVERIFY2(judged.findings.empty(), qPrintable(told(judged)));
    QVERIFY2(judged.outcome == Outcome::Pass, qPrintable(told(judged)));
    const QJsonArray resources = judged.observed["resources"_L1].toArray();
    QVERIFY2(resources.size() >= 4, qPrintable(told(judged)));
    QVERIFY(!hasCanaries(lab));
    const int sent = run.gate->sentBy(u"access.tenant-isolation"_s);
    QVERIFY2(sent > 50 && sent <= 250, qPrintable(QString::number(sent)));
}

// Several at once where none hides another one.
void TestTenantIsolation::findsFaults_data()
{
    using enum ShopFault;
    using Faults = FaultSet<ShopFault>;
    QTest::addColumn<Faults>("faults");
    QTest::addColumn<QStringList>("codes");
    QTest::newRow("path, search, blind write")
        << Faults{CrossPath, CrossSearch, BlindWrite}
        << QStringList{u"cross_delete"_s, u"cross_path"_s, u"cross_search"_s, u"cross_write"_s};
    QTest::newRow("query, body, existence") << Faults{CrossQuery, CrossBody, ExistenceOracle}
                                            << QStringList{u"cross_body"_s, u"cross_query"_s, u"existence_oracle"_s};
    QTest::newRow("wildcard") << Faults{CrossWildcard} << QStringList{u"cross_path"_s};
    QTest::newRow("list of ids") << Faults{CrossIdList} << QStringList{u"cross_query"_s};
    QTest::newRow("method") << Faults{CrossMethod} << QStringList{u"cross_method"_s};
    QTest::newRow("header") << Faults{CrossHeader} << QStringList{u"cross_header"_s};
    QTest::newRow("filter") << Faults{CrossListFilter} << QStringList{u"cross_filter"_s};
    QTest::newRow("polluted filter") << Faults{CrossPollutedFilter} << QStringList{u"cross_filter"_s};
    QTest::newRow("export") << Faults{CrossExport} << QStringList{u"cross_export"_s};
    QTest::newRow("open to anybody") << Faults{SignedInRouteOpen} << QStringList{u"open_to_strangers"_s};
}

void TestTenantIsolation::findsFaults()
{
    QFETCH(FaultSet<ShopFault>, faults);
    QFETCH(QStringList, codes);
    ShopLab &lab = cleanShop();
    lab.setFaults(faults);
    ShopScene scene(lab);
    scene.keepCustomers();
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    QVERIFY2(codesOf(judged) == codes, qPrintable(told(judged)));
    for (const QString &code : codes) {
        const Proof wanted = code == "existence_oracle"_L1 ? Proof::Strong : Proof::Proven;
        QVERIFY2(std::ranges::any_of(judged.findings,
                                     [&](const Finding &found) { return found.code == code && found.proof == wanted; }),
                 qPrintable(code));
    }
    for (const Finding &found : judged.findings) {
        QVERIFY(!found.evidence.empty());
        const QString proof = found.evidence.front().title + u'\n' + found.evidence.front().body;
        QVERIFY2(proof.contains("signed out"_L1) || proof.contains("-H \"Authorization: Bearer $TOKEN\""_L1),
                 qPrintable(proof)); // sent again, it shows the same
        for (const Secret &secret : run.gate->knownSecrets())
            QVERIFY(!found.evidence.front().body.contains(QString::fromUtf8(secret.reveal())));
    }
}

// The record is a test one, and what POST does there is still nobody's guess.
void TestTenantIsolation::sendsNoPostThatNobodyCalledSafe()
{
    ShopLab &lab = cleanShop();
    lab.setFaults({ShopFault::CrossMethod});
    ShopScene scene(lab);
    scene.keepCustomers();
    Route confirm;
    confirm.method = u"POST"_s;
    confirm.path = u"/api/customers/{customer}"_s;
    confirm.access = AccessClass::SignedIn;
    scene.facts.routes.push_back(confirm);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    QVERIFY2(!judged.observed["resources"_L1].toArray().isEmpty(), qPrintable(told(judged)));
    // The look-up is a route of its own, and marked.
    for (const JournalLine &line : lab.shop().journal().lines())
        QVERIFY2(line.method != "POST" || !line.target.startsWith("/api/customers/") ||
                     line.target.startsWith("/api/customers/lookup"),
                 line.target.constData());
}

void TestTenantIsolation::sendsNothingWithoutBudget()
{
    ShopScene scene(cleanShop());
    AttackRun poor = scene.newRun(40); // less than it needs
    QCOMPARE(scene.judged(poor).outcome, Outcome::NotRun);
    QCOMPARE(poor.gate->sent(), 0);
}

void TestTenantIsolation::stopsAndCleansUp()
{
    ShopLab &lab = cleanShop();
    ShopScene scene(lab);
    AttackRun run = scene.newRun();
    QElapsedTimer timer;
    std::jthread stopper([&] {
        // As soon as something was planted.
        while (lab.shop().journal().count("POST", "/api/customers") == 0)
            std::this_thread::yield();
        timer.start();
        run.token.cancel();
    });
    const Judged judged = scene.judged(run);
    stopper.join();
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY2(judged.outcome == Outcome::NotRun, qPrintable(told(judged)));
    QVERIFY(!hasCanaries(lab));
}

void TestTenantIsolation::looksAtTheDesk_data()
{
    using Faults = FaultSet<DeskFault>;
    using enum DeskFault;
    QTest::addColumn<Faults>("faults");
    QTest::addColumn<QString>("code");
    QTest::newRow("clean") << Faults() << QString();
    QTest::newRow("clean, nobody wrote node(id) down") << Faults() << QString();
    QTest::newRow("node, which nobody wrote down") << Faults{GraphQlNode} << u"cross_graphql"_s;
    QTest::newRow("path") << Faults{CrossPath} << u"cross_path"_s;
    QTest::newRow("query") << Faults{CrossQuery} << u"cross_query"_s;
    QTest::newRow("export") << Faults{CrossExport} << u"cross_export"_s;
    QTest::newRow("search") << Faults{CrossSearch} << u"cross_search"_s;
    QTest::newRow("node") << Faults{GraphQlNode} << u"cross_graphql"_s;
    QTest::newRow("list filter") << Faults{GraphQlListFilter} << u"cross_graphql"_s;
    QTest::newRow("mutation") << Faults{GraphQlMutation} << u"cross_delete cross_write"_s;
    QTest::newRow("questions of strangers") << Faults{GraphQlOpen} << u"open_to_strangers"_s;
}

void TestTenantIsolation::looksAtTheDesk()
{
    QFETCH(FaultSet<DeskFault>, faults);
    QFETCH(QString, code);
    QVERIFY2(m_desk.isReady(), qPrintable(m_desk.problem()));
    m_desk.reset();
    m_desk.setFaults(faults);
    const QString host = QString::fromLatin1(m_desk.desk().host());
    AttackRun run(m_desk.netOptions(), {host}, secretsOf(m_desk.desk()));
    ProjectFacts facts = factsOf(m_desk);
    if (QByteArray(QTest::currentDataTag()).contains("wrote"))
        std::erase_if(facts.samples, [](const RouteSample &one) { return one.body.contains("node("); });
    const Judged judged = run.run(tenantIsolationCheck(), targetOf({host}), facts);
    QVERIFY2(codesOf(judged).join(u' ') == code, qPrintable(told(judged)));
    QVERIFY2(!code.isEmpty() || judged.outcome == Outcome::Pass, qPrintable(told(judged)));
    int made = 0;
    int removed = 0;
    for (const JournalLine &line : m_desk.desk().journal().lines()) {
        made += line.method == "POST" && line.target == "/invoices" && line.status == 303 ? 1 : 0;
        removed += line.target.endsWith("/delete") && line.status == 303 ? 1 : 0;
    }
    QCOMPARE(made, 1);
    QVERIFY2(removed == 1 || code.contains("cross_delete"_L1), "the test record is left");
}

void TestTenantIsolation::looksAtABackendService_data()
{
    using Faults = FaultSet<BackendFault>;
    QTest::addColumn<Faults>("faults");
    QTest::addColumn<QString>("code");
    QTest::newRow("clean") << Faults() << QString();
    QTest::newRow("whoever signed in") << Faults{BackendFault::SignedInReadsAll} << u"cross_list"_s;
}

// Tables without ids in their addresses, and nothing that could be planted: the owner's mail address tells.
void TestTenantIsolation::looksAtABackendService()
{
    QFETCH(FaultSet<BackendFault>, faults);
    QFETCH(QString, code);
    BackendLab lab({.faults = faults});
    QVERIFY2(lab.isReady(), qPrintable(lab.problem()));
    const QString host = lab.url("/").host();
    ProjectFacts facts;
    for (const QString &table : lab.backend().tables()) {
        Route route;
        route.method = u"GET"_s;
        route.path = u"/rest/v1/"_s + table;
        route.host = host;
        route.access = AccessClass::SignedIn;
        facts.routes.push_back(route);
    }
    SignIn signIn = jsonSignIn(lab.url("/auth/v1/token?grant_type=password"));
    signIn.headers = {{u"apikey"_s, QString::fromLatin1(lab.backend().publicKey())}};
    facts.actors = actorsOf(lab.backend(), signIn, {}, {});
    AttackRun run(lab.netOptions(), {host}, secretsOf(lab.backend()));
    const Judged judged = run.run(tenantIsolationCheck(), targetOf({host}), facts);
    QVERIFY2(codesOf(judged).join(u' ') == code, qPrintable(told(judged)));
    QVERIFY2(judged.outcome == (code.isEmpty() ? Outcome::NotRun : Outcome::Fail), qPrintable(told(judged)));
    for (const Finding &finding : judged.findings) {
        QCOMPARE(finding.proof, Proof::Strong);
        QVERIFY(!finding.evidence.front().body.contains("carla.mendes"_L1)); // of somebody else
    }
}

// Signing in works, and nothing else says anything: neither a find nor a pass.
void TestTenantIsolation::judgesNoHostileServer()
{
    QFETCH(Hostility, hostility);
    QVERIFY2(m_hostile.isReady(), qPrintable(m_hostile.problem()));
    m_hostile.become(hostility);
    NetOptions net;
    net.operationTimeout = std::chrono::milliseconds(hostility.slowness.count() > 0 ? 100 : 5000);
    ShopScene scene(cleanShop()); // the same addresses
    scene.keepCustomers();
    Route socket;
    socket.path = u"/ws/customers/{id}"_s;
    socket.host = scene.host;
    scene.facts.routes.push_back(socket);
    AttackRun run(m_hostile.netOptions(net), {scene.host}, secretsOf(m_hostile.shop()));
    const Judged judged = scene.judged(run);
    // Where ids change, nobody finds the test record again, and that is said. So it is where a server says yes to
    // making one and then shows nothing that could be read.
    const bool isPerhapsMade = hostility.changesIds || hostility.status == 200;
    QVERIFY2(codesOf(judged).join(u' ') == (isPerhapsMade ? u"test_record_left"_s : QString()),
             qPrintable(told(judged)));
    QVERIFY2(hostility.changesIds || judged.outcome == Outcome::NotRun || judged.outcome == Outcome::Error,
             qPrintable(told(judged)));
    QVERIFY2(judged.outcome != Outcome::Pass && !judged.reason.isEmpty(), qPrintable(told(judged)));
}

// What the account alone gets shows that it is signed in.
void TestTenantIsolation::needsNoAddressThatTellsWho()
{
    ShopScene scene(cleanShop());
    for (TestActor &actor : scene.facts.actors)
        actor.whoAmIUrl.clear();
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    QVERIFY2(judged.outcome == Outcome::Pass, qPrintable(told(judged)));
}

void TestTenantIsolation::believesNoBentServer_data()
{
    QTest::addColumn<BentShop::Manner>("manner");
    using Reply = std::optional<PageReply>;
    const auto row = [](const char *name, const BentShop::Manner &manner) { QTest::newRow(name) << manner; };
    const auto isOutsider = [](const PageRequest &request, const BentShop &shop) {
        const ShopScene scene(const_cast<BentShop &>(shop)); // the crew points into its accounts
        const Crew crew = crewOf(scene.facts.actors);
        return shop.isOf(request, crew.outsider()->tenant);
    };
    row("signs the other customer out", [=](const PageRequest &request, BentShop &shop) -> Reply {
        const bool isOver = isOutsider(request, shop) && shop.askedBy(request) > 20;
        return isOver ? Reply(json(401, R"({"error":"sign in"})")) : std::nullopt;
    });
    row("shows the other customer less and less", [=](const PageRequest &request, BentShop &shop) -> Reply {
        const bool isOver = isOutsider(request, shop) && shop.askedBy(request) > 20;
        return isOver ? Reply(json(200, "[]")) : std::nullopt;
    });
    row("knows nothing any more once somebody deletes", [=](const PageRequest &request, BentShop &shop) -> Reply {
        shop.hasSeenForeignDelete =
            shop.hasSeenForeignDelete || (request.method == "DELETE" && isOutsider(request, shop));
        return shop.hasSeenForeignDelete ? Reply(json(404, R"({"error":"not found"})")) : std::nullopt;
    });
}

void TestTenantIsolation::believesNoBentServer()
{
    QFETCH(BentShop::Manner, manner);
    BentShop lab(manner);
    QVERIFY(lab.isReady());
    ShopScene scene(lab);
    for (TestActor &actor : scene.facts.actors)
        actor.whoAmIUrl.clear();
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    QVERIFY2(judged.outcome != Outcome::Pass, qPrintable(told(judged)));
    QStringList codes = codesOf(judged);
    codes.removeAll(u"test_record_left"_s); // which is true
    QVERIFY2(codes.isEmpty(), qPrintable(told(judged)));
}

void TestTenantIsolation::saysWhatItLeavesOut()
{
    ShopScene scene(cleanShop());
    AttackRun small = scene.newRun(190); // not enough for all kinds of records
    const Judged some = scene.judged(small);
    QVERIFY2(some.outcome == Outcome::Info && some.reason.contains("may not send enough"_L1), qPrintable(told(some)));
    QVERIFY(small.gate->sent() <= 190);
    for (int i = 0; i < 9; ++i) {
        Route route = scene.facts.routes.front();
        route.method = u"GET"_s;
        route.path = u"/api/thing%1/{id}"_s.arg(QChar(u'a' + i));
        route.access = AccessClass::SignedIn;
        scene.facts.routes.push_back(route);
    }
    AttackRun run = scene.newRun(600);
    const Judged judged = scene.judged(run);
    QVERIFY2(judged.outcome == Outcome::Info && judged.reason.contains("more kinds of records"_L1),
             qPrintable(told(judged)));
}

QTEST_GUILESS_MAIN(TestTenantIsolation)
#include "tst_tenantisolation.moc"
