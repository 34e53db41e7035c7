#include "ui/widgets/whendone.h"

#include <QSemaphore>
#include <QtConcurrentRun>
#include <QTest>
#include <QThreadPool>

#include <memory>

using namespace cockpit;

class TestWhenDone : public QObject
{
    Q_OBJECT

private slots:
    void bringsTheResult();
    void neverCallsAtOnce();
    void dropsWhatNobodyTakes();
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

QTEST_GUILESS_MAIN(TestWhenDone)
#include "tst_whendone.moc"
