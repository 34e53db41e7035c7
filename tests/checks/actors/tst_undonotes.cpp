// What is said of changes that were not taken back.
#include "checks/actors/undolist.h"

#include <QTest>

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

class UndoNotesTest : public QObject
{
    Q_OBJECT

private slots:
    void saysWhatIsLeft_data()
    {
        QTest::addColumn<int>("before");
        QTest::addColumn<int>("after");
        const auto row = [](const char *name, Outcome before, Outcome after) {
            QTest::newRow(name) << static_cast<int>(before) << static_cast<int>(after);
        };
        row("pass is a warning then", Outcome::Pass, Outcome::Warn);
        row("info", Outcome::Info, Outcome::Warn);
        row("fail stays", Outcome::Fail, Outcome::Fail);
        row("not run stays", Outcome::NotRun, Outcome::NotRun);
    }

    void saysWhatIsLeft()
    {
        QFETCH(int, before);
        QFETCH(int, after);
        Observations seen({}, {}, Deadline::never(), nullptr);
        const Judged judged = withUndo(seen, [before](UndoList &undo) {
            undo.add(u"The record LC-CANARY-abcdefgh2345"_s, 1, stays);
            Judged result;
            result.outcome = static_cast<Outcome>(before);
            return result;
        });
        QCOMPARE(static_cast<int>(judged.outcome), after);
        QCOMPARE(judged.findings.size(), size_t{1});
        QCOMPARE(judged.findings.front().code, u"test_record_left"_s);
        QVERIFY(judged.findings.front().evidence.front().body.contains(u"LC-CANARY-abcdefgh2345"_s));
        QVERIFY(judged.reason.contains(u"LC-CANARY-abcdefgh2345: it is still there."_s)); // which one, and why
    }

    void tellsWhatIsKnown_data()
    {
        QTest::addColumn<QList<ErrorKind>>("kinds"); // of one error for each step
        QTest::addColumn<int>("unseen");
        QTest::addColumn<Proof>("proof");
        using Kinds = QList<ErrorKind>;
        QTest::newRow("there") << Kinds{ErrorKind::Protocol} << 0 << Proof::Proven;
        QTest::newRow("no answer in time") << Kinds{ErrorKind::TimedOut} << 1 << Proof::Lead;
        QTest::newRow("nobody could see it") << Kinds{ErrorKind::NotFound} << 1 << Proof::Lead;
        QTest::newRow("neither of two was seen") << Kinds{ErrorKind::NotFound, ErrorKind::TimedOut} << 2 << Proof::Lead;
        QTest::newRow("one was seen") << Kinds{ErrorKind::TimedOut, ErrorKind::Protocol} << 1 << Proof::Proven;
    }

    // Silence is no proof that something is left.
    void tellsWhatIsKnown()
    {
        QFETCH(QList<ErrorKind>, kinds);
        Observations seen({}, {}, Deadline::never(), nullptr);
        const auto add = [&kinds](UndoList &undo) {
            for (const ErrorKind kind : kinds)
                undo.add(u"The record LC-CANARY-abcdefgh2345"_s, 1,
                         [kind](Deadline) -> Result<void> { return failure(kind, u"so it is."_s); });
        };
        UndoList undo(never);
        add(undo);
        UndoReport report;
        report.add(undo.run());
        QTEST(report.unseen, "unseen");
        QCOMPARE(report.left.size(), kinds.size());
        const Judged judged = withUndo(seen, [&add](UndoList &list) {
            add(list);
            return Judged{};
        });
        QCOMPARE(judged.findings.size(), size_t{1});
        QTEST(judged.findings.front().proof, "proof");
        const bool isLead = judged.findings.front().proof == Proof::Lead;
        QCOMPARE(judged.findings.front().title.contains(u"may be left"_s), isLead);
        QCOMPARE(judged.reason.contains(u"could not be seen to be gone"_s), isLead);
    }

    // A change bears no mark that somebody could look for.
    void saysWhatToDoAboutAChange()
    {
        Observations seen({}, {}, Deadline::never(), nullptr);
        const Judged judged = withUndo(seen, [](UndoList &undo) {
            undo.add(u"The password of Mia (give it a new one)"_s, 1, stays);
            return Judged{};
        });
        QCOMPARE(judged.findings.size(), size_t{1});
        QVERIFY(judged.reason.contains(u"The password of Mia (give it a new one)"_s));
        QVERIFY(!judged.reason.contains(u"LC-CANARY"_s));
    }

    void saysNothingWhenAllIsGone()
    {
        QStringList done;
        Observations seen({}, {}, Deadline::never(), nullptr);
        const Judged judged = withUndo(seen, [&done](UndoList &undo) {
            undo.add(u"a"_s, 1, noting(done, u"a"_s));
            return Judged{};
        });
        QCOMPARE(judged.outcome, Outcome::Pass);
        QVERIFY(judged.findings.empty() && judged.reason.isEmpty());
    }
};

QTEST_APPLESS_MAIN(UndoNotesTest)
#include "tst_undonotes.moc"
