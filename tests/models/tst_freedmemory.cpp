// What this program's threads leave in memory of a text that they had on their stack or gave back.
#include "models/freedmemory.h"
#include "tests/lab/ownmemory.h"
#include "tests/lab/sanitized.h"

#include <QTest>

#include <array>
#include <numeric>
#include <thread>

using namespace cockpit;
using cockpit::testing::countInOwnMemory;
using cockpit::testing::MaskedValue;

namespace {

constexpr qsizetype kLetters = 24;

// Room on the stack, as a reader of lines has it, which keeps the value when it returns.
[[gnu::noinline]] void leaveOnStack(const MaskedValue &value)
{
    std::array<volatile char, 512> room{};
    QString plain = value.plain();
    for (qsizetype i = 0; i < plain.size(); ++i)
        room[static_cast<size_t>(i)] = static_cast<char>(plain[i].unicode());
    plain.fill(u'x');
}

// So far below the caller as a deep call is.
[[gnu::noinline]] void leaveDeepOnStack(const MaskedValue &value, int calls)
{
    std::array<volatile char, 4096> room{};
    room[0] = 1;
    if (calls > 0)
        leaveDeepOnStack(value, calls - 1);
    else
        leaveOnStack(value);
    room[1] = room[0];
}

} // namespace

class TestFreedMemory : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        if (lab::kIsSanitized)
            QSKIP("A sanitizer has stacks of its own.");
    }

    void nothingIsLeftOnTheStack_data()
    {
        QTest::addColumn<int>("calls");
        QTest::addColumn<bool>("inThread");
        for (const int calls : {0, 4, 40, 200}) {
            QTest::addRow("%d calls deep", calls) << calls << false;
            QTest::addRow("%d calls deep, of a thread that has ended", calls) << calls << true;
        }
    }

    void nothingIsLeftOnTheStack()
    {
        QFETCH(int, calls);
        QFETCH(bool, inThread);
        const MaskedValue value(kLetters);
        const auto leftBy = [&](bool isWiped) {
            qsizetype left = 0;
            const auto task = [&] {
                leaveDeepOnStack(value, calls);
                left = isWiped ? 0 : countInOwnMemory(value);
                if (isWiped)
                    wipeUnusedStack();
            };
            if (inThread)
                std::thread(task).join();
            else
                task();
            return isWiped ? countInOwnMemory(value) : left;
        };
        QVERIFY(leftBy(false) > 0 || calls == 0); // the search itself uses what lies right below
        QCOMPARE(leftBy(true), 0);
    }

    void theStackIsAsUsableAsBefore()
    {
        std::array<int, 1000> kept{};
        std::iota(kept.begin(), kept.end(), 0);
        wipeUnusedStack();
        const MaskedValue value(kLetters);
        leaveDeepOnStack(value, 200);
        wipeUnusedStack();
        int sum = 0;
        for (const int one : kept)
            sum += one;
        QCOMPARE(sum, 499'500);
    }
};

QTEST_GUILESS_MAIN(TestFreedMemory)
#include "tst_freedmemory.moc"
