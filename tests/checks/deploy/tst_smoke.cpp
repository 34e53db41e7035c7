#include "tests/checks/deploy/smokescene.h"
#include "tests/lab/renewed.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QString kAllWork = u"sign_in:works read:works protected:works write:works sign_out:works"_s;

using ShopScene = SmokeScene<ShopLab>;

} // namespace

class TestSmoke : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void judges_data();
    void judges();
    void passesTheCleanShop();
    void findsAnOpenRoute();
    void saysWhatItCouldNotTry();
    void looksAtEachRead_data();
    void looksAtEachRead();
    void knowsNothingWithoutAnInventedAddress();
    void tellsOtherServers_data();
    void tellsOtherServers();

private:
    std::unique_ptr<ShopLab> m_lab;
    std::unique_ptr<PageLab> m_other; // the shop, but for what begins with m_path
    QByteArray m_path;
    PageReply m_reply;
};

void TestSmoke::initTestCase()
{
    m_lab = std::make_unique<ShopLab>();
    QVERIFY2(m_lab->isReady(), qPrintable(m_lab->problem()));
    m_other = std::make_unique<PageLab>(
        [this](const PageRequest &request) {
            return request.path().startsWith(m_path) ? m_reply : m_lab->shop().answer(request);
        },
        QList<QByteArray>{m_lab->shop().apiHost()});
    QVERIFY2(m_other->isReady(), qPrintable(m_other->problem()));
}

void TestSmoke::init()
{
    renew(*m_lab);
}

void TestSmoke::judges_data()
{
    using enum SmokeEnd;
    QTest::addColumn<std::vector<SmokeEnd>>("ends");
    QTest::addColumn<QString>("expected");
    using Ends = std::vector<SmokeEnd>;
    QTest::newRow("all work") << Ends{Works, Works, Works, Works, Works} << u"pass"_s;
    QTest::newRow("no sign-in") << Ends{Broken} << u"sign_in_fails:critical"_s;
    QTest::newRow("read") << Ends{Works, Broken, NotTried, Works, Works} << u"read_fails:high"_s;
    QTest::newRow("open") << Ends{Works, Works, Broken, Works, Works} << u"protected_open:critical"_s;
    QTest::newRow("write") << Ends{Works, Works, Works, Broken, Works} << u"write_fails:high"_s;
    QTest::newRow("sign-out") << Ends{Works, Works, Works, Works, Broken} << u"sign_out_fails:medium"_s;
    QTest::newRow("two") << Ends{Works, Broken, NotTried, Broken, Works} << u"read_fails:high write_fails:high"_s;
    QTest::newRow("no write known") << Ends{Works, Works, Works, NotTried, Works} << u"not_run"_s;
    QTest::newRow("unclear") << Ends{Works, Unclear, NotTried, Works, Works} << u"not_run"_s;
    QTest::newRow("nothing") << Ends{} << u"not_run"_s;
    QTest::newRow("only signed in") << Ends{Works} << u"not_run"_s;
}

void TestSmoke::judges()
{
    QFETCH(std::vector<SmokeEnd>, ends);
    QFETCH(QString, expected);
    SmokeLook look{.actor = u"Mia"_s, .steps = {}};
    const SmokeStep steps[] = {SmokeStep::SignIn, SmokeStep::Read, SmokeStep::Protected, SmokeStep::Write,
                               SmokeStep::SignOut};
    for (std::size_t i = 0; i < ends.size(); ++i)
        look.steps.push_back({.step = steps[i], .end = ends[i], .why = ends[i] == SmokeEnd::Works ? u""_s : u"Why."_s});
    const Judged judged = judgeSmoke(look);
    QCOMPARE(said(judged), expected);
    QCOMPARE(judged.observed["steps"_L1].toArray().size(), qsizetype(ends.size()));
    if (judged.outcome == Outcome::NotRun)
        QVERIFY(!judged.reason.isEmpty());
}

void TestSmoke::passesTheCleanShop()
{
    ShopScene scene(*m_lab);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    QVERIFY2(judged.outcome == Outcome::Pass, qPrintable(told(judged)));
    QCOMPARE(endsOf(judged), kAllWork);
    QCOMPARE(judged.observed["requests"_L1].toInt(), run.gate->sentBy(u"deploy.smoke"_s));
    QVERIFY(run.gate->sent() <= 22);
    QCOMPARE(sentTo(m_lab->shop(), "POST", "/api/notes"), 1);
    QCOMPARE(sentTo(m_lab->shop(), "DELETE", "/api/notes/"), 1);
    QCOMPARE(sentTo(m_lab->shop(), "POST", "/api/logout"), 1);
}

void TestSmoke::findsAnOpenRoute()
{
    m_lab->setFaults({ShopFault::SignedInRouteOpen});
    ShopScene scene(*m_lab);
    // What that fault opens is what is asked for first.
    std::stable_partition(scene.facts.routes.begin(), scene.facts.routes.end(),
                          [](const Route &route) { return route.path == u"/api/customers"; });
    const Judged judged = scene.judged();
    QVERIFY2(said(judged).contains(u"protected_open:critical"_s), qPrintable(told(judged)));
    QVERIFY(!judged.findings.front().evidence.empty());
}

void TestSmoke::saysWhatItCouldNotTry()
{
    ShopScene scene(*m_lab);
    for (Route &route : scene.facts.routes)
        route.safeToWrite = false;
    const Judged judged = scene.judged();
    QVERIFY2(judged.outcome == Outcome::NotRun, qPrintable(told(judged)));
    QVERIFY2(endsOf(judged).contains(u"write:not_tried sign_out:works"_s), qPrintable(told(judged)));
    QVERIFY2(judged.reason.contains(u"safe to write"_s), qPrintable(judged.reason));
    scene.facts.actors.clear();
    QCOMPARE(scene.judged().outcome, Outcome::NotRun);
}

// What customers need is broken wherever it stands among the reads. What this account may not have is no fault.
void TestSmoke::looksAtEachRead_data()
{
    QTest::addColumn<QByteArray>("path"); // of the reads customers, settings and uploads
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("expected");
    for (const char *path : {"/api/customers", "/api/settings", "/api/uploads"}) {
        QTest::addRow("500 at %s", path) << QByteArray(path) << 500 << u"read:broken"_s;
        QTest::addRow("503 at %s", path) << QByteArray(path) << 503 << u"read:broken"_s;
        QTest::addRow("403 at %s", path) << QByteArray(path) << 403 << u"read:works"_s;
        // By another session than that of the others, or by a role.
        QTest::addRow("401 at %s", path) << QByteArray(path) << 401 << u"read:works"_s;
        QTest::addRow("limited at %s", path) << QByteArray(path) << 429 << u"read:works"_s;
    }
    QTest::newRow("two of them") << QByteArray("/api/") << 500 << u"read:broken"_s;
}

void TestSmoke::looksAtEachRead()
{
    QFETCH(QByteArray, path);
    QFETCH(int, status);
    QFETCH(QString, expected);
    ShopScene scene(*m_lab);
    const QStringList kept{u"/api/customers"_s, u"/api/settings"_s, u"/api/uploads"_s};
    std::stable_partition(scene.facts.routes.begin(), scene.facts.routes.end(),
                          [&](const Route &route) { return route.method == u"GET"_s && kept.contains(route.path); });
    PageLab other(
        [&](const PageRequest &request) {
            const QByteArray asked = request.path();
            const bool isRead = request.method == "GET" && kept.contains(QString::fromLatin1(asked));
            const bool isSpared = path == "/api/" && asked == "/api/customers";
            if (!isRead || isSpared || !asked.startsWith(path))
                return m_lab->shop().answer(request);
            return PageReply{.status = status, .contentType = "application/json", .body = R"({"error":"no"})"};
        },
        QList<QByteArray>{m_lab->shop().apiHost()});
    QVERIFY2(other.isReady(), qPrintable(other.problem()));
    AttackRun run = scene.newRun(other.netOptions());
    const Judged judged = scene.judged(run);
    QVERIFY2(endsOf(judged).contains(expected), qPrintable(told(judged)));
    QCOMPARE(said(judged).contains(u"read_fails:high"_s), expected == u"read:broken"_s);
    if (path == "/api/")
        QVERIFY2(judged.reason.isEmpty() && judged.findings.front().whatWeSaw.count(u" 500"_s) == 2,
                 qPrintable(told(judged)));
}

// Whether every address lets strangers in is not known where nobody gets an answer from one that does not exist.
void TestSmoke::knowsNothingWithoutAnInventedAddress()
{
    m_lab->setFaults({ShopFault::SignedInRouteOpen});
    ShopScene scene(*m_lab);
    std::stable_partition(scene.facts.routes.begin(), scene.facts.routes.end(),
                          [](const Route &route) { return route.path == u"/api/customers"; });
    m_path = "/lc-";
    m_reply = {.status = 200, .body = {}};
    m_reply.add("X-Endless", QByteArray(512 * 1024, 'a')); // no client reads a head of that size
    AttackRun run = scene.newRun(m_other->netOptions());
    const Judged judged = scene.judged(run);
    QVERIFY2(endsOf(judged).contains(u"protected:unclear"_s), qPrintable(told(judged)));
    QVERIFY2(judged.reason.contains(u"invented address gave them no answer"_s), qPrintable(judged.reason));
}

void TestSmoke::tellsOtherServers_data()
{
    QTest::addColumn<QByteArray>("path"); // that begins so answers so; all others as the shop
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected");
    QTest::newRow("sign-in is down") << QByteArray("/api/login") << 503 << QByteArray("down")
                                     << u"sign_in_fails:critical"_s;
    QTest::newRow("sign-in gives no token")
        << QByteArray("/api/login") << 200 << QByteArray("{}") << u"sign_in_fails:critical"_s;
    QTest::newRow("reads are broken") << QByteArray("/api/c") << 500 << QByteArray("oops") << u"read_fails:high"_s;
    QTest::newRow("writes are broken") << QByteArray("/api/notes") << 500 << QByteArray("oops")
                                       << u"write_fails:high"_s;
    QTest::newRow("no sign-out") << QByteArray("/api/logout") << 404 << QByteArray("{}") << u"sign_out_fails:medium"_s;
    QTest::newRow("all the same to anybody")
        << QByteArray("/api/") << 200 << QByteArray(R"({"ok":true})") << u"sign_in_fails:critical"_s;
    QTest::newRow("sign-in is limited") << QByteArray("/api/login") << 429 << QByteArray("slow down") << u"not_run"_s;
    QTest::newRow("limited") << QByteArray("/api/notes") << 429 << QByteArray("slow down") << u"not_run"_s;
    QTest::newRow("not for this account")
        << QByteArray("/api/c") << 403 << QByteArray(R"({"error":"no"})") << u"not_run"_s;
}

void TestSmoke::tellsOtherServers()
{
    QFETCH(QByteArray, path);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, expected);
    ShopScene scene(*m_lab);
    std::erase_if(scene.facts.routes, [](const Route &route) {
        return !route.path.startsWith(u"/api/c"_s) && !route.path.startsWith(u"/api/notes"_s);
    });
    // Reads of notes are no reads that the smoke test takes: they are for writing.
    std::erase_if(scene.facts.routes,
                  [](const Route &route) { return route.method == u"GET" && route.path == u"/api/coupons"; });
    m_path = path;
    m_reply = {.status = status, .contentType = "application/json", .body = body};
    AttackRun run = scene.newRun(m_other->netOptions());
    const Judged judged = scene.judged(run);
    QVERIFY2(said(judged).split(u' ').contains(expected), qPrintable(told(judged)));
    QVERIFY(judged.outcome != Outcome::Pass);
    QVERIFY(run.gate->sent() <= 30);
}

QTEST_GUILESS_MAIN(TestSmoke)
#include "tst_smoke.moc"
