#include "models/itemstate.h"
#include "models/projectstate.h"
#include "models/unasked.h"

#include "tests/models/samplestate.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

Finding onHost(const QString &host)
{
    Finding finding = sample::finding(u"x.y"_s, Severity::High);
    finding.host = host;
    return finding;
}

// "found closed reopened"
QString events(const ProjectState &state)
{
    QStringList words;
    for (const HistoryEntry &entry : state.history)
        words.append(entry.event);
    return words.join(u' ');
}

} // namespace

class TestProjectOutcomes : public QObject
{
    Q_OBJECT

private slots:
    void forgetsWhatIsNoLongerAsked();
    void judgesChecks_data();
    void judgesChecks();
    void aNoteWithAReasonProvesNothing();
    void judgesItems_data();
    void judgesItems();
    void sumsUpStages_data();
    void sumsUpStages();
};

void TestProjectOutcomes::forgetsWhatIsNoLongerAsked()
{
    ProjectState state;
    const QString a = u"a.example"_s;
    const QString b = u"b.example"_s;
    const Finding onA = onHost(a);
    const Finding onB = onHost(b);
    Finding onBoth = onHost({});
    onBoth.code = u"both"_s;
    const CheckResult lookAtA = sample::result(onA.checkId, Outcome::Fail, a, {onA, onBoth});
    const CheckResult lookAtB = sample::result(onA.checkId, Outcome::Fail, b, {onB, onBoth});
    const CheckResult other = sample::result(u"x.other"_s, Outcome::Pass, a);
    applyResults(state, {lookAtA, lookAtB, other}, sample::noon());
    state.history.clear();

    QVERIFY(!forgetUnasked(state, {{onA.checkId, {a, b}}}, sample::noon()));
    QVERIFY(forgetUnasked(state, {{onA.checkId, {b}}, {u"x.never"_s, {}}}, sample::noon()));
    QVERIFY(!state.latest.contains(lookAtA.key()));
    QVERIFY(state.latest.contains(lookAtB.key()));
    QVERIFY(state.latest.contains(other.key()));
    QVERIFY(!state.findings.at(onA.id()).isOpen());
    QVERIFY(state.findings.at(onB.id()).isOpen());
    QVERIFY(state.findings.at(onBoth.id()).isOpen()); // the other look still raises it
    QCOMPARE(events(state), u"closed"_s);
}

void TestProjectOutcomes::judgesChecks_data()
{
    QTest::addColumn<QList<Outcome>>("outcomes"); // one a host
    QTest::addColumn<int>("answer");              // AnswerValue, or -1
    QTest::addColumn<ItemState>("state");
    const auto row = [](const char *name, const QList<Outcome> &outcomes, int answer, ItemState state) {
        QTest::newRow(name) << outcomes << answer << state;
    };
    constexpr int holds = static_cast<int>(AnswerValue::Holds);
    constexpr int denied = static_cast<int>(AnswerValue::DoesNotHold);
    constexpr int notApplicable = static_cast<int>(AnswerValue::NotApplicable);
    using enum Outcome;
    row("never asked", {}, -1, ItemState::NotLookedAt);
    row("pass", {Pass}, -1, ItemState::Proven);
    row("info", {Info}, -1, ItemState::Proven);
    row("pass on both hosts", {Pass, Pass}, -1, ItemState::Proven);
    row("pass and does not apply", {Pass, NotApplicable}, -1, ItemState::Proven);
    row("does not apply and pass", {NotApplicable, Pass}, -1, ItemState::Proven);
    row("pass and error", {Pass, Error}, -1, ItemState::NotLookedAt);
    row("error and pass", {Error, Pass}, -1, ItemState::NotLookedAt);
    row("pass and not run", {Pass, NotRun}, -1, ItemState::NotLookedAt);
    row("does not apply and error", {NotApplicable, Error}, -1, ItemState::NotLookedAt);
    row("warn among passes", {Pass, Warn}, -1, ItemState::Problem);
    row("fail after error", {Error, Fail}, -1, ItemState::Problem);
    row("nowhere applicable", {NotApplicable, NotApplicable}, -1, ItemState::NotApplicable);
    row("answered", {}, holds, ItemState::AnsweredByPerson);
    row("answered after error", {Error}, holds, ItemState::AnsweredByPerson);
    row("answer does not cover a failure", {Fail}, holds, ItemState::Problem);
    row("answer adds nothing to a pass", {Pass}, holds, ItemState::Proven);
    row("a person contradicts a pass", {Pass}, denied, ItemState::Problem);
    row("a person says it does not apply", {NotRun}, notApplicable, ItemState::NotApplicable);
}

void TestProjectOutcomes::judgesChecks()
{
    QFETCH(QList<Outcome>, outcomes);
    QFETCH(int, answer);
    ProjectState state;
    for (qsizetype i = 0; i < outcomes.size(); ++i)
        applyResults(state, {sample::result(u"x.y"_s, outcomes[i], u"h%1.example"_s.arg(i))}, sample::noon());
    if (answer >= 0)
        state.answers[u"x.y"_s] = sample::answer(u"x.y"_s, static_cast<AnswerValue>(answer));
    QTEST(checkState(u"x.y"_s, state), "state");
}

void TestProjectOutcomes::aNoteWithAReasonProvesNothing()
{
    ProjectState state;
    CheckResult guessed = sample::result(u"x.y"_s, Outcome::Info);
    guessed.reason = u"Needs a list of your routes."_s;
    applyResults(state, {guessed}, sample::noon());
    const ItemStatus status = statusOf(sample::item(u"r.1.c1"_s, ItemKind::Check, {u"x.y"_s}), state);
    QCOMPARE(status.state, ItemState::NotLookedAt);
    QCOMPARE(status.checksProven, 0);
    QVERIFY2(status.explanation.contains(guessed.reason), qPrintable(status.explanation));
    state.answers[u"x.y"_s] = sample::answer(u"x.y"_s, AnswerValue::Holds);
    QCOMPARE(checkState(u"x.y"_s, state), ItemState::AnsweredByPerson);
}

void TestProjectOutcomes::judgesItems_data()
{
    QTest::addColumn<ItemKind>("kind");
    QTest::addColumn<QStringList>("checks");
    QTest::addColumn<int>("answer"); // about the item
    QTest::addColumn<ItemState>("state");
    QTest::addColumn<QString>("says");
    constexpr int holds = static_cast<int>(AnswerValue::Holds);
    constexpr int denied = static_cast<int>(AnswerValue::DoesNotHold);
    const QStringList passed{u"a.pass"_s, u"b.pass"_s};
    const auto row = [](const char *name, ItemKind kind, const QStringList &checks, int answer, ItemState state,
                        const QString &says) { QTest::newRow(name) << kind << checks << answer << state << says; };
    using enum ItemKind;
    row("all passed", Check, passed, -1, ItemState::Proven, u"2 of 2"_s);
    row("one not run", Check, {u"a.pass"_s, u"c.none"_s}, -1, ItemState::NotLookedAt, u"c.none"_s);
    row("one in error", Check, {u"a.pass"_s, u"d.error"_s}, -1, ItemState::NotLookedAt, u"no answer"_s);
    row("one answered", Check, {u"a.pass"_s, u"e.answered"_s}, -1, ItemState::AnsweredByPerson, u"1 of 2"_s);
    row("one failed", Check, {u"a.pass"_s, u"f.fail"_s}, -1, ItemState::Problem, u"f.fail is broken"_s);
    row("answer does not lift a failure", Check, {u"f.fail"_s}, holds, ItemState::Problem, u"f.fail is broken"_s);
    row("answer covers what was not run", Check, {u"c.none"_s}, holds, ItemState::AnsweredByPerson, u"Jo"_s);
    row("denied although passed", FailureSignal, passed, denied, ItemState::Problem, u"Jo"_s);
    row("none applies", Check, {u"g.na"_s}, -1, ItemState::NotApplicable, u"applies"_s);
    row("one does not apply", Check, {u"a.pass"_s, u"g.na"_s}, -1, ItemState::Proven, u"passed"_s);
    row("deliverable", Deliverable, {}, -1, ItemState::NotLookedAt, u"Nobody"_s);
    row("deliverable answered", Deliverable, {}, holds, ItemState::AnsweredByPerson, u"in order"_s);
    row("deliverable denied", Deliverable, {}, denied, ItemState::Problem, u"problem"_s);
    row("sprint row not done", SprintRow, {}, denied, ItemState::NotLookedAt, u"Not done"_s);
    row("not now is never a problem", NotNow, {}, denied, ItemState::NotLookedAt, u"Not done"_s);
}

void TestProjectOutcomes::judgesItems()
{
    QFETCH(ItemKind, kind);
    QFETCH(QStringList, checks);
    QFETCH(int, answer);
    QFETCH(QString, says);
    ProjectState state;
    CheckResult error = sample::result(u"d.error"_s, Outcome::Error);
    error.reason = u"no answer in 5 s"_s;
    applyResults(state,
                 {sample::result(u"a.pass"_s, Outcome::Pass), sample::result(u"b.pass"_s, Outcome::Pass), error,
                  sample::result(u"g.na"_s, Outcome::NotApplicable)},
                 sample::noon());
    sample::open(state, sample::finding(u"f.fail"_s, Severity::Low));
    state.answers[u"e.answered"_s] = sample::answer(u"e.answered"_s, AnswerValue::Holds);
    if (answer >= 0)
        state.answers[u"i"_s] = sample::answer(u"i"_s, static_cast<AnswerValue>(answer));

    const ItemStatus status = statusOf(sample::item(u"i"_s, kind, checks), state);
    QTEST(status.state, "state");
    QVERIFY2(status.explanation.contains(says), qPrintable(status.explanation));
    QCOMPARE(status.checksTotal, checks.size());
}

void TestProjectOutcomes::sumsUpStages_data()
{
    QTest::addColumn<QList<Outcome>>("outcomes"); // of stage.one and stage.two
    QTest::addColumn<StageState>("state");
    using enum Outcome;
    QTest::newRow("nothing") << QList<Outcome>{} << StageState::NotStarted;
    QTest::newRow("half") << QList<Outcome>{Pass} << StageState::InProgress;
    QTest::newRow("all") << QList<Outcome>{Pass, Pass} << StageState::Done;
    QTest::newRow("all that applies") << QList<Outcome>{Pass, NotApplicable} << StageState::Done;
    QTest::newRow("one problem") << QList<Outcome>{Pass, Fail} << StageState::NeedsAttention;
    QTest::newRow("errors are not a start") << QList<Outcome>{Error, Error} << StageState::NotStarted;
}

void TestProjectOutcomes::sumsUpStages()
{
    QFETCH(QList<Outcome>, outcomes);
    ProjectState state;
    const QStringList checks{u"stage.one"_s, u"stage.two"_s};
    for (qsizetype i = 0; i < outcomes.size(); ++i)
        applyResults(state, {sample::result(checks[i], outcomes[i])}, sample::noon());
    const StageSummary summary = summaryOf(sample::roadmap().stages.front(), state);
    QTEST(summary.state, "state");
    QCOMPARE(summary.total(), 2);
}

QTEST_GUILESS_MAIN(TestProjectOutcomes)
#include "tst_projectoutcomes.moc"
