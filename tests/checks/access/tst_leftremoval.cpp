#include "tests/checks/access/leftscene.h"

#include <QElapsedTimer>
#include <QTest>

#include <atomic>
#include <latch>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Bend = std::function<void(LeftQuestion &)>;

} // namespace

Q_DECLARE_METATYPE(Bend)

class TestLeftRemoval : public QObject
{
    Q_OBJECT

private slots:
    void removesOrSaysWhy_data();
    void removesOrSaysWhy();
    void saysWhatNobodyCouldSee();
    void believesNoAddressThatNeverShowedIt_data();
    void believesNoAddressThatNeverShowedIt();
    void leavesWhatIsNotOurs();
    void keepsToTheBudget();
    void endsAtTheDeadline();
    void asksNothingThatHasNoTime();
    void stopsAtTheKillSwitch_data();
    void stopsAtTheKillSwitch();
};

void TestLeftRemoval::removesOrSaysWhy_data()
{
    QTest::addColumn<Bend>("bend");
    QTest::addColumn<bool>("isGone");
    QTest::addColumn<QString>("why"); // a part of the sentence
    const auto row = [](const char *name, bool isGone, const QString &why, const Bend &bend) {
        QTest::newRow(name) << bend << isGone << why;
    };
    row("as a run leaves it", true, {}, [](LeftQuestion &) {});
    row("cut off before an answer told its id", true, {},
        [](LeftQuestion &question) { question.entries.front().recordId.clear(); });
    row("removed by the administrator of the tenant", true, {},
        [](LeftQuestion &question) { question.entries.front().isRemovedByAdmin = true; });
    row("its account was removed from the project", false, u"is not in the project any more"_s,
        [](LeftQuestion &question) { question.actors.clear(); });
    row("its route is not safe to write any more", false, u"not marked as safe to write any more"_s,
        [](LeftQuestion &question) {
            for (Route &route : question.routes)
                route.safeToWrite = false;
        });
    row("a route that the project never had", false, u"not marked as safe to write any more"_s,
        [](LeftQuestion &question) { question.entries.front().remove->path = u"/api/users/{id}"_s; });
    row("in a backend service", false, u"No route of your list removes it. Look for LC-CANARY-"_s,
        [](LeftQuestion &question) { question.entries.front().remove.reset(); });
    row("looked for by a route that changes something", false, u"not in your list of routes"_s,
        [](LeftQuestion &question) { question.entries.front().read->method = u"DELETE"_s; });
    row("listed by a route that the project never had", false, u"not in your list of routes"_s,
        [](LeftQuestion &question) { question.entries.front().list->path = u"/api/logout"_s; });
    row("bears no text of ours", false, u"bears no text of ours"_s,
        [](LeftQuestion &question) { question.entries.front().hasText = false; });
    row("an account that signed up", false, u"by hand"_s,
        [](LeftQuestion &question) { question.entries.front().kind = LeftKind::Account; });
    row("a value that may be a secret", false, u"may be a secret"_s, [](LeftQuestion &question) {
        question.entries.front().kind = LeftKind::Value;
        question.entries.front().oldValue = OldValue::MayBeSecret;
    });
}

void TestLeftRemoval::removesOrSaysWhy()
{
    QFETCH(Bend, bend);
    QFETCH(bool, isGone);
    QFETCH(QString, why);
    LeftScene left;
    QVERIFY(left.lab.isReady());
    left.plant();
    QCOMPARE(left.question.entries.size(), 1U);
    bend(left.question);
    const auto report = left.remove();
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QCOMPARE(report->each.size(), 1U);
    const LeftOutcome &outcome = report->each.front();
    QCOMPARE(outcome.entryId, left.question.entries.front().id);
    QVERIFY2(outcome.isGone == isGone, qPrintable(outcome.why));
    QVERIFY2(outcome.why.contains(why), qPrintable(outcome.why));
    QCOMPARE(outcome.why.isEmpty(), isGone);
    QCOMPARE(left.isThere(), !isGone);
    QCOMPARE(report->gone().size(), isGone ? 1 : 0);
    // What was sent is what the log has.
    const auto writes = std::ranges::count(report->sent, u"DELETE"_s, &LoggedRequest::method);
    QCOMPARE(writes, isGone ? 1 : 0);
}

// A field that an administrator alone sees: what is shown is as it was, and nobody has changed anything.
void TestLeftRemoval::saysWhatNobodyCouldSee()
{
    LeftScene scene;
    QVERIFY(scene.lab.isReady());
    JournalEntry entry;
    entry.id = newJournalId();
    entry.kind = LeftKind::Value;
    entry.actorId = std::ranges::find(scene.question.actors, u"admin"_s, &TestActor::role)->id;
    for (Route &route : scene.question.routes) {
        if (route.path != "/api/settings"_L1)
            continue;
        route.safeToWrite = route.method != "GET"_L1;
        (route.safeToWrite ? entry.create : entry.read.emplace()) = route;
    }
    setOldValue(entry, "application/json",
                R"({"invoice_footer": "Birch Bakery, 12 Mill Street", "seat_kind": "small"})");
    scene.question.entries = {entry};
    const auto report = scene.remove();
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    const LeftOutcome &outcome = report->each.front();
    QVERIFY2(!outcome.isGone && outcome.why.contains(u"GET /api/settings does not show seat_kind"_s),
             qPrintable(outcome.why));
    QCOMPARE(std::ranges::count(report->sent, u"PUT"_s, &LoggedRequest::method), 0);
}

void TestLeftRemoval::believesNoAddressThatNeverShowedIt_data()
{
    QTest::addColumn<bool>("wasShown"); // the text, by the record's own address
    QTest::addColumn<bool>("hasList");
    QTest::addColumn<bool>("isGone");
    QTest::newRow("the list shows it") << false << true << true; // and it is removed
    QTest::newRow("no list") << false << false << false;
    QTest::newRow("shown there before") << true << false << true;
}

// Each record answers 404 at its own address, there or not.
void TestLeftRemoval::believesNoAddressThatNeverShowedIt()
{
    QFETCH(bool, wasShown);
    QFETCH(bool, hasList);
    QFETCH(bool, isGone);
    LeftScene left([](const PageRequest &request, BentShop &) {
        const bool isOne = request.method == "GET" && request.path().startsWith("/api/customers/");
        return isOne ? Reply(json(404, R"({"error":"not found"})")) : Reply();
    });
    QVERIFY(left.lab.isReady());
    left.plant();
    JournalEntry &entry = left.question.entries.front();
    QVERIFY(!entry.isShownAlone);
    entry.isShownAlone = wasShown;
    if (!hasList)
        entry.list.reset();
    const auto report = left.remove();
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QVERIFY2(report->each.front().isGone == isGone, qPrintable(report->each.front().why));
    QCOMPARE(left.isThere(), !hasList);
}

// An entry that leads to somebody's record, as a file that came by mail may have it: nothing is removed.
void TestLeftRemoval::leavesWhatIsNotOurs()
{
    LeftScene left;
    QVERIFY(left.lab.isReady());
    left.plant();
    const QString own = left.canary.id;
    left.question.entries.front().text = u"LC-CANARY-somebodyelses"_s;
    left.question.entries.front().recordId = u"1"_s;
    const int before = left.writesSeen();
    const auto report = left.remove();
    QVERIFY(report);
    QVERIFY(!report->each.front().isGone);
    QVERIFY(left.isThere());
    QCOMPARE(left.writesSeen(), before + 1); // the sign-in alone
}

void TestLeftRemoval::keepsToTheBudget()
{
    LeftScene left;
    QVERIFY(left.lab.isReady());
    left.plant();
    const JournalEntry one = left.question.entries.front();
    left.question.entries.assign(40, one);
    constexpr int kAgreed = 60;
    const auto report = left.remove(kAgreed);
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QVERIFY2(static_cast<int>(report->sent.size()) <= kAgreed + kUndoRequests,
             qPrintable(QString::number(report->sent.size())));
    QCOMPARE(report->each.size(), 40U);
}

// Nothing goes out after it, and what was not reached is told with the reason.
void TestLeftRemoval::endsAtTheDeadline()
{
    LeftScene left;
    QVERIFY(left.lab.isReady());
    left.plant();
    left.question.entries.assign(3, left.question.entries.front());
    left.question.until = Deadline::in(0s);
    const auto report = left.remove();
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QVERIFY(left.isThere());
    QVERIFY(report->sent.empty());
    QCOMPARE(report->each.size(), 3U);
    for (const LeftOutcome &outcome : report->each)
        QVERIFY2(!outcome.isGone && outcome.why.contains(u"time for it was over"_s), qPrintable(outcome.why));
}

// A product that stays silent. Each request has half of what is left, so that one after the other would have less, to
// the last millisecond before the deadline, which no product on the Internet answers in: it may end earlier, and says
// that the time was over. By the clock of the requests themselves, however busy the machine is: none that was sent was
// given up sooner than a product needs.
void TestLeftRemoval::asksNothingThatHasNoTime()
{
    std::latch isOver(1);
    std::atomic_bool isSilent = false;
    LeftScene left([&](const PageRequest &request, BentShop &) {
        if (isSilent && request.path().startsWith("/api/customers"))
            isOver.wait();
        return Reply();
    });
    QVERIFY(left.lab.isReady());
    left.plant();
    left.question.entries.assign(8, left.question.entries.front());
    isSilent = true;
    left.question.until = Deadline::in(2s);
    const auto report = left.remove();
    isOver.count_down();
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QVERIFY(left.isThere());
    for (const LoggedRequest &request : report->sent) {
        const bool isOfRecord = request.route.startsWith("/api/customers"_L1);
        QVERIFY2(!isOfRecord || request.durationMs >= 240, qPrintable(QString::number(request.durationMs)));
    }
    QCOMPARE(report->each.size(), 8U);
    for (const LeftOutcome &outcome : report->each)
        QVERIFY(!outcome.isGone && !outcome.why.isEmpty());
    // The first in their order is the last that is looked for.
    const QString why = report->each.front().why;
    QVERIFY2(why.contains(u"too little time left"_s) || why.contains(u"time for it was over"_s), qPrintable(why));
}

void TestLeftRemoval::stopsAtTheKillSwitch_data()
{
    QTest::addColumn<bool>("byKillSwitch");
    QTest::newRow("Stop") << false;
    QTest::newRow("kill switch") << true;
}

// Flipped by the first look for a record; nothing goes out after it.
void TestLeftRemoval::stopsAtTheKillSwitch()
{
    QFETCH(bool, byKillSwitch);
    std::function<void()> stop;
    std::atomic_int late = 0;
    LeftScene left([&](const PageRequest &request, BentShop &) {
        if (stop && request.path().startsWith("/api/customers")) {
            if (late++ == 0)
                stop();
        }
        return Reply();
    });
    QVERIFY(left.lab.isReady());
    left.plant();
    left.question.entries.assign(5, left.question.entries.front());
    QElapsedTimer clock;
    stop = [&] {
        clock.start();
        if (byKillSwitch)
            *left.killed = true;
        else
            left.token.cancel();
    };
    const auto report = left.remove();
    QVERIFY(clock.isValid());
    QVERIFY2(clock.elapsed() < 1000, qPrintable(QString::number(clock.elapsed())));
    QCOMPARE(late.load(), 1);
    QVERIFY(left.isThere());
    QVERIFY(report);
    QVERIFY(report->gone().isEmpty());
}

QTEST_GUILESS_MAIN(TestLeftRemoval)
#include "tst_leftremoval.moc"
