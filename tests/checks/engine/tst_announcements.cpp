// How checks share the requests of a run before they send any: what is announced, kept by the plan, waited for.
#include "tests/checks/engine/gatescene.h"

#include <QTest>

#include <atomic>

using namespace cockpit;
using namespace cockpit::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestAnnouncements : public QObject
{
    Q_OBJECT

private slots:
    void announcementsStayWithinTheBudget()
    {
        ActiveGate gate(terms(10));
        QVERIFY(gate.announce(u"a"_s, 6));
        QVERIFY(!gate.announce(u"b"_s, 5));
        QVERIFY(gate.announce(u"b"_s, 4));
        QCOMPARE(gate.left(), 0);
        gate.withdraw(u"a"_s, 6);
        QCOMPARE(gate.left(), 6);
        QVERIFY(gate.announce(u"b"_s, 6));
    }

    void keepsWhatThePlanAllotted()
    {
        ActiveGate gate(terms(20),
                        {{.account = u"a"_s, .wanted = 12, .granted = 12}, {.account = u"b"_s, .wanted = 8}});
        QCOMPARE(gate.left(), 8);
        QVERIFY(!gate.announce(u"c"_s, 9));
        QCOMPARE(gate.shareOf({.account = u"a"_s, .most = 12}), 12);
        QVERIFY(gate.announce(u"a"_s, 12));
        QVERIFY(!gate.announce(u"a"_s, 9)); // beyond what is kept, and more than anybody left
        gate.withdraw(u"a"_s, 12);
        QCOMPARE(gate.left(), 8); // it may announce again
        gate.settle(u"a"_s);
        QCOMPARE(gate.left(), 20);
        QCOMPARE(gate.mostAnnouncedBy(u"a"_s), 12);
    }

    void whatIsSharedIsKeptUntilTheLastLookEnds()
    {
        ActiveGate gate(terms(20), {{.account = u"a"_s, .wanted = 12, .granted = 12, .looks = 2}});
        gate.settle(u"a"_s);
        QCOMPARE(gate.left(), 8);
        gate.settle(u"a"_s);
        QCOMPARE(gate.left(), 20);
        gate.settle(u"a"_s); // once too often does no harm
        QCOMPARE(gate.left(), 20);
    }

    // A look that has sent all of one account, and waits under another, is not kept waiting by its own end.
    void whatIsFinishedIsKeptForNoLook()
    {
        ActiveGate gate(terms(20), {{.account = u"a"_s, .wanted = 15, .granted = 15, .looks = 2},
                                    {.account = u"b"_s, .wanted = 10}});
        QVERIFY(!gate.getsLeftovers(u"a"_s));
        QVERIFY(gate.getsLeftovers(u"b"_s));
        QVERIFY(!gate.getsLeftovers(u"c"_s)); // not in the plan
        QVERIFY(gate.announce(u"a"_s, 15));
        QCOMPARE(enter(gate, note(u"a"_s)), u"let out"_s);
        gate.withdraw(u"a"_s, 14);
        QCOMPARE(gate.left(), 5); // the other look may want them
        gate.finish(u"a"_s);
        QCOMPARE(gate.left(), 19);
        QVERIFY(gate.announce(u"b"_s, 10, CancelToken(), Deadline::in(5s)));
        gate.settle(u"a"_s); // the looks end later on
        gate.settle(u"a"_s);
        gate.finish(u"c"_s); // nor is anything known of that
        QCOMPARE(gate.left(), 9);
    }

    void sharesWithoutAPlanAreModest_data()
    {
        QTest::addColumn<int>("most");
        QTest::addColumn<int>("fewest");
        QTest::addColumn<int>("parts");
        QTest::addColumn<int>("share");
        QTest::newRow("all or nothing") << 150 << 0 << 1 << 150;
        QTest::newRow("a third") << 150 << 10 << 3 << 40;
        QTest::newRow("no more than wanted") << 20 << 10 << 3 << 20;
        QTest::newRow("no less than it needs") << 150 << 100 << 3 << 100;
    }

    void sharesWithoutAPlanAreModest()
    {
        QFETCH(int, most);
        QFETCH(int, fewest);
        QFETCH(int, parts);
        const ActiveGate gate(terms(120));
        QTEST(gate.shareOf({.account = u"a"_s, .most = most, .fewest = fewest, .parts = parts}), "share");
    }

    void whatIsCutAnnouncesWhatItWasGranted()
    {
        const ActiveGate gate(terms(20),
                              {{.account = u"a"_s, .wanted = 30, .granted = 15}, {.account = u"b"_s, .wanted = 30}});
        QCOMPARE(gate.shareOf({.account = u"a"_s, .most = 30, .fewest = 5}), 15);
        QCOMPARE(gate.shareOf({.account = u"b"_s, .most = 30, .fewest = 5}), 5);
    }

    // Whoever asks first, what others leave goes out in the order of the plan.
    void leftoversGoOutInTheOrderOfThePlan()
    {
        ActiveGate gate(terms(20), {{.account = u"a"_s, .wanted = 20, .granted = 20},
                                    {.account = u"b"_s, .wanted = 10},
                                    {.account = u"c"_s, .wanted = 10}});
        std::atomic_bool hasSecond = false;
        std::thread second(
            [&] { hasSecond = gate.announce(u"c"_s, 10, CancelToken(), Deadline::in(10s)).has_value(); });
        awaitThat([&] { return gate.waiting() > 0; });
        gate.settle(u"a"_s); // all of them are free, and b has not asked yet
        const bool isWaiting = !hasSecond && gate.left() == 20;
        const bool hasFirst = gate.announce(u"b"_s, 10, CancelToken(), Deadline::in(10s)).has_value();
        second.join();
        QVERIFY(isWaiting);
        QVERIFY(hasFirst);
        QVERIFY(hasSecond);
    }

    void whoEndsWithoutAskingKeepsNobodyWaiting()
    {
        ActiveGate gate(terms(20), {{.account = u"b"_s, .wanted = 30}, {.account = u"c"_s, .wanted = 10}});
        gate.settle(u"b"_s);
        QVERIFY(gate.announce(u"c"_s, 10, CancelToken(), Deadline::in(10s)));
    }

    // Those begin when all others have ended: waiting for them would be waiting for oneself.
    void nobodyWaitsForWhatIsKeptForTheLast()
    {
        ActiveGate gate(terms(20), {{.account = u"a"_s, .wanted = 15, .granted = 15, .isLast = true},
                                    {.account = u"b"_s, .wanted = 10}});
        const auto refused = gate.announce(u"b"_s, 10, CancelToken(), Deadline::never());
        QCOMPARE(int(refused.error().kind), int(ErrorKind::NotPermitted));
        QVERIFY(gate.announce(u"b"_s, 5, CancelToken(), Deadline::never()));
    }

    // What is undone beyond the budget takes nothing from others.
    void undoTakesNothingOfWhatIsKept()
    {
        ActiveGate gate(terms(20), {{.account = u"access.roles"_s, .wanted = 10, .granted = 10}});
        CancelToken token;
        token.cancel();
        QCOMPARE(enter(gate, note(u"access.roles"_s, ActiveErrand::Undo), token), u"let out"_s);
        QCOMPARE(gate.left(), 10);
    }

    void whatWasSentIsNotWithdrawn()
    {
        ActiveGate gate(terms(10));
        QVERIFY(gate.announce(u"access.roles"_s, 5));
        QCOMPARE(enter(gate, note()), u"let out"_s);
        gate.withdraw(u"access.roles"_s, 100);
        QCOMPARE(gate.left(), 9);
        QCOMPARE(enter(gate, note()), u"refused"_s);
    }

    void waitsForWhatOthersDoNotNeed()
    {
        ActiveGate gate(terms(10));
        QVERIFY(gate.announce(u"a"_s, 8));
        std::jthread other([&gate] {
            awaitThat([&gate] { return gate.waiting() == 1; });
            gate.withdraw(u"a"_s, 8);
        });
        QVERIFY(gate.announce(u"b"_s, 5, CancelToken(), Deadline::in(5s)));
        const auto never = gate.announce(u"c"_s, 11, CancelToken(), Deadline::in(5s)); // nobody could give that back
        QVERIFY(!never);
        QCOMPARE(int(never.error().kind), int(ErrorKind::NotPermitted));
    }

    // What is kept for sign-ins is never given back: to wait for it would be to wait for the end of the run.
    void doesNotWaitForWhatIsKeptForSignIns()
    {
        ActiveTerms some = terms(20);
        some.secrets = {{u"anna"_s, Secret("correct-horse")}};
        ActiveGate gate(std::move(some));
        QCOMPARE(gate.left(), 20 - kSignInRequests);
        const auto began = Clock::now();
        const auto never = gate.announce(u"a"_s, gate.left() + 1, CancelToken(), Deadline::in(5s));
        QVERIFY(!never && elapsedMs(began) < 1000);
        QCOMPARE(int(never.error().kind), int(ErrorKind::NotPermitted));
        QVERIFY(gate.announce(u"a"_s, gate.left(), CancelToken(), Deadline::in(5s)));
    }

    void anAnnouncementEndsWithTheRun()
    {
        ActiveGate gate(terms(10));
        QVERIFY(gate.announce(u"a"_s, 8));
        CancelToken token;
        token.cancel();
        QCOMPARE(int(gate.announce(u"b"_s, 5, token, Deadline::never()).error().kind), int(ErrorKind::Cancelled));
        QCOMPARE(int(gate.announce(u"b"_s, 5, CancelToken(), Deadline::in(50ms)).error().kind),
                 int(ErrorKind::TimedOut));
    }

    void keepsRequestsForTheSignIns()
    {
        ActiveTerms some = terms(100);
        some.secrets.emplace(u"anna"_s, Secret("correct horse"));
        ActiveGate gate(some);
        QCOMPARE(gate.left(), 100 - kSignInRequests);
        QCOMPARE(gate.secretOf(u"anna"_s)->reveal(), QByteArray("correct horse"));
        QVERIFY(!gate.secretOf(u"ben"_s));
        some.budget.requests = 6;
        QCOMPARE(ActiveGate(some).left(), 3);
    }
};

QTEST_GUILESS_MAIN(TestAnnouncements)
#include "tst_announcements.moc"
