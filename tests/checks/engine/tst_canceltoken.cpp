#include "checks/engine/canceltoken.h"

#include <QTest>

#include <thread>

using namespace cockpit;
using namespace std::chrono_literals;

class TestCancelToken : public QObject
{
    Q_OBJECT

private slots:
    void copiesShareTheirState()
    {
        const CancelToken token;
        const CancelToken copy = token;
        QVERIFY(!copy.isCancelled());
        token.cancel();
        QVERIFY(copy.isCancelled());
    }

    void waitEndsWhenCancelledFromAnotherThread()
    {
        const CancelToken token;
        std::thread other([token] { token.cancel(); });
        const auto start = Clock::now();
        QVERIFY(token.waitFor(60s));
        QVERIFY(Clock::now() - start < 10s);
        other.join();
    }

    void waitEndsByItself() { QVERIFY(!CancelToken().waitFor(1ms)); }

    void boundedTokenEndsWithItsParent()
    {
        const CancelToken parent;
        const CancelToken piece = parent.boundedBy(Deadline::never());
        QVERIFY(!piece.isCancelled());
        std::thread other([parent] { parent.cancel(); });
        const auto start = Clock::now();
        QVERIFY(piece.waitFor(60s));
        QVERIFY(Clock::now() - start < 10s);
        other.join();
        QVERIFY(piece.isCancelled());
    }

    void boundedTokenEndsWithItsDeadline()
    {
        const CancelToken parent;
        const CancelToken piece = parent.boundedBy(Deadline::in(5ms));
        QVERIFY(piece.waitFor(60s));
        QVERIFY(!parent.isCancelled());
        QVERIFY(!parent.boundedBy(Deadline::in(1h)).waitFor(1ms));
    }

    void boundedTokenLeavesItsParentAlone()
    {
        const CancelToken parent;
        const CancelToken piece = parent.boundedBy(Deadline::never());
        piece.cancel();
        QVERIFY(piece.isCancelled() && piece.waitFor(60s));
        QVERIFY(!parent.isCancelled());
    }

    void deadlineCountsDownToZeroAndNotBelow()
    {
        const Deadline past = Deadline::in(-5ms);
        QVERIFY(past.hasPassed());
        QCOMPARE(past.remaining().count(), 0);
        const Deadline ahead = Deadline::in(1h);
        QVERIFY(!ahead.hasPassed());
        QVERIFY(ahead.remaining() > 59min);
    }

    void neverIsLongButFitsAnInt()
    {
        QVERIFY(!Deadline::never().hasPassed());
        QCOMPARE(Deadline::never().remaining(), std::chrono::milliseconds(24h));
    }

    void earlierOfTwoWins()
    {
        const Deadline soon = Deadline::in(10ms);
        const Deadline late = Deadline::in(1h);
        QVERIFY(late.earlierOf(soon).remaining() <= 10ms);
        QVERIFY(soon.earlierOf(late).remaining() <= 10ms);
    }
};

QTEST_GUILESS_MAIN(TestCancelToken)
#include "tst_canceltoken.moc"
