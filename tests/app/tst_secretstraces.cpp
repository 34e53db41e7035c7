// A look for secrets: nothing of what it found is left anywhere, in outputs, files or memory. Few starts of the
// program, each with everything.
#include "tests/app/heldprogram.h"
#include "tests/app/warmhome.h"
#include "tests/lab/sanitized.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestSecretsTraces : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void leavesNoneInItsMemory();
    void leavesNoneInWhatItWrites();
    void leavesNoneOfWhatIsPipedIn();

private:
    void expectNone(const QByteArray &bytes, const char *where) const;

    WarmHome m_warm;
    PlantedTraces m_traces;
};

void TestSecretsTraces::initTestCase()
{
    QVERIFY(m_warm.make());
    QVERIFY(m_traces.plant());
}

void TestSecretsTraces::expectNone(const QByteArray &bytes, const char *where) const
{
    const QByteArray left = m_traces.leftIn(bytes);
    QVERIFY2(left.isEmpty(), QByteArray(where + (": " + left)).constData());
}

void TestSecretsTraces::leavesNoneInItsMemory()
{
    if (lab::kIsSanitized)
        QSKIP("A sanitizer keeps freed memory, and gigabytes of notes of its own.");
    const BuiltProgram program;
    QVERIFY(m_warm.copyTo(program));
    HeldProgram held(program);
    QVERIFY(
        held.start({u"secrets"_s, m_traces.code().root(), u"--history"_s, u"--format"_s, u"json"_s, u"--verbose"_s}));
    QTRY_VERIFY_WITH_TIMEOUT(held.isHeld(), 60000);
    const MemorySeen memory = memoryOf(held.processId(), m_traces, "\"low_weight_place\"");
    QVERIFY(held.beginning().contains("\"findings\""));
    QVERIFY(memory.bytes > (1 << 20));
    QVERIFY(memory.hasKnown);
    QCOMPARE(memory.left, (QMap<QByteArray, int>()));
}

void TestSecretsTraces::leavesNoneInWhatItWrites()
{
    const BuiltProgram program;
    const QString baseline = program.path(u"baseline.json"_s);
    const Ended text = program.run({u"secrets"_s, m_traces.code().root(), u"--history"_s, u"--verbose"_s,
                                    u"--write-baseline"_s, baseline, u"--out"_s, program.path(u"report.txt"_s)});
    QCOMPARE(text.status, 0);
    const Ended sarif = program.run({u"secrets"_s, m_traces.code().root(), u"--history"_s, u"--verbose"_s,
                                     u"--format"_s, u"sarif"_s, u"--out"_s, program.path(u"report.sarif"_s)});
    QCOMPARE(sarif.status, 1);
    const Ended json =
        program.run({u"secrets"_s, m_traces.code().root(), u"--history"_s, u"--verbose"_s, u"--format"_s, u"json"_s});
    QCOMPARE(json.status, 1);
    const QByteArray kept = everythingKept(program);
    QVERIFY(kept.contains("report.txt") && kept.contains("report.sarif") && kept.contains("fingerprint.key"));
    for (const auto &[bytes, where] : {std::pair(kept, "the home of the program"),
                                       {text.complaint, "standard error"},
                                       {json.out, "the JSON"},
                                       {json.complaint, "standard error"},
                                       {sarif.complaint, "standard error"}})
        expectNone(bytes, where);
    QCOMPARE(json.json().value("findings"_L1).toArray().size() + json.json().value("accepted"_L1).toArray().size(),
             m_traces.planted());
}

void TestSecretsTraces::leavesNoneOfWhatIsPipedIn()
{
    const BuiltProgram program;
    QVERIFY(m_warm.copyTo(program));
    const auto process = program.prepared({u"secrets"_s, u"-"_s, u"--verbose"_s});
    process->start();
    process->write(m_traces.line(60, "standard input"));
    process->closeWriteChannel();
    QVERIFY(process->waitForFinished(60000));
    QCOMPARE(process->exitCode(), 1);
    const QByteArray out = process->readAllStandardOutput();
    QVERIFY2(out.contains("standard input:1:14\n"), out.constData());
    expectNone(out + process->readAllStandardError() + everythingKept(program), "a text about standard input");
}

QTEST_GUILESS_MAIN(TestSecretsTraces)
#include "tst_secretstraces.moc"
