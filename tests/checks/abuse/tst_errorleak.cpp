#include "checks/abuse/brokenreads.h"
#include "checks/abuse/errorleak.h"
#include "checks/abuse/schema.h"
#include "checks/actors/products.h"
#include "tests/checks/abuse/activeproof.h"
#include "tests/lab/renewed.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kJson = "Content-Type: application/json";
const QByteArray kTrace = "Traceback (most recent call last):\n  File \"/srv/app/views.py\", line 8, in save\n";

Route get(const QString &path, const QString &seen = {})
{
    Route route;
    route.path = path;
    route.seen = seen;
    route.host = u"app.example.com"_s;
    return route;
}

// The same once more, as a product of its own at another of its hosts.
void addProduct(ProjectFacts &facts, std::map<QString, Secret> &secrets, const QString &host, const QString &other)
{
    for (Route &route : facts.routes)
        route.host = host;
    for (RouteSample &sample : facts.samples)
        sample.host = host;
    const ProjectFacts first = facts;
    for (Route route : first.routes) {
        route.host = other;
        facts.routes.push_back(route);
    }
    for (RouteSample sample : first.samples) {
        sample.host = other;
        facts.samples.push_back(sample);
    }
    for (TestActor actor : first.actors) {
        const auto secret = secrets.find(actor.id);
        actor.id = u"second-"_s + actor.id;
        actor.signIn.url.replace(host, other);
        actor.whoAmIUrl.replace(host, other);
        if (secret != secrets.end())
            secrets.emplace(actor.id, secret->second);
        facts.actors.push_back(actor);
    }
}

} // namespace

class TestErrorLeak : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void breaksReads_data();
    void breaksReads();
    void choosesReads();
    void judges_data();
    void judges();
    void findsNothingInCleanProducts();
    void findsFaults_data();
    void findsFaults();
    void findsFaultsOfTheDesk_data();
    void findsFaultsOfTheDesk();
    void isNotFooled_data();
    void isNotFooled();
    void sharesWhatWasSent();
    void waitsForNothingOfItsOwn_data();
    void waitsForNothingOfItsOwn();
    void stopsAndCleansUp();

private:
    ShopLab m_shop;
    DeskLab m_desk;
    LyingShop m_hostile;
    std::vector<PageLeakRule> m_rules;
};

void TestErrorLeak::initTestCase()
{
    QVERIFY2(m_shop.isReady(), qPrintable(m_shop.problem()));
    QVERIFY2(m_desk.isReady(), qPrintable(m_desk.problem()));
    auto rules = loadPageLeakRules();
    QVERIFY(rules);
    m_rules = std::move(*rules);
}

void TestErrorLeak::init()
{
    renew(m_shop, m_desk);
}

void TestErrorLeak::breaksReads_data()
{
    QTest::addColumn<Route>("route");
    QTest::addColumn<QString>("expected"); // the last part of each address
    QTest::newRow("with a seen id") << get(u"/notes/{id}"_s, u"/notes/7"_s)
                                    << u"7 %27 99999999999999999999999999 aaa %FF%FE"_s;
    QTest::newRow("without one") << get(u"/notes/{id}"_s) << u"%27 99999999999999999999999999 aaa %FF%FE"_s;
    QTest::newRow("of something else") << get(u"/teams/{id}/notes/{id2}"_s, u"/teams/3/notes/7"_s)
                                       << u"7 %27 99999999999999999999999999 aaa %FF%FE"_s;
    QTest::newRow("of something unknown") << get(u"/teams/{id}/notes/{id2}"_s) << u""_s;
    QTest::newRow("a list") << get(u"/notes"_s)
                            << u"notes notes?page=lc&limit=-1&offset=lc notes?sort=%27&order=%27 "
                               "notes?q[]=lc&filter[lc][]=1 notes"_s;
    QTest::newRow("another host") << [] {
        Route route = get(u"/notes"_s);
        route.host = u"other.example.net"_s;
        return route;
    }() << u""_s;
}

void TestErrorLeak::breaksReads()
{
    QFETCH(Route, route);
    QFETCH(QString, expected);
    Target target{.domain = u"example.com"_s, .hosts = {{HostRole::App, u"app.example.com"_s, kHttpsPort}}};
    QStringList found;
    for (const BrokenRead &one : brokenReadsOf(route, target)) {
        QCOMPARE(one.request.url.host(), u"app.example.com"_s);
        QCOMPARE(one.request.method, QByteArray("GET"));
        found.append(
            QString::fromUtf8(one.request.url.toEncoded()).section(u'/', -1).replace(QString(3000, u'a'), u"aaa"_s));
    }
    QCOMPARE(found.join(u' '), expected);
}

void TestErrorLeak::choosesReads()
{
    std::vector<Route> routes;
    for (int i = 0; i < 30; ++i) {
        routes.push_back(get(u"/r%1/{id}"_s.arg(i)));
        routes.push_back(get(u"/r%1"_s.arg(i)));
    }
    const BreakChoice chosen = routesToBreak(routes, {u"GET /r9/{id}"_s, u"GET /r7"_s});
    QCOMPARE(chosen.routes.size(), kMostBrokenRoutes);
    QCOMPARE(chosen.routes.size() + static_cast<std::size_t>(chosen.beyond.size()), routes.size());
    QStringList first;
    for (std::size_t i = 0; i < kFewBrokenRoutes; ++i)
        first.append(chosen.routes[i].path);
    QCOMPARE(first.join(u' '), u"/r9/{id} /r0/{id} /r1/{id} /r7 /r0"_s);
    QCOMPARE(chosen.beyond.back(), u"GET /r29"_s);
}

void TestErrorLeak::judges_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("usual");
    QTest::addColumn<int>("good");
    QTest::addColumn<QString>("brokenOff");
    QTest::addColumn<QString>("expected");
    QTest::newRow("plain") << QByteArray(R"({"error":"bad_field"})") << QByteArray() << 1 << QString() << u"pass"_s;
    QTest::newRow("trace") << kTrace << QByteArray() << 1 << QString()
                           << u"server_path_forced:low stack_trace_forced:medium"_s;
    QTest::newRow("trace that the good answer has, too") << kTrace << kTrace << 1 << QString() << u"pass"_s;
    QTest::newRow("database") << QByteArray("SQLSTATE[42601]: syntax") << QByteArray() << 1 << QString()
                              << u"database_message_forced:medium"_s;
    QTest::newRow("nothing is answered well") << QByteArray("oops") << QByteArray() << 0 << QString() << u"not_run"_s;
    QTest::newRow("broken off") << QByteArray("oops") << QByteArray() << 1 << u"Stopped."_s << u"not_run"_s;
    QTest::newRow("broken off after a find")
        << kTrace << QByteArray() << 1 << u"Stopped."_s << u"server_path_forced:low stack_trace_forced:medium"_s;
}

void TestErrorLeak::judges()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, usual);
    QFETCH(int, good);
    QFETCH(QString, brokenOff);
    QFETCH(QString, expected);
    ErrorLook look;
    look.good = good;
    look.brokenOff = brokenOff;
    look.errors = {{u"POST /notes"_s, u"null"_s, {}, answer(500, kJson, body), usual}};
    QCOMPARE(said(judgeErrorLeak(look, m_rules)), expected);
    if (good > 0 && brokenOff.isEmpty() && !body.startsWith("Trace")) {
        look.errors.clear();
        QCOMPARE(said(judgeErrorLeak(look, m_rules)), u"not_run"_s);
    }
}

void TestErrorLeak::findsNothingInCleanProducts()
{
    BadShop shop(m_shop, isFewInputRoutes);
    AttackRun shopRun = shop.newRun(2000); // for each read
    const Judged ofShop = shop.judged(shopRun, errorLeakCheck());
    QVERIFY2(ofShop.outcome == Outcome::Pass, qPrintable(told(ofShop)));
    QVERIFY2(ofShop.observed["errors"_L1].toInt() > 50, qPrintable(told(ofShop)));
    // Its own requests, beside those that it shares.
    const int sent = shopRun.gate->sentBy(u"abuse.error-leak"_s);
    QVERIFY2(sent > 5 && sent <= int(kMostBrokenRoutes) * kBrokenRequests, qPrintable(QString::number(sent)));
    QCOMPARE(ofShop.observed["requests"_L1].toInt(), sent);
    BadDesk desk(m_desk);
    AttackRun deskRun = desk.newRun(2000);
    const Judged ofDesk = desk.judged(deskRun, errorLeakCheck());
    QVERIFY2(ofDesk.outcome == Outcome::Pass, qPrintable(told(ofDesk)));
}

void TestErrorLeak::findsFaults_data()
{
    using enum ShopFault;
    QTest::addColumn<ShopFault>("fault");
    QTest::addColumn<QStringList>("codes");
    QTest::newRow("stack trace") << StackTrace << QStringList{u"stack_trace_forced"_s};
    QTest::newRow("SQL") << SqlError << QStringList{u"database_message_forced"_s};
    QTest::newRow("a plain crash") << CrashOnBadInput << QStringList();
}

void TestErrorLeak::findsFaults()
{
    QFETCH(ShopFault, fault);
    QFETCH(QStringList, codes);
    m_shop.setFaults({fault});
    BadShop scene(m_shop, isFewInputRoutes);
    AttackRun run = scene.newRun(200);
    const Judged judged = scene.judged(run, errorLeakCheck());
    QStringList found = codesOf(judged);
    found.removeAll(u"server_path_forced"_s); // stands in the trace
    QVERIFY2(found == codes, qPrintable(told(judged)));
    for (const Finding &finding : judged.findings) {
        QVERIFY(finding.proof == Proof::Proven);
        QVERIFY(!finding.evidence.empty());
    }
}

void TestErrorLeak::findsFaultsOfTheDesk_data()
{
    using enum DeskFault;
    QTest::addColumn<DeskFault>("fault");
    QTest::addColumn<QString>("code");
    QTest::newRow("stack trace") << StackTrace << u"stack_trace_forced"_s;
    QTest::newRow("SQL") << SqlError << u"database_message_forced"_s;
}

void TestErrorLeak::findsFaultsOfTheDesk()
{
    QFETCH(DeskFault, fault);
    QFETCH(QString, code);
    m_desk.setFaults({fault});
    BadDesk scene(m_desk);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run, errorLeakCheck());
    QVERIFY2(codesOf(judged).contains(code), qPrintable(told(judged)));
}

void TestErrorLeak::isNotFooled_data()
{
    QTest::addColumn<ShopLie>("lie");
    QTest::addColumn<bool>("isRun"); // errors could be read all the same
    using enum ShopLie;
    QTest::newRow("always 200") << AlwaysOk << false;
    QTest::newRow("always the same page") << AlwaysOkPage << false;
    QTest::newRow("always 403") << AlwaysRefused << false;
    QTest::newRow("to the login page") << ToLogin << false;
    QTest::newRow("limits us") << Limits << false;
    QTest::newRow("logs us out") << LogsOut << false;
    QTest::newRow("always broken") << AlwaysBroken << false;
    QTest::newRow("garbage") << Garbage << false;
    QTest::newRow("changes ids") << ChangesIds << true;
}

void TestErrorLeak::isNotFooled()
{
    QFETCH(ShopLie, lie);
    QFETCH(bool, isRun);
    m_hostile.lie(lie);
    BadShopOf scene(m_hostile, isFewInputRoutes);
    // Its own account is asked for at an address that is not lied about.
    std::erase_if(scene.facts.routes, [](const Route &route) { return route.path == "/api/me"_L1; });
    AttackRun run = scene.newRun(200);
    const Judged judged = scene.judged(run, errorLeakCheck());
    QStringList codes = codesOf(judged);
    codes.removeAll(u"test_record_left"_s);
    QVERIFY2(codes.isEmpty(), qPrintable(told(judged)));
    const bool isLeft = !judged.findings.empty();
    QVERIFY2(isRun || isLeft || judged.outcome == Outcome::NotRun, qPrintable(told(judged)));
    QVERIFY2(isRun || !judged.reason.isEmpty(), qPrintable(told(judged)));
}

// abuse.schema sent the bad bodies; they are not sent again.
void TestErrorLeak::sharesWhatWasSent()
{
    m_shop.setFaults({ShopFault::StackTrace});
    BadShop scene(m_shop, isFewInputRoutes);
    AttackRun run = scene.newRun();
    scene.judged(run, abuseSchemaCheck());
    const int sent = run.gate->sentBy(u"abuse.schema"_s);
    const Judged judged = scene.judged(run, errorLeakCheck());
    QVERIFY2(codesOf(judged).contains(u"stack_trace_forced"_s), qPrintable(told(judged)));
    QCOMPARE(run.gate->sentBy(u"abuse.schema"_s), sent);
}

// It sends under two accounts. One of them is left to what others leave, which is enough with what it gives back of the
// other, and with no request less.
void TestErrorLeak::waitsForNothingOfItsOwn_data()
{
    QTest::addColumn<bool>("readsAreGranted");
    QTest::addColumn<bool>("hasTwoProducts");
    QTest::newRow("the bad bodies wait") << true << false;
    QTest::newRow("the reads wait") << false << false;
    QTest::newRow("the bad bodies wait, two products") << true << true;
    QTest::newRow("the reads wait, two products") << false << true;
}

void TestErrorLeak::waitsForNothingOfItsOwn()
{
    QFETCH(bool, readsAreGranted);
    QFETCH(bool, hasTwoProducts);
    BadShop scene(m_shop, isFewInputRoutes);
    const QString second = QString::fromLatin1(m_shop.shop().appHost());
    const Target target = targetOf(hasTwoProducts ? QStringList{scene.host, second} : QStringList{scene.host});
    std::map<QString, Secret> secrets = secretsOf(m_shop.shop());
    if (hasTwoProducts)
        addProduct(scene.facts, secrets, scene.host, second);
    QCOMPARE(productsOf(target, scene.facts).size(), hasTwoProducts ? 2u : 1u);
    const Check check = errorLeakCheck();
    const auto needs = check.requests({target, scene.facts});
    QCOMPARE(needs.size(), 2u);
    const RequestNeed &granted = needs.at(readsAreGranted ? 1 : 0);
    const RequestNeed &waiting = needs.at(readsAreGranted ? 0 : 1);
    QCOMPARE(granted.account, readsAreGranted ? u"abuse.error-leak"_s : u"abuse.schema"_s);
    AttackRun run(m_shop.netOptions(), {scene.host, second}, secrets, 600);
    ActiveTerms terms = run.gate->terms();
    terms.budget.requests = budgetFor(granted.most + waiting.atLeast() - 1, static_cast<int>(terms.secrets.size()));
    const std::vector<Allotment> plan{
        {.account = granted.account, .wanted = granted.most, .granted = granted.most, .looks = 2},
        {.account = waiting.account, .wanted = waiting.most}};
    const auto gate = std::make_shared<ActiveGate>(std::move(terms), plan);
    Observations seen(m_shop.netOptions(), run.token, Deadline::in(std::chrono::seconds(30)), nullptr, passiveBudget(1),
                      gate);
    const Judged judged = check.look({.seen = seen,
                                      .target = target,
                                      .policy = run.policy,
                                      .facts = scene.facts,
                                      .startedAt = QDateTime::currentDateTimeUtc()});
    QVERIFY2(!seen.isOver(), qPrintable(told(judged)));
    QVERIFY2(gate->sentBy(granted.account) > 0, qPrintable(told(judged)));
    QVERIFY2(gate->sentBy(waiting.account) > 0, qPrintable(told(judged)));
    const auto isAt = [](const QString &host, const QString &account) {
        return [=](const LoggedRequest &line) { return line.host == host && line.checkId == account; };
    };
    const auto log = gate->log();
    for (const QString &host : target.hosts.size() > 1 ? QStringList{scene.host, second} : QStringList{scene.host})
        QVERIFY2(std::ranges::any_of(log, isAt(host, granted.account)), qPrintable(host)); // each had its part
}

void TestErrorLeak::stopsAndCleansUp()
{
    BadShop scene(m_shop, isFewInputRoutes);
    AttackRun run = scene.newRun();
    const StoppedLook stopped =
        stoppedLook([&] { return m_shop.shop().journal().count("POST", "/api/projects") > 2; },
                    [&] { run.token.cancel(); }, [&] { return scene.judged(run, errorLeakCheck()); });
    QCOMPARE(stopped.problem(), QString());
    QVERIFY2(stopped.judged.outcome == Outcome::NotRun, qPrintable(told(stopped.judged)));
    QCOMPARE(recordsLeft(m_shop.shop().journal()), 0);
}

QTEST_GUILESS_MAIN(TestErrorLeak)
#include "tst_errorleak.moc"
