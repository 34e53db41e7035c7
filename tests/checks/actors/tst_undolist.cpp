#include "checks/actors/undolist.h"

#include <QTest>

#include <stdexcept>
#include <thread>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

bool never()
{
    return false;
}

UndoList::Step noting(QStringList &done, const QString &name)
{
    return [&done, name](Deadline) -> Result<void> {
        done.append(name);
        return {};
    };
}

Result<void> stays(Deadline)
{
    return failure(ErrorKind::Protocol, u"it is still there."_s);
}

} // namespace

class UndoListTest : public QObject
{
    Q_OBJECT

private slots:
    void runsNewestFirst()
    {
        QStringList done;
        UndoList undo(never);
        undo.add(u"a"_s, 1, noting(done, u"a"_s));
        undo.add(u"b"_s, 1, noting(done, u"b"_s));
        const UndoReport report = undo.run();
        QCOMPARE(done, (QStringList{u"b"_s, u"a"_s}));
        QCOMPARE(report.done, 2);
        QVERIFY(report.isClean());
        QVERIFY(undo.isEmpty());
        QCOMPARE(undo.run().done, 0);
    }

    void goesOnAfterOneThatThrows()
    {
        QStringList done;
        const auto broken = [](Deadline) -> Result<void> { throw std::runtime_error("broken"); };
        {
            UndoList undo(never);
            undo.add(u"a"_s, 1, noting(done, u"a"_s));
            undo.add(u"the note"_s, 1, broken);
            const UndoReport report = undo.run();
            QCOMPARE(report.left.size(), 1);
            QVERIFY(report.left.first().contains(u"the note"_s));
            undo.add(u"another"_s, 1, broken); // left to the destructor
        }
        QCOMPARE(done, QStringList{u"a"_s});
    }

    void goesOnAfterOneThatFails()
    {
        QStringList done;
        UndoList undo(never);
        undo.add(u"a"_s, 1, noting(done, u"a"_s));
        undo.add(u"the note"_s, 1, stays);
        const UndoReport report = undo.run();
        QCOMPARE(done, QStringList{u"a"_s});
        QCOMPARE(report.left.size(), 1);
        QVERIFY(report.left.first().contains(u"the note"_s) && report.left.first().contains(u"still there"_s));
    }

    // What was sent away counts once something shows that it is gone; that is asked for at the end.
    void confirmsWhenAllIsDone()
    {
        QStringList done;
        UndoList undo(never);
        undo.add(u"a"_s, 1, noting(done, u"a"_s), noting(done, u"a is gone"_s));
        undo.add(u"the note"_s, 1, noting(done, u"b"_s), stays);
        undo.add(u"c"_s, 1, stays, noting(done, u"never asked"_s));
        const UndoReport report = undo.run();
        QCOMPARE(done, (QStringList{u"b"_s, u"a"_s, u"a is gone"_s}));
        QCOMPARE(report.done, 1);
        QCOMPARE(report.left.size(), 2);
        QVERIFY(report.left.last().contains(u"the note"_s));
    }

    // A step of several records may have failed at one of them.
    void confirmsAPartWhereAskedTo()
    {
        QStringList done;
        UndoList undo(never);
        undo.add(u"c"_s, 1, stays, noting(done, u"c is gone"_s), UndoList::Confirming::Always);
        const auto untold = [](Deadline) -> Result<void> { return failure(ErrorKind::NotFound, u"Nobody knows."_s); };
        undo.add(u"d"_s, 1, stays, untold, UndoList::Confirming::Always);
        const UndoReport report = undo.run();
        QCOMPARE(done, QStringList{u"c is gone"_s});
        QCOMPARE(report.done, 0);
        // One line for each, as they are counted for people; of the other one both that it failed and why.
        QCOMPARE(report.left, (QStringList{u"d: it is still there. Nobody knows."_s, u"c: it is still there."_s}));
    }

    void goesOnAfterAConfirmationThatThrows()
    {
        const auto broken = [](Deadline) -> Result<void> { throw std::runtime_error("broken"); };
        QStringList done;
        UndoList undo(never);
        undo.add(u"a"_s, 1, noting(done, u"a"_s), noting(done, u"a is gone"_s));
        undo.add(u"the note"_s, 1, noting(done, u"b"_s), broken);
        QCOMPARE(undo.run().left.size(), 1);
        QCOMPARE(done.last(), u"a is gone"_s);
    }

    void staysWithinItsRequestsAfterStop()
    {
        QStringList done;
        UndoList undo([] { return true; });
        for (int i = 0; i < kUndoRequests; ++i)
            undo.add(QString::number(i), 2, noting(done, QString::number(i)));
        const UndoReport report = undo.run();
        QCOMPARE(done.size(), kUndoRequests / 2);
        QCOMPARE(report.left.size(), kUndoRequests / 2);
    }

    // While the run goes on there is time, and leaving something behind is worse than asking.
    void undoesAllWhileThereIsTime()
    {
        QStringList done;
        UndoList undo(never);
        for (int i = 0; i < kUndoRequests; ++i)
            undo.add(QString::number(i), 2, noting(done, QString::number(i)));
        QVERIFY(undo.run().isClean());
        QCOMPARE(done.size(), kUndoRequests);
    }

    void hasAShortGraceAfterStop()
    {
        bool isStopped = false;
        std::chrono::milliseconds before{0};
        std::chrono::milliseconds after{0};
        UndoList undo([&isStopped] { return isStopped; });
        undo.add(u"a"_s, 1, [&after](Deadline limit) -> Result<void> {
            after = limit.remaining();
            return {};
        });
        undo.add(u"b"_s, 1, [&](Deadline limit) -> Result<void> {
            before = limit.remaining();
            isStopped = true;
            return {};
        });
        undo.run();
        QVERIFY(before > kUndoGrace);
        QVERIFY(after <= kUndoGrace);
    }

    void runsWhenNobodyAsks()
    {
        QStringList done;
        {
            UndoList undo(never);
            undo.add(u"a"_s, 1, noting(done, u"a"_s));
        }
        QCOMPARE(done, QStringList{u"a"_s});
    }

    void runsWhenALookThrows()
    {
        QStringList done;
        Observations seen({}, {}, Deadline::never(), nullptr);
        try {
            withUndo(seen, [&done](UndoList &undo) -> Judged {
                undo.add(u"a"_s, 1, noting(done, u"a"_s));
                throw std::runtime_error("broken");
            });
        } catch (const std::runtime_error &) {
            done.append(u"thrown"_s);
        }
        QCOMPARE(done, (QStringList{u"a"_s, u"thrown"_s}));
    }

    // A product that is slow and does what it is asked gets the time that it needs.
    void hasItsTimeAnewAfterEachStep()
    {
        std::vector<std::chrono::milliseconds> left;
        const auto step = [&left](Deadline limit) -> Result<void> {
            left.push_back(limit.remaining());
            const Deadline slow = Deadline::in(std::chrono::milliseconds(400));
            while (!slow.hasPassed())
                std::this_thread::yield();
            return {};
        };
        UndoList undo(never);
        undo.add(u"a"_s, 1, step, step);
        undo.add(u"b"_s, 1, step);
        QVERIFY(undo.run().isClean());
        QCOMPARE(left.size(), size_t{3});
        for (const std::chrono::milliseconds one : left)
            QVERIFY(one > UndoList::kUndoTime - std::chrono::milliseconds(350));
    }
};

QTEST_GUILESS_MAIN(UndoListTest)
#include "tst_undolist.moc"
