#include "checks/engine/requestbudget.h"

#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace cockpit;
using namespace std::chrono_literals;

class TestRequestBudget : public QObject
{
    Q_OBJECT

private slots:
    void theLastRequestIsGrantedAndTheNextIsNot()
    {
        RequestBudget budget({.requests = 3, .perSecond = 0});
        QVERIFY(budget.take(2, CancelToken(), Deadline::never()));
        QVERIFY(!budget.take(2, CancelToken(), Deadline::never()));
        QVERIFY(budget.take(1, CancelToken(), Deadline::never()));
        const auto refused = budget.take(1, CancelToken(), Deadline::never());
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::NotPermitted);
        QCOMPARE(budget.taken(), 3);
    }

    void threadsTogetherNeverGetMore()
    {
        RequestBudget budget({.requests = 500, .perSecond = 0});
        std::atomic_int granted = 0;
        std::vector<std::thread> threads;
        for (int t = 0; t < 8; ++t) {
            threads.emplace_back([&] {
                for (int i = 0; i < 200; ++i)
                    granted += budget.take(1, CancelToken(), Deadline::never()) ? 1 : 0;
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(granted, 500);
    }

    void thePaceSpacesRequests()
    {
        RequestBudget budget({.requests = 100, .perSecond = 100});
        const auto start = Clock::now();
        for (int i = 0; i < 6; ++i)
            QVERIFY(budget.take(1, CancelToken(), Deadline::never()));
        QVERIFY(Clock::now() - start >= 50ms); // five gaps of 10 ms after the first, which is free
    }

    void waitingForThePaceEndsWhenCancelled()
    {
        RequestBudget budget({.requests = 100, .perSecond = 0.001});
        QVERIFY(budget.take(1, CancelToken(), Deadline::never()));
        const CancelToken token;
        token.cancel();
        QCOMPARE(budget.take(1, token, Deadline::never()).error().kind, ErrorKind::Cancelled);
    }

    void waitingForThePaceEndsAtTheDeadline()
    {
        RequestBudget budget({.requests = 100, .perSecond = 0.001});
        QVERIFY(budget.take(1, CancelToken(), Deadline::never()));
        QCOMPARE(budget.take(1, CancelToken(), Deadline::in(10ms)).error().kind, ErrorKind::TimedOut);
    }
};

QTEST_GUILESS_MAIN(TestRequestBudget)
#include "tst_requestbudget.moc"
