// Files that are held whole to be searched: one at a time, however many threads search.
#include "tests/checks/secrets/programsmade.h"
#include "tests/checks/secrets/smallrules.h"

#include "checks/secrets/textscanner.h"

#include <QElapsedTimer>
#include <QTest>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kThreads = 16; // the most that search
constexpr qint64 kHeldByAll = qint64(2) << 20;

// Bytecode of some megabytes, with a key at its end, where its table alone tells where it begins.
QByteArray largeBytecode()
{
    Texts texts;
    for (unsigned i = 0; i < 200; ++i)
        texts.push_back(QByteArray(20'000, static_cast<char>('a' + i % 26)));
    texts.push_back(QByteArray::fromStdString(stripeKey()));
    return hermesMade(texts);
}

TextScanner scanner(const CancelToken &token)
{
    return TextScanner::make(smallSet(), {.key = QByteArray(32, 'k'), .token = token}).value();
}

// Those that are given more than a part of their file.
class Inside
{
public:
    void enter()
    {
        constexpr std::chrono::milliseconds forAnother{20};
        std::unique_lock lock(m_mutex);
        m_most = std::max(m_most, ++m_now);
        m_changed.notify_all();
        m_changed.wait_for(lock, forAnother, [this] { return m_now > 1; });
    }
    void leave()
    {
        const std::lock_guard lock(m_mutex);
        --m_now;
    }
    int most() const { return m_most; }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_now = 0;
    int m_most = 0;
};

// onSecondPart: before the first byte that not everybody holds.
ReadBytes readerOf(const QByteArray &bytes, const std::function<void()> &onSecondPart)
{
    auto at = std::make_shared<qint64>(0);
    return [=](char *to, qint64 most) -> Result<qint64> {
        if (*at == kHeldByAll)
            onSecondPart();
        const qint64 limit = *at < kHeldByAll ? kHeldByAll : bytes.size();
        const qint64 given = std::min(most, limit - *at);
        std::copy_n(bytes.constData() + *at, given, to);
        *at += given;
        return given;
    };
}

} // namespace

class TestWholeFiles : public QObject
{
    Q_OBJECT

private slots:
    void holdsOneAtATime();
    void hearsAStopWhileItWaits();
    void givesTheRoomBackAfterAFailure();
};

void TestWholeFiles::holdsOneAtATime()
{
    const QByteArray bytes = largeBytecode();
    QVERIFY(bytes.size() > kHeldByAll);
    Inside inside;
    std::atomic<int> found = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
        threads.emplace_back([&] {
            bool hasEntered = false;
            auto own = scanner({});
            const ReadBytes read = readerOf(bytes, [&] {
                if (!std::exchange(hasEntered, true))
                    inside.enter();
            });
            const auto scan = own.scanStream([&](char *to, qint64 most) {
                auto got = read(to, most);
                if (got && *got == 0) // all of it is held; what follows nobody here sees
                    inside.leave();
                return got;
            });
            found += scan && scan->hits.size() == 1 && scan->bytes == bytes.size() ? 1 : 0;
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(found, kThreads);
    QCOMPARE(inside.most(), 1);
}

void TestWholeFiles::hearsAStopWhileItWaits()
{
    const QByteArray bytes = largeBytecode();
    const CancelToken token;
    std::atomic<bool> isHeld = false;
    std::atomic<bool> mayGoOn = false;
    std::thread first([&] {
        auto own = scanner({});
        (void)own.scanStream(readerOf(bytes, [&] {
            isHeld = true;
            isHeld.notify_all();
            mayGoOn.wait(false);
        }));
    });
    isHeld.wait(false);
    std::atomic<bool> isAtTheDoor = false;
    std::thread stopping([&] {
        isAtTheDoor.wait(false);
        token.cancel();
    });
    auto own = scanner(token);
    QElapsedTimer clock;
    clock.start();
    bool isLetIn = false;
    ReadBytes read = readerOf(bytes, [&] { isLetIn = true; });
    const auto scan = own.scanStream([&](char *to, qint64 most) {
        auto got = read(to, most);
        isAtTheDoor = true;
        isAtTheDoor.notify_all();
        return got;
    });
    const qint64 took = clock.elapsed();
    mayGoOn = true;
    mayGoOn.notify_all();
    first.join();
    stopping.join();
    QVERIFY(scan && scan->ended && scan->ended->kind == ErrorKind::Cancelled);
    QVERIFY(!isLetIn);
    QVERIFY2(took < 1000, qPrintable(QString::number(took)));
}

void TestWholeFiles::givesTheRoomBackAfterAFailure()
{
    const QByteArray bytes = largeBytecode();
    auto own = scanner({});
    qint64 given = 0;
    const auto broken = own.scanStream([&](char *to, qint64 most) -> Result<qint64> {
        if (given > kHeldByAll)
            return failure(ErrorKind::Storage, u"The disk is gone."_s);
        const qint64 now = std::min(most, bytes.size() - given);
        std::copy_n(bytes.constData() + given, now, to);
        given += now;
        return now;
    });
    QVERIFY(!broken);
    const auto whole = own.scanStream(readerOf(bytes, [] {}));
    QVERIFY(whole);
    QCOMPARE(whole->hits.size(), size_t(1));
}

QTEST_GUILESS_MAIN(TestWholeFiles)
#include "tst_wholefiles.moc"
