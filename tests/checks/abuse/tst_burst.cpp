#include "checks/abuse/burst.h"
#include "tests/checks/abuse/badscene.h"
#include "tests/checks/abuse/moodyshop.h"

#include <QElapsedTimer>
#include <QScopeGuard>
#include <QTest>

#include <condition_variable>
#include <latch>
#include <memory>
#include <mutex>
#include <numeric>
#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int kMostRequests = 96;
const BurstTimes kHasty{.settle = 20ms, .readLimit = 5s};

bool isNothing(const ShopRouteLine &)
{
    return false;
}

template<typename Lab>
Judged quickLook(BadShopOf<Lab> &scene, AttackRun &run, const BurstTimes &times = kHasty)
{
    return lookAtBurst({.seen = run.seen,
                        .target = targetOf({scene.host}),
                        .policy = run.policy,
                        .facts = scene.facts,
                        .startedAt = QDateTime::currentDateTimeUtc()},
                       times);
}

std::vector<VisitorRead> reads(int served, int failed = 0, int limited = 0, int ms = 20)
{
    const std::chrono::milliseconds took(ms);
    std::vector<VisitorRead> all(static_cast<std::size_t>(served),
                                 {.end = VisitEnd::Served, .status = 200, .took = took});
    all.insert(all.end(), static_cast<std::size_t>(failed), {.end = VisitEnd::Broken, .status = 503, .took = took});
    all.insert(all.end(), static_cast<std::size_t>(limited), {.end = VisitEnd::Limited, .status = 429, .took = took});
    return all;
}

// Holds each request of a wave until the last one of it is there. before: requests that come before the waves.
class WaveDoor
{
public:
    explicit WaveDoor(int before) : m_end(before) {}

    void pass(int count)
    {
        std::unique_lock lock(m_mutex);
        ++m_here;
        m_changed.notify_all();
        const int wait = endOfWaveOf(count);
        m_changed.wait(lock, [&] { return m_isOpen || m_here >= wait; });
    }
    void open() // for whatever is still held
    {
        const std::lock_guard lock(m_mutex);
        m_isOpen = true;
        m_changed.notify_all();
    }

private:
    int endOfWaveOf(int count) const // 0: of none
    {
        int end = m_end;
        for (const int size : kBurstWaves) {
            if (count > end && count <= end + size)
                return end + size;
            end += size;
        }
        return 0;
    }

    const int m_end; // of what comes before the waves
    std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_here = 0;
    bool m_isOpen = false;
};

BurstVisits goodBurst()
{
    BurstVisits visits;
    ActiveRequest read;
    read.url = QUrl(u"https://app.example.com/"_s);
    visits.reads = {read};
    visits.before = visits.after = reads(5);
    visits.waves = {reads(5), reads(10), reads(20), reads(20)};
    return visits;
}

} // namespace

class TestBurst : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void judges_data();
    void judges();
    void takesATypicalTime();
    void knowsACache_data();
    void knowsACache();
    void findsNothingInTheCleanShop();
    void findsAProductThatFails();
    void isNotFooled_data();
    void isNotFooled();
    void sendsNothingWithoutLeave();
    void bearsASlowServer();
    void stops_data();
    void stops();

private:
    MoodyShop m_shop;
};

void TestBurst::initTestCase()
{
    QVERIFY(m_shop.isReady());
}

void TestBurst::judges_data()
{
    QTest::addColumn<BurstVisits>("visits");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QString &expected, const std::function<void(BurstVisits &)> &change) {
        BurstVisits visits = goodBurst();
        change(visits);
        QTest::newRow(name) << visits << expected;
    };
    row("all served", u"pass"_s, [](BurstVisits &) {});
    row("fails twice", u"burst_fails:high"_s, [](BurstVisits &v) {
        v.waves = {reads(5), reads(10), reads(12, 8), reads(14, 6)};
    });
    row("fails twice, small", u"burst_fails:high"_s, [](BurstVisits &v) { v.waves = {reads(2, 3), reads(1, 4)}; });
    row("fails once", u"info"_s, [](BurstVisits &v) { v.waves = {reads(5), reads(10), reads(12, 8), reads(20)}; });
    row("one of twenty, twice", u"info"_s, [](BurstVisits &v) {
        v.waves = {reads(5), reads(10), reads(19, 1), reads(19, 1)};
    });
    row("fails with two sizes", u"info"_s, [](BurstVisits &v) { v.waves = {reads(5), reads(8, 2), reads(18, 2)}; });
    row("limited", u"info"_s, [](BurstVisits &v) { v.waves = {reads(5), reads(4, 0, 6)}; });
    row("limited, also afterwards", u"info"_s, [](BurstVisits &v) {
        v.waves = {reads(5), reads(4, 0, 6)};
        v.after = reads(0, 0, 1);
    });
    row("limited afterwards", u"info"_s, [](BurstVisits &v) { v.after = reads(0, 0, 1); });
    row("limited before", u"not_run"_s, [](BurstVisits &v) { v.before = reads(4, 0, 1); });
    row("broken before", u"not_run"_s, [](BurstVisits &v) { v.before = reads(4, 1); });
    row("broken afterwards", u"not_run"_s, [](BurstVisits &v) {
        v.waves = {reads(5), reads(0, 10), reads(0, 10)};
        v.after = reads(0, 10);
    });
    row("slow twice", u"burst_slow:medium"_s, [](BurstVisits &v) {
        v.waves = {reads(5), reads(10), reads(20, 0, 0, 4000), reads(20, 0, 0, 4000)};
    });
    row("slow once", u"info"_s, [](BurstVisits &v) { v.waves.back() = reads(20, 0, 0, 4000); });
    row("slow as before", u"pass"_s, [](BurstVisits &v) {
        v.before = reads(5, 0, 0, 1000);
        v.waves = {reads(20, 0, 0, 4000), reads(20, 0, 0, 4000)};
    });
    row("all from a cache", u"info"_s, [](BurstVisits &v) { v.isCached = true; });
    row("broken off", u"not_run"_s, [](BurstVisits &v) { v.brokenOff = u"Stopped."_s; });
    row("nothing to read", u"not_run"_s, [](BurstVisits &v) { v = {.notTested = u"Nothing to read."_s}; });
}

void TestBurst::judges()
{
    QFETCH(BurstVisits, visits);
    QFETCH(QString, expected);
    const Judged judged = judgeBurst(visits);
    QVERIFY2(said(judged) == expected, qPrintable(told(judged)));
    QVERIFY(judged.outcome == Outcome::Pass || !judged.reason.isEmpty() || !judged.findings.empty());
    for (const Finding &finding : judged.findings)
        QVERIFY(finding.evidence.front().body.contains(u"curl"_s));
}

void TestBurst::takesATypicalTime()
{
    std::vector<VisitorRead> all = reads(3, 1, 0, 10);
    all[1].took = 900ms; // one late answer does not count
    QCOMPARE(typicalTime(all), 10ms);
    QCOMPARE(typicalTime(reads(0, 3)), 0ms);
}

void TestBurst::knowsACache_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<bool>("expected");
    QTest::newRow("nothing said") << QByteArray() << false;
    QTest::newRow("not to be kept") << QByteArray("Cache-Control: private, no-store") << false;
    QTest::newRow("asked each time") << QByteArray("Cache-Control: public, max-age=0, must-revalidate") << false;
    QTest::newRow("for all") << QByteArray("Cache-Control: public, max-age=300") << true;
    QTest::newRow("by the shared cache alone") << QByteArray("Cache-Control: max-age=0, s-maxage=60") << true;
    QTest::newRow("a hit") << QByteArray("CF-Cache-Status: HIT") << true;
    QTest::newRow("a miss") << QByteArray("X-Cache: MISS") << false;
    QTest::newRow("old") << QByteArray("Age: 30") << true;
}

void TestBurst::knowsACache()
{
    QFETCH(QByteArray, headers);
    QFETCH(bool, expected);
    QCOMPARE(mayComeFromCache(answer(200, headers)), expected);
}

void TestBurst::findsNothingInTheCleanShop()
{
    m_shop.setMood({});
    BadShopOf scene(m_shop, isNothing);
    AttackRun run = scene.newRun();
    const Judged judged = quickLook(scene, run);
    QVERIFY2(judged.findings.empty(), qPrintable(told(judged)));
    QVERIFY2(judged.outcome == Outcome::Pass, qPrintable(told(judged)));
    // 6 reads are looked for, 5 before, four waves, 5 afterwards: as the server counts them.
    QCOMPARE(m_shop.count(), 6 + 5 + 5 + 10 + 20 + 20 + 5);
    QCOMPARE(judged.observed["requests"_L1].toInt(), m_shop.count());
    QCOMPARE(judged.observed["announced"_L1].toInt(), kMostRequests);
}

// The shop's own time goes on before each wave, so that nobody waits: 11 reads, then 5, 10, 20 and 20.
void TestBurst::findsAProductThatFails()
{
    m_shop.setMood([this](const PageRequest &, int count) -> std::optional<PageReply> {
        if (count == 12 || count == 17 || count == 27 || count == 47 || count == 67)
            m_shop.shop().clock().advance(5s);
        return std::nullopt;
    });
    m_shop.shop().setFaults({ShopFault::BurstFails});
    BadShopOf scene(m_shop, isNothing);
    AttackRun run = scene.newRun();
    const Judged judged = quickLook(scene, run);
    m_shop.shop().setFaults({});
    QVERIFY2(codesOf(judged) == QStringList{u"burst_fails"_s}, qPrintable(told(judged)));
    QCOMPARE(judged.findings.front().proof, Proof::Strong);
    QVERIFY(judged.findings.front().whatWeSaw.contains(u"503"_s));
    QVERIFY(run.gate->sent() <= kMostRequests);
}

void TestBurst::isNotFooled_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("status");
    QTest::addColumn<Outcome>("expected");
    QTest::newRow("always 403") << 0 << 403 << Outcome::NotRun;
    QTest::newRow("always broken") << 0 << 500 << Outcome::NotRun;
    QTest::newRow("always limited") << 0 << 429 << Outcome::NotRun;
    QTest::newRow("always to the login page") << 0 << 302 << Outcome::NotRun;
    QTest::newRow("limits us later") << 20 << 429 << Outcome::Info;
    QTest::newRow("to the login page later") << 20 << 302 << Outcome::NotRun;
    QTest::newRow("breaks for good") << 20 << 500 << Outcome::NotRun;
}

void TestBurst::isNotFooled()
{
    QFETCH(int, from);
    QFETCH(int, status);
    QFETCH(Outcome, expected);
    m_shop.setMood([=](const PageRequest &, int count) -> std::optional<PageReply> {
        if (count <= from)
            return std::nullopt;
        return status == 429 ? limitedReply() : status == 302 ? toLoginReply() : jsonWith(status, R"({"error":"no"})");
    });
    BadShopOf scene(m_shop, isNothing);
    AttackRun run = scene.newRun();
    const Judged judged = quickLook(scene, run);
    QVERIFY2(judged.findings.empty(), qPrintable(told(judged)));
    QVERIFY2(judged.outcome == expected, qPrintable(told(judged)));
    QVERIFY(!judged.reason.isEmpty());
    QVERIFY(run.gate->sent() <= kMostRequests);
}

void TestBurst::sendsNothingWithoutLeave()
{
    m_shop.setMood({});
    BadShopOf scene(m_shop, isNothing);
    AttackRun poor = scene.newRun(40);
    QCOMPARE(scene.judged(poor, burstCheck()).outcome, Outcome::NotRun);
    const NetOptions net = m_shop.netOptions();
    Observations seen(net, CancelToken(), Deadline::in(10s), nullptr);
    const Policy policy;
    const Judged judged = burstCheck().look({.seen = seen,
                                             .target = targetOf({scene.host}),
                                             .policy = policy,
                                             .facts = scene.facts,
                                             .startedAt = QDateTime::currentDateTimeUtc()});
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QVERIFY(!judged.reason.isEmpty());
    QCOMPARE(m_shop.count(), 0);
}

// Nobody in a wave is answered before all of it have come.
void TestBurst::bearsASlowServer()
{
    const auto welcome = [] { return jsonWith(200, R"({"ok":true})"); };
    m_shop.setMood([=](const PageRequest &, int) -> std::optional<PageReply> { return welcome(); });
    BadShopOf scene(m_shop, isNothing);
    AttackRun prompt = scene.newRun();
    const QJsonObject seen = quickLook(scene, prompt).observed;
    const int inWaves = std::accumulate(kBurstWaves.begin(), kBurstWaves.end(), 0);
    const auto door =
        std::make_shared<WaveDoor>(seen["requests"_L1].toInt() - inWaves - seen["after"_L1]["reads"_L1].toInt());
    const auto release = qScopeGuard([&] { door->open(); });
    m_shop.setMood([=](const PageRequest &, int count) -> std::optional<PageReply> {
        door->pass(count);
        return welcome();
    });
    AttackRun run = scene.newRun();
    const Judged judged = quickLook(scene, run);
    QVERIFY2(judged.findings.empty() && judged.outcome == Outcome::Pass, qPrintable(told(judged)));
    QCOMPARE(judged.observed["waves"_L1].toArray().size(), qsizetype(kBurstWaves.size()));
}

void TestBurst::stops_data()
{
    QTest::addColumn<bool>("isKilled");
    QTest::newRow("Stop") << false;
    QTest::newRow("the kill switch") << true;
}

void TestBurst::stops()
{
    QFETCH(bool, isKilled);
    // No answer of a wave comes before the stop, so that it meets one.
    const auto hasStopped = std::make_shared<std::latch>(1);
    m_shop.setMood([hasStopped](const PageRequest &, int count) -> std::optional<PageReply> {
        if (count > 12)
            hasStopped->wait();
        return std::nullopt;
    });
    BadShopOf scene(m_shop, isNothing);
    AttackRun run = scene.newRun();
    QElapsedTimer timer;
    timer.start();
    std::atomic<qint64> stoppedAt = 0;
    std::jthread stopper([&] {
        while (m_shop.count() <= 12)
            std::this_thread::yield();
        stoppedAt = timer.elapsed();
        isKilled ? run.killed->store(true) : run.token.cancel();
    });
    const Judged judged = quickLook(scene, run);
    hasStopped->count_down();
    stopper.join();
    QVERIFY2(timer.elapsed() - stoppedAt < 1000, qPrintable(QString::number(timer.elapsed() - stoppedAt)));
    QVERIFY2(judged.outcome == Outcome::NotRun, qPrintable(told(judged)));
    QVERIFY(judged.findings.empty());
}

QTEST_GUILESS_MAIN(TestBurst)
#include "tst_burst.moc"
