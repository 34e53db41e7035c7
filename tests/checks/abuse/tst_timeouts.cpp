#include "checks/abuse/timeouts.h"
#include "tests/checks/abuse/badscene.h"
#include "tests/checks/abuse/moodyshop.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

bool isNote(const ShopRouteLine &line)
{
    return line.path == "/api/projects";
}

// The server of the test waits for 1.2 seconds.
constexpr auto kServerWaits = 1200ms;
const SlowVisitTimes kQuick{.pace = {.every = 100ms, .least = 600ms, .most = 4s}, .settle = 100ms, .readLimit = 700ms};

template<typename Lab>
Judged quickLook(BadShopOf<Lab> &scene, AttackRun &run, const SlowVisitTimes &times = kQuick)
{
    return lookAtTimeouts({.seen = run.seen,
                           .target = targetOf({scene.host}),
                           .policy = run.policy,
                           .facts = scene.facts,
                           .startedAt = QDateTime::currentDateTimeUtc()},
                          times);
}

VisitorRead read(VisitEnd end, int ms)
{
    return {.end = end, .status = end == VisitEnd::Unanswered ? 0 : 200, .took = std::chrono::milliseconds(ms)};
}

SlowTry slow(SlowEnd end)
{
    return {.end = end, .took = 5s, .problem = u"Not reached."_s};
}

// What a good server looks like.
SlowVisits goodVisits()
{
    SlowVisits visits;
    visits.host = u"app.example.com"_s;
    visits.slowRoute = u"POST /api/notes"_s;
    visits.slow.method = "POST";
    visits.slow.url = visits.read.url = QUrl(u"https://app.example.com/"_s);
    visits.read.routeName = u"/"_s;
    visits.before = visits.after = {read(VisitEnd::Served, 20), read(VisitEnd::Served, 30)};
    visits.during = {read(VisitEnd::Served, 20), read(VisitEnd::Served, 40), read(VisitEnd::Served, 20)};
    visits.bodies = std::vector<SlowTry>(8, slow(SlowEnd::Kept));
    visits.body = visits.head = slow(SlowEnd::CutOff);
    return visits;
}

} // namespace

class TestTimeouts : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void judges_data();
    void judges();
    void tellsEnds_data();
    void tellsEnds();
    void findsNothingInTheCleanShop();
    void findsAServerThatIsTiedUp();
    void findsAServerThatWaitsTooLong();
    void isNotFooled_data();
    void isNotFooled();
    void sendsNothingWithoutLeave();
    void needsARoute();
    void stops_data();
    void stops();

private:
    MoodyShop m_shop{Manners{.requestPatience = kServerWaits, .workers = 40}};
};

void TestTimeouts::initTestCase()
{
    QVERIFY(m_shop.isReady());
}

void TestTimeouts::judges_data()
{
    QTest::addColumn<SlowVisits>("visits");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QString &expected, const std::function<void(SlowVisits &)> &change) {
        SlowVisits visits = goodVisits();
        change(visits);
        QTest::newRow(name) << visits << expected;
    };
    const VisitorRead none = read(VisitEnd::Unanswered, 3000);
    const VisitorRead broken = read(VisitEnd::Broken, 10);
    const VisitorRead limited = read(VisitEnd::Limited, 10);
    const VisitorRead served = read(VisitEnd::Served, 20);
    const QString tied = u"slow_requests_tie_up:high"_s;
    row("good", u"pass"_s, [](SlowVisits &) {});
    row("cut off already", u"pass"_s, [](SlowVisits &v) {
        v.bodies = std::vector<SlowTry>(8, slow(SlowEnd::CutOff));
        v.during = {read(VisitEnd::Served, 20)};
    });
    row("nobody is answered", tied, [&](SlowVisits &v) { v.during = {none, none, none}; });
    row("the first slips in", tied, [&](SlowVisits &v) { v.during = {served, none, none}; });
    row("errors", tied, [&](SlowVisits &v) { v.during = {broken, broken, broken}; });
    row("much later", tied, [&](SlowVisits &v) { v.during = {read(VisitEnd::Served, 2500), none, served}; });
    row("late, as before", u"pass"_s, [&](SlowVisits &v) {
        v.before = v.after = {read(VisitEnd::Served, 2000), read(VisitEnd::Served, 2100)};
        v.during = {read(VisitEnd::Served, 2500), read(VisitEnd::Served, 2500), read(VisitEnd::Served, 2500)};
    });
    row("one hangs", u"info"_s, [&](SlowVisits &v) { v.during = {served, none, served}; });
    row("never again", u"not_run"_s, [&](SlowVisits &v) {
        v.during = {none, none, none};
        v.after = {none, none, none, none};
    });
    row("broken before", u"not_run"_s, [&](SlowVisits &v) {
        v.before = {served, none};
        v.during = {none, none, none};
    });
    row("limits meanwhile", u"not_run"_s, [&](SlowVisits &v) { v.during = {limited, limited, limited}; });
    row("limits afterwards", u"not_run"_s, [&](SlowVisits &v) {
        v.during = {none, none, none};
        v.after = {limited, limited, limited, limited};
    });
    row("no turn", u"not_run"_s, [&](SlowVisits &v) { v.during = {}; });
    row("a body is kept", u"slow_request_kept:low"_s, [&](SlowVisits &v) { v.body = slow(SlowEnd::Kept); });
    row("a head is kept", u"slow_request_kept:low"_s, [&](SlowVisits &v) { v.head = slow(SlowEnd::Kept); });
    row("a body is answered at once", u"info"_s, [&](SlowVisits &v) { v.body = slow(SlowEnd::Answered); });
    row("all is answered at once", u"not_run"_s, [&](SlowVisits &v) {
        v.body = v.head = slow(SlowEnd::Answered);
        v.bodies = std::vector<SlowTry>(8, slow(SlowEnd::Answered));
    });
    row("no head", u"info"_s, [&](SlowVisits &v) { v.head = slow(SlowEnd::NotTried); });
    row("broken off", u"not_run"_s, [&](SlowVisits &v) { v.brokenOff = u"Stopped."_s; });
}

void TestTimeouts::judges()
{
    QFETCH(SlowVisits, visits);
    QFETCH(QString, expected);
    const Judged judged = judgeTimeouts(visits);
    QVERIFY2(said(judged) == expected, qPrintable(told(judged)));
    QVERIFY(judged.outcome == Outcome::Pass || !judged.reason.isEmpty() || !judged.findings.empty());
    for (const Finding &finding : judged.findings)
        QVERIFY(finding.evidence.front().body.contains(u"curl"_s));
}

void TestTimeouts::tellsEnds_data()
{
    QTest::addColumn<int>("ms");
    QTest::addColumn<bool>("isOurs");
    QTest::addColumn<QString>("expected");
    QTest::newRow("at once") << 20 << false << u"answered"_s;
    QTest::newRow("after a while") << 5000 << false << u"cut_off"_s;
    QTest::newRow("we gave up") << 30000 << true << u"kept"_s;
}

void TestTimeouts::tellsEnds()
{
    QFETCH(int, ms);
    QFETCH(bool, isOurs);
    QFETCH(QString, expected);
    QCOMPARE(toWord(slowEndOf(std::chrono::milliseconds(ms), isOurs, {})), expected);
}

void TestTimeouts::findsNothingInTheCleanShop()
{
    m_shop.setMood({});
    BadShopOf scene(m_shop, isNote);
    AttackRun run = scene.newRun();
    const Judged judged = quickLook(scene, run);
    QVERIFY2(judged.findings.empty() && judged.outcome == Outcome::Pass, qPrintable(told(judged)));
    QCOMPARE(judged.observed["held"_L1].toInt(), kSlowBodies);
    QCOMPARE(judged.observed["slow_body"_L1]["end"_L1].toString(), u"cut_off"_s);
    QCOMPARE(judged.observed["slow_head"_L1]["end"_L1].toString(), u"cut_off"_s);
    QVERIFY(!judged.observed["during"_L1].toArray().isEmpty());
    // No slow request came to the shop as a whole one.
    QCOMPARE(m_shop.shop().journal().count("POST", "/api/projects"), 0);
    QCOMPARE(judged.observed["requests"_L1].toInt(), run.gate->sentBy(u"abuse.timeouts"_s));
    QVERIFY(run.gate->sentBy(u"abuse.timeouts"_s) <= 22);
}

void TestTimeouts::findsAServerThatIsTiedUp()
{
    ShopLab lab({.faults = {ShopFault::SlowBodyTiesUp}});
    QVERIFY2(lab.isReady(), qPrintable(lab.problem()));
    BadShop scene(lab, isNote);
    AttackRun run = scene.newRun();
    const Judged judged = quickLook(scene, run);
    QVERIFY2(codesOf(judged) == QStringList{u"slow_requests_tie_up"_s}, qPrintable(told(judged)));
    QCOMPARE(judged.findings.front().proof, Proof::Strong);
    QCOMPARE(judged.findings.front().host, scene.host);
    QCOMPARE(lab.shop().journal().count("POST", "/api/projects"), 0);
}

// Workers for everybody, and no end of its patience within ours.
void TestTimeouts::findsAServerThatWaitsTooLong()
{
    m_shop.setMood({});
    BadShopOf scene(m_shop, isNote);
    AttackRun run = scene.newRun();
    SlowVisitTimes times = kQuick;
    times.pace.most = 700ms;
    const Judged judged = quickLook(scene, run, times);
    QVERIFY2(codesOf(judged) == QStringList{u"slow_request_kept"_s}, qPrintable(told(judged)));
}

void TestTimeouts::isNotFooled_data()
{
    QTest::addColumn<int>("from"); // the first request that the mood is for, as soon as one is signed in
    QTest::addColumn<int>("status");
    QTest::newRow("always 403") << 0 << 403;
    QTest::newRow("always broken") << 0 << 500;
    QTest::newRow("limits us at once") << 0 << 429;
    QTest::newRow("limits us later") << 3 << 429;
    QTest::newRow("to the login page") << 0 << 302;
    QTest::newRow("signs us out later") << 3 << 401;
}

void TestTimeouts::isNotFooled()
{
    QFETCH(int, from);
    QFETCH(int, status);
    std::atomic_int count = 0;
    m_shop.setMood([&](const PageRequest &request, int) -> std::optional<PageReply> {
        if (request.path().startsWith("/api/login") || request.path() == "/api/me" || ++count <= from)
            return std::nullopt;
        return status == 429 ? limitedReply() : status == 302 ? toLoginReply() : jsonWith(status, R"({"error":"no"})");
    });
    BadShopOf scene(m_shop, isNote);
    AttackRun run = scene.newRun();
    SlowVisitTimes times = kQuick;
    times.readLimit = 300ms;
    const Judged judged = quickLook(scene, run, times);
    m_shop.setMood({});
    QVERIFY2(judged.findings.empty(), qPrintable(told(judged)));
    QVERIFY2(judged.outcome == Outcome::NotRun && !judged.reason.isEmpty(), qPrintable(told(judged)));
}

void TestTimeouts::sendsNothingWithoutLeave()
{
    m_shop.setMood({});
    BadShopOf scene(m_shop, isNote);
    AttackRun poor = scene.newRun(10);
    QCOMPARE(scene.judged(poor, timeoutsCheck()).outcome, Outcome::NotRun);
    QCOMPARE(m_shop.count(), 0);
    const NetOptions net = m_shop.netOptions();
    Observations seen(net, CancelToken(), Deadline::in(10s), nullptr);
    const Policy policy;
    const Judged judged = timeoutsCheck().look({.seen = seen,
                                                .target = targetOf({scene.host}),
                                                .policy = policy,
                                                .facts = scene.facts,
                                                .startedAt = QDateTime::currentDateTimeUtc()});
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QVERIFY(!judged.reason.isEmpty());
    QCOMPARE(m_shop.count(), 0);
}

void TestTimeouts::needsARoute()
{
    BadShopOf scene(m_shop, [](const ShopRouteLine &) { return false; });
    scene.facts.actors.clear();
    AttackRun run = scene.newRun();
    const Judged judged = quickLook(scene, run);
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QVERIFY(judged.reason.contains(u"safe"_s));
    QCOMPARE(run.gate->sent(), 0);
}

void TestTimeouts::stops_data()
{
    QTest::addColumn<bool>("isKilled");
    QTest::newRow("Stop") << false;
    QTest::newRow("the kill switch") << true;
}

void TestTimeouts::stops()
{
    QFETCH(bool, isKilled);
    m_shop.setMood({});
    BadShopOf scene(m_shop, isNote);
    AttackRun run = scene.newRun();
    QElapsedTimer timer;
    timer.start();
    std::atomic<qint64> stoppedAt = 0;
    std::jthread stopper([&] {
        while (run.gate->sentBy(u"abuse.timeouts"_s) < 2 + kSlowBodies)
            std::this_thread::yield();
        stoppedAt = timer.elapsed();
        isKilled ? run.killed->store(true) : run.token.cancel();
    });
    const Judged judged = scene.judged(run, timeoutsCheck());
    stopper.join();
    QVERIFY2(timer.elapsed() - stoppedAt < 1000, qPrintable(QString::number(timer.elapsed() - stoppedAt)));
    QVERIFY2(judged.outcome == Outcome::NotRun, qPrintable(told(judged)));
    QVERIFY(judged.findings.empty());
}

QTEST_GUILESS_MAIN(TestTimeouts)
#include "tst_timeouts.moc"
