#include "ui/widgets/whendone.h"

#include <QSemaphore>
#include <QtConcurrentRun>
#include <QTest>
#include <QThreadPool>

#include <memory>
#include <stdexcept>
#include <vector>

using namespace cockpit;

class TestWhenDone : public QObject
{
    Q_OBJECT

private slots:
    void bringsTheResult();
    void neverCallsAtOnce();
    void dropsWhatNobodyTakes();
    void outlivesAWorkerThatThrows_data();
    void outlivesAWorkerThatThrows();
    void dropsWhatWasCancelled();
};

void TestWhenDone::bringsTheResult()
{
    int taken = 0;
    QThread *thread = nullptr;
    whenDone(QtConcurrent::run([] { return 7; }), this, [&](int result) {
        taken = result;
        thread = QThread::currentThread();
    });
    QTRY_COMPARE(taken, 7);
    QCOMPARE(thread, QThread::currentThread());
}

void TestWhenDone::neverCallsAtOnce()
{
    QFuture<int> done = QtConcurrent::run([] { return 7; });
    done.waitForFinished();
    int taken = 0;
    whenDone(done, this, [&](int result) { taken = result; });
    QCOMPARE(taken, 0);
    QTRY_COMPARE(taken, 7);
}

// The worker ends after the object that asked is gone.
void TestWhenDone::dropsWhatNobodyTakes()
{
    QSemaphore go;
    QThreadPool pool;
    bool called = false;
    auto context = std::make_unique<QObject>();
    whenDone(QtConcurrent::run(&pool,
                               [&go] {
                                   go.acquire();
                                   return 7;
                               }),
             context.get(), [&](int) { called = true; });
    context.reset();
    go.release();
    pool.waitForDone();
    QCoreApplication::processEvents();
    QVERIFY(!called);
}

void TestWhenDone::outlivesAWorkerThatThrows_data()
{
    QTest::addColumn<bool>("isStandard");
    QTest::newRow("a standard exception") << true;
    QTest::newRow("something else") << false;
}

// An exception in the event loop would end the program.
void TestWhenDone::outlivesAWorkerThatThrows()
{
    QFETCH(bool, isStandard);
    const auto breakDown = [isStandard]() -> int {
        if (isStandard)
            throw std::runtime_error("A library broke.");
        throw 7;
    };
    QObject context;
    bool called = false;
    whenDone(QtConcurrent::run(breakDown), &context, [&](int) { called = true; });
    QTRY_VERIFY(context.findChildren<QFutureWatcherBase *>().isEmpty());
    QVERIFY(!called);
}

// Also what had not begun when it was cancelled; nothing of it stays.
void TestWhenDone::dropsWhatWasCancelled()
{
    QSemaphore go;
    QThreadPool pool;
    pool.setMaxThreadCount(1);
    QObject context;
    int called = 0;
    const auto wait = [&go] {
        go.acquire();
        return 7;
    };
    std::vector<QFuture<int>> futures;
    futures.reserve(3);
    for (int i = 0; i < 3; ++i) {
        futures.push_back(QtConcurrent::run(&pool, wait));
        whenDone(futures.back(), &context, [&](int) { ++called; });
    }
    futures[0].cancel();
    futures[1].cancel();
    go.release(3);
    QTRY_VERIFY(context.findChildren<QFutureWatcherBase *>().isEmpty());
    QCOMPARE(called, 1);
}

QTEST_GUILESS_MAIN(TestWhenDone)
#include "tst_whendone.moc"
