#include "checks/engine/hostgate.h"

#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace cockpit;
using namespace std::chrono_literals;

namespace {
const QString kHost = QStringLiteral("app.example.com:443");
}

class TestHostGate : public QObject
{
    Q_OBJECT

private slots:
    void neverMoreInsideThanTheLimit()
    {
        HostGate gate(3);
        std::atomic_int inside = 0;
        std::atomic_int most = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 12; ++i) {
            threads.emplace_back([&] {
                for (int round = 0; round < 20; ++round) {
                    const auto pass = gate.enter(kHost, CancelToken(), Deadline::in(30s));
                    const int now = ++inside;
                    int seen = most;
                    while (now > seen && !most.compare_exchange_weak(seen, now)) {
                    }
                    std::this_thread::yield();
                    --inside;
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QVERIFY(most >= 1);
        QVERIFY2(most <= 3, qPrintable(QString::number(most)));
    }

    void hostsDoNotShareTheirSlots()
    {
        HostGate gate(1);
        const auto first = gate.enter(kHost, CancelToken(), Deadline::in(30s));
        const auto other = gate.enter(QStringLiteral("api.example.com:443"), CancelToken(), Deadline::in(0ms));
        QVERIFY(static_cast<bool>(first));
        QVERIFY(static_cast<bool>(other));
    }

    void waitingEndsAtTheDeadlineWithoutAPass()
    {
        HostGate gate(1);
        const auto held = gate.enter(kHost, CancelToken(), Deadline::in(30s));
        QVERIFY(!gate.enter(kHost, CancelToken(), Deadline::in(20ms)));
    }

    void waitingEndsWhenCancelled()
    {
        HostGate gate(1);
        const auto held = gate.enter(kHost, CancelToken(), Deadline::in(30s));
        const CancelToken token;
        token.cancel();
        QVERIFY(!gate.enter(kHost, token, Deadline::in(30s)));
    }

    void keepsAThirdForThoseWithoutAny_data()
    {
        QTest::addColumn<int>("limit");
        QTest::addColumn<int>("forOne");
        QTest::newRow("one slot") << 1 << 1;
        QTest::newRow("two slots") << 2 << 2;
        QTest::newRow("three slots") << 3 << 2;
        QTest::newRow("six slots") << 6 << 4;
    }

    void keepsAThirdForThoseWithoutAny()
    {
        QFETCH(int, limit);
        QFETCH(int, forOne);
        HostGate gate(limit);
        std::vector<HostGate::Pass> passes;
        passes.push_back(gate.enter(kHost, CancelToken(), Deadline::in(0ms)));
        while (auto pass = gate.enterAgain(kHost, static_cast<int>(passes.size())))
            passes.push_back(std::move(pass));
        QCOMPARE(static_cast<int>(passes.size()), forOne);
        while (auto pass = gate.enter(kHost, CancelToken(), Deadline::in(0ms)))
            passes.push_back(std::move(pass));
        QCOMPARE(static_cast<int>(passes.size()), limit);
    }

    void holdersShareWhatIsNotKept_data()
    {
        QTest::addColumn<int>("holders");
        QTest::addColumn<int>("share");
        QTest::newRow("nobody yet") << 0 << 4;
        QTest::newRow("one") << 1 << 4;
        QTest::newRow("two") << 2 << 2;
        QTest::newRow("three: rounded up") << 3 << 2;
        QTest::newRow("as many as fit") << 6 << 1;
    }

    void holdersShareWhatIsNotKept()
    {
        QFETCH(int, holders);
        HostGate gate(6);
        std::vector<HostGate::Pass> passes;
        for (int i = 0; i < holders; ++i)
            passes.push_back(gate.enter(kHost, CancelToken(), Deadline::in(0ms)));
        QTEST(gate.share(kHost), "share");
        passes.clear();
        QCOMPARE(gate.share(kHost), 4);
    }

    // A batch that came first took all it could; the second gets as much once the first gives back.
    void aLateHolderGetsItsShare()
    {
        HostGate gate(6);
        std::vector<HostGate::Pass> early;
        early.push_back(gate.enter(kHost, CancelToken(), Deadline::in(0ms)));
        while (auto pass = gate.enterAgain(kHost, static_cast<int>(early.size())))
            early.push_back(std::move(pass));
        std::vector<HostGate::Pass> late;
        late.push_back(gate.enter(kHost, CancelToken(), Deadline::in(0ms)));
        QVERIFY(!gate.enterAgain(kHost, 1));
        while (static_cast<int>(early.size()) > gate.share(kHost))
            early.pop_back();
        QVERIFY(!gate.enterAgain(kHost, static_cast<int>(early.size())));
        while (auto pass = gate.enterAgain(kHost, static_cast<int>(late.size())))
            late.push_back(std::move(pass));
        QCOMPARE(early.size(), late.size());
    }

    void aMovedPassIsReturnedOnce()
    {
        HostGate gate(1);
        auto pass = gate.enter(kHost, CancelToken(), Deadline::in(30s));
        auto moved = std::move(pass);
        QVERIFY(!gate.enter(kHost, CancelToken(), Deadline::in(1ms)));
        moved = HostGate::Pass();
        QVERIFY(static_cast<bool>(gate.enter(kHost, CancelToken(), Deadline::in(1ms))));
    }
};

QTEST_GUILESS_MAIN(TestHostGate)
#include "tst_hostgate.moc"
