#include "checks/engine/observations.h"

#include <QTest>

#include <array>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

using namespace cockpit;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

// Lets a test decide when a probe answers.
struct Gate
{
    std::mutex mutex;
    std::condition_variable changed;
    bool open = false;

    void release()
    {
        const std::lock_guard lock(mutex);
        open = true;
        changed.notify_all();
    }
    bool wait(const CancelToken &token)
    {
        std::unique_lock lock(mutex);
        while (!open && !token.isCancelled())
            changed.wait_for(lock, 20ms);
        return open;
    }
};

std::atomic_int g_probes = 0;
Gate *g_gate = nullptr; // when set, slow questions wait for it

struct Square
{
    using Answer = int;
    int number = 0;
    bool slow = false;
    QString key() const { return QString::number(number); }
};

Result<int> probe(const Square &question, ProbeContext &context)
{
    ++g_probes;
    if (question.slow && !g_gate->wait(context.token))
        return failure(ErrorKind::Cancelled, u"stopped"_s);
    if (question.number < 0)
        return failure(ErrorKind::BadInput, u"negative"_s);
    return question.number * question.number;
}

// Asks another question while it is being answered.
struct SumOfSquares
{
    using Answer = int;
    int upTo = 0;
    QString key() const { return QString::number(upTo); }
    int roundTrips() const { return 0; }
};

Result<int> probe(const SumOfSquares &question, ProbeContext &context)
{
    std::vector<Square> parts;
    for (int i = 1; i <= question.upTo; ++i)
        parts.push_back({i});
    int sum = 0;
    for (const auto &part : context.observations.askAll(parts))
        sum += part->value();
    return sum;
}

// A library below it throws.
struct Broken
{
    using Answer = int;
    int number = 0;
    QString key() const { return QString::number(number); }
};

Result<int> probe(const Broken &, ProbeContext &)
{
    throw std::runtime_error("broken library");
}

// Looks at its token only now and then, as every probe may.
std::atomic_int g_underWay = 0;

struct Sluggish
{
    using Answer = int;
    int number = 0;
    QString key() const { return QString::number(number); }
};

Result<int> probe(const Sluggish &, ProbeContext &context)
{
    ++g_underWay;
    while (!context.token.waitFor(kLongestBlindWait)) {
    }
    std::this_thread::sleep_for(100ms); // what is tested: an end that takes a while, which nobody may overtake
    --g_underWay;
    return failure(ErrorKind::Cancelled, u"stopped"_s);
}

std::atomic_int g_batches = 0;

struct Doubled
{
    using Answer = int;
    int number = 0;
    QString key() const { return QString::number(number); }
};

Result<int> probe(const Doubled &question, ProbeContext &)
{
    ++g_probes;
    return question.number * 2;
}

std::vector<Result<int>> probeAll(std::span<const Doubled> questions, ProbeContext &)
{
    ++g_batches;
    std::vector<Result<int>> answers;
    for (const Doubled &question : questions) {
        ++g_probes;
        answers.emplace_back(question.number * 2);
    }
    return answers;
}

} // namespace

class TestObservations : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        g_probes = 0;
        g_batches = 0;
        g_gate = nullptr;
    }

    void aQuestionIsAskedOnce()
    {
        Observations seen(NetOptions(), CancelToken(), Deadline::never(), nullptr);
        QCOMPARE(seen.ask(Square{7})->value(), 49);
        QCOMPARE(seen.ask(Square{7})->value(), 49);
        QCOMPARE(g_probes, 1);
        QCOMPARE(seen.probesSent(), 1);
    }

    void questionsOfDifferentTypesWithOneKeyAreDifferent()
    {
        Observations seen(NetOptions(), CancelToken(), Deadline::never(), nullptr);
        QCOMPARE(seen.ask(Square{7})->value(), 49);
        QCOMPARE(seen.ask(Doubled{7})->value(), 14);
    }

    void anErrorIsSharedLikeAnAnswer()
    {
        Observations seen(NetOptions(), CancelToken(), Deadline::never(), nullptr);
        QCOMPARE(seen.ask(Square{-1})->error().kind, ErrorKind::BadInput);
        QCOMPARE(seen.ask(Square{-1})->error().kind, ErrorKind::BadInput);
        QCOMPARE(g_probes, 1);
    }

    void whoComesSecondWaitsForTheFirst()
    {
        Gate gate;
        g_gate = &gate;
        QThreadPool pool;
        pool.setMaxThreadCount(1); // the waiting worker must give its place back
        Observations seen(NetOptions(), CancelToken(), Deadline::never(), &pool);
        std::array<std::atomic_int, 3> results{};
        for (auto &result : results)
            pool.start([&] { result = seen.ask(Square{5, true})->value(); });
        QTRY_COMPARE(g_probes, 1);
        gate.release();
        QVERIFY(pool.waitForDone(10000));
        for (const auto &result : results)
            QCOMPARE(result, 25);
        QCOMPARE(g_probes, 1);
    }

    void aProbeMayAskOtherProbes()
    {
        QThreadPool pool;
        pool.setMaxThreadCount(2);
        Observations seen(NetOptions(), CancelToken(), Deadline::never(), &pool);
        QCOMPARE(seen.ask(SumOfSquares{10})->value(), 385);
        QVERIFY(pool.waitForDone(10000));
        QCOMPARE(seen.ask(Square{10})->value(), 100);
        QCOMPARE(g_probes, 10);
    }

    void manyQuestionsGoOutTogetherWhereTheTypeCanDoThat()
    {
        Observations seen(NetOptions(), CancelToken(), Deadline::never(), nullptr);
        const std::vector<Doubled> questions{{1}, {2}, {1}, {3}};
        const auto answers = seen.askAll(questions);
        QCOMPARE(answers.size(), size_t(4));
        QCOMPARE(answers[2]->value(), 2);
        QCOMPARE(answers[3]->value(), 6);
        QCOMPARE(g_batches, 1);
        QCOMPARE(g_probes, 3);
    }

    void aWaitingCallerReturnsSoonAfterStop()
    {
        Gate gate;
        g_gate = &gate;
        const CancelToken token;
        Observations seen(NetOptions(), token, Deadline::never(), nullptr);
        std::thread first([&] { seen.ask(Square{5, true}); });
        QTRY_COMPARE(g_probes, 1);
        std::atomic_bool cancelled = false;
        std::thread second([&] { cancelled = seen.ask(Square{5, true})->error().kind == ErrorKind::Cancelled; });
        const auto start = Clock::now();
        token.cancel();
        second.join();
        first.join();
        QVERIFY(Clock::now() - start < 1s);
        QVERIFY(cancelled);
    }

    void nothingIsAskedAfterTheRunsDeadline()
    {
        Observations seen(NetOptions(), CancelToken(), Deadline::in(0ms), nullptr);
        QCOMPARE(seen.ask(Square{3})->error().kind, ErrorKind::TimedOut);
        QCOMPARE(g_probes, 0);
    }

    void whatIsPutInIsNotAskedFor()
    {
        Observations seen(NetOptions(), CancelToken(), Deadline::never(), nullptr);
        seen.put(Square{3}, 1234);
        QCOMPARE(seen.ask(Square{3})->value(), 1234);
        QCOMPARE(g_probes, 0);
    }

    void chainsCountWhatDependsOnEachOther()
    {
        QThreadPool pool;
        Observations seen(NetOptions(), CancelToken(), Deadline::never(), &pool);
        Observations::beginChain();
        seen.askAll(std::vector<Square>{{1}, {2}, {3}}); // side by side: one
        QCOMPARE(seen.longestChain(), 1);
        seen.ask(Square{4}); // after them: two
        QCOMPARE(seen.longestChain(), 2);
        seen.ask(Square{1});       // known already
        seen.ask(SumOfSquares{5}); // asks one new question, costs nothing itself
        QCOMPARE(seen.longestChain(), 3);
        Observations::beginChain();
        seen.ask(Doubled{1});
        QCOMPARE(seen.longestChain(), 3);
        QVERIFY(pool.waitForDone(10000));
    }

    void hundredsOfQuestionsOnFewWorkersAllGetTheirAnswer()
    {
        QThreadPool pool;
        pool.setMaxThreadCount(4);
        Observations seen(NetOptions(), CancelToken(), Deadline::never(), &pool);
        std::atomic_int sum = 0;
        for (int task = 0; task < 50; ++task) {
            pool.start([&] {
                std::vector<Square> questions;
                for (int i = 0; i < 20; ++i)
                    questions.push_back({i});
                for (const auto &answer : seen.askAll(questions))
                    sum += answer->value();
            });
        }
        QVERIFY(pool.waitForDone(30000));
        QCOMPARE(sum, 50 * 2470);
        QCOMPARE(g_probes, 20);
    }

    void aThrowingProbeIsAFailureForAllWhoAsk()
    {
        QThreadPool pool;
        pool.setMaxThreadCount(4);
        Observations seen(NetOptions(), CancelToken(), Deadline::in(30s), &pool);
        const auto begin = Clock::now();
        for (const auto &answer : seen.askAll(std::vector<Broken>{{1}, {2}, {3}, {4}}))
            QCOMPARE(answer->error().detail, u"broken library"_s);
        QCOMPARE(seen.ask(Broken{1})->error().kind, ErrorKind::Protocol); // who comes later, too
        QVERIFY(Clock::now() - begin < 5s);
    }

    // The run's objects may go as soon as the last look has returned.
    void nobodyIsLeftAtWorkWhenAStoppedLookReturns()
    {
        QThreadPool pool;
        pool.setMaxThreadCount(4);
        const CancelToken token;
        Observations seen(NetOptions(), token, Deadline::in(30s), &pool);
        std::thread stopper([&] {
            while (g_underWay < 2)
                std::this_thread::yield();
            token.cancel();
        });
        seen.askAll(std::vector<Sluggish>{{1}, {2}, {3}});
        const int left = g_underWay;
        stopper.join();
        pool.waitForDone();
        QCOMPARE(left, 0);
    }
};

QTEST_GUILESS_MAIN(TestObservations)
#include "tst_observations.moc"
