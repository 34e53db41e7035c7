// Ten times the same at once, at real servers.
#include "checks/abuse/racelook.h"
#include "tests/checks/abuse/hostilelogin.h"

#include <QTest>

#include <atomic>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

namespace {

const WebAnswer kYes{200, R"({"status":"redeemed"})"};
const WebAnswer kNo{409, R"({"error":"already_redeemed"})"};
const WebAnswer kSaysNo{200, R"({"success":false})"};
const WebAnswer kBroken{500, "oops"};
const WebAnswer kBack{.status = 302, .headers = {{"Location", "/redeem?error=used"}}};
const WebAnswer kElsewhere{.status = 302, .headers = {{"Location", "/shop"}}};
const WebAnswer kHeldBack{.status = 429, .body = "slow", .headers = {{"Retry-After", "60"}}};
const WebAnswer kOneAMinute{
    .status = 429, .body = "slow", .headers = {{"Retry-After", "60"}, {"X-RateLimit-Limit", "1"}}};

// Of the ten the first `accepted` get yes and the others `other`; behind them comes `after`, and `later` when a limit
// has ended.
struct Till
{
    int accepted = 1;
    WebAnswer other = kNo;
    WebAnswer after = kNo;
    WebAnswer later = kNo;
};

} // namespace

class TestRaceLook : public QObject
{
    Q_OBJECT

private slots:
    void looks_data();
    void looks();
    void endsWhenStopped();
};

void TestRaceLook::looks_data()
{
    using enum RaceVerdict;
    QTest::addColumn<Till>("till");
    QTest::addColumn<RaceVerdict>("expected");
    QTest::newRow("all of them, then refused") << Till{.accepted = kRaceTries} << Raced;
    QTest::newRow("all of them, and again") << Till{.accepted = kRaceTries, .after = kYes} << Repeats;
    QTest::newRow("all of them, then an error in a good answer")
        << Till{.accepted = kRaceTries, .after = kSaysNo} << Raced;
    QTest::newRow("all of them, then the way back") << Till{.accepted = kRaceTries, .after = kBack} << Raced;
    QTest::newRow("all of them, then elsewhere") << Till{.accepted = kRaceTries, .after = kElsewhere} << NotTold;
    QTest::newRow("all of them, then broken") << Till{.accepted = kRaceTries, .after = kBroken} << NotTold;
    QTest::newRow("held back, and refused when that has ended")
        << Till{.accepted = kRaceTries, .after = kHeldBack, .later = kNo} << Raced;
    QTest::newRow("held back, and accepted when that has ended")
        << Till{.accepted = kRaceTries, .after = kHeldBack, .later = kYes} << Perhaps;
    QTest::newRow("one a minute, as it says") << Till{.accepted = kRaceTries, .after = kOneAMinute} << Raced;
    QTest::newRow("one") << Till{} << Once;
    QTest::newRow("five") << Till{.accepted = 5} << Raced;
    QTest::newRow("one, and the way back for the others") << Till{.other = kBack} << Once;
    QTest::newRow("one, and errors") << Till{.other = kBroken} << NotTold;
    QTest::newRow("one, and limits") << Till{.other = kHeldBack} << TooFewMet;
    QTest::newRow("none") << Till{.accepted = 0} << NotTold;
    QTest::newRow("none but limits") << Till{.accepted = 0, .other = kHeldBack} << NotTold;
}

void TestRaceLook::looks()
{
    QFETCH(Till, till);
    QFETCH(RaceVerdict, expected);
    std::atomic_int count = 0;
    std::atomic_bool hasEnded = false;
    HostileLogin site({});
    site.web.on("POST", "/redeem", [&](const WebRequest &) {
        const int turn = count++;
        if (turn >= kRaceTries)
            return hasEnded ? till.later : till.after;
        return turn < till.accepted ? kYes : till.other;
    });
    site.web.parallel();
    EntryPoint door{.kind = EntryKind::OnceOnly, .route = {}, .url = site.web.url(u"/redeem"_s)};
    door.route.method = u"POST"_s;
    door.route.path = u"/redeem"_s;
    door.route.safeToWrite = true;
    door.contentType = "application/json";
    door.body = uR"({"code":"SPRING-1"})"_s;
    BlockPatience patience;
    patience.wait = [&](std::chrono::milliseconds duration, const CancelToken &token) {
        hasEnded = hasEnded || duration >= std::chrono::seconds(60);
        return token.isCancelled();
    };
    AttackRun run({}, {site.web.host()}, {}, 100);
    Wire wire(run.seen, u"abuse.rate-limit"_s, kRaceRequests);
    const auto race = raceAt(door, {}, wire, nullptr, patience);
    QVERIFY2(race, race ? "" : qPrintable(race.error().message));
    QCOMPARE(race->tries, kRaceTries);
    QCOMPARE(race->successes, till.accepted);
    QCOMPARE(verdictOf(*race), expected);
    QCOMPARE(race->notTested.isEmpty(), till.accepted > 0);
    QVERIFY(wire.sent() <= kRaceRequests);
}

void TestRaceLook::endsWhenStopped()
{
    HostileLogin site({});
    AttackRun run({}, {site.web.host()}, {}, 100);
    site.web.on("POST", "/redeem", [&](const WebRequest &) {
        run.token.cancel();
        return kYes;
    });
    EntryPoint door{.kind = EntryKind::OnceOnly, .route = {}, .url = site.web.url(u"/redeem"_s)};
    door.route.method = u"POST"_s;
    door.route.path = u"/redeem"_s;
    Wire wire(run.seen, u"abuse.rate-limit"_s, kRaceRequests);
    const auto race = raceAt(door, {}, wire, nullptr, {});
    QVERIFY(!race || verdictOf(*race) != RaceVerdict::Once);
    QVERIFY(run.seen.isOver());
}

QTEST_GUILESS_MAIN(TestRaceLook)
#include "tst_racelook.moc"
