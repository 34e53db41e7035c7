#include "models/verdict.h"

#include "tests/models/samplestate.h"

#include <QRandomGenerator>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

ProjectState passedBut(const std::vector<Finding> &findings)
{
    ProjectState state = sample::allPassed();
    for (const Finding &finding : findings)
        sample::open(state, finding);
    return state;
}

ProjectState decided(ProjectState state, DecisionKind kind)
{
    for (const auto &[id, record] : state.findings)
        state.decisions[id] = sample::decision(id, kind);
    return state;
}

ProjectState withoutBar(std::optional<AnswerValue> answer = std::nullopt)
{
    ProjectState state = sample::allPassed();
    state.latest.erase(u"bar.one"_s);
    if (answer)
        state.answers[u"bar.one"_s] = sample::answer(u"bar.one"_s, *answer);
    return state;
}

// Any mixture of outcomes, answers and findings over the three checks.
ProjectState randomState(QRandomGenerator &random)
{
    static const QStringList checks{u"bar.one"_s, u"stage.one"_s, u"stage.two"_s, u"other.one"_s};
    ProjectState state;
    for (const QString &check : checks) {
        const auto outcome = static_cast<Outcome>(random.bounded(7));
        if (random.bounded(4) > 0)
            applyResults(state, {sample::result(check, outcome)}, sample::noon());
        if (random.bounded(3) == 0)
            state.answers[check] = sample::answer(check, static_cast<AnswerValue>(random.bounded(3)));
        for (int i = random.bounded(3); i > 0; --i) {
            const Finding finding =
                sample::finding(check, static_cast<Severity>(random.bounded(4)), static_cast<Proof>(random.bounded(3)),
                                static_cast<Impact>(random.bounded(7)), u"code-%1"_s.arg(i));
            state.findings[finding.id()] = {finding, sample::noon(), sample::noon(), {}};
        }
    }
    return state;
}

} // namespace

Q_DECLARE_METATYPE(cockpit::ProjectState)

class TestVerdict : public QObject
{
    Q_OBJECT

private slots:
    void decides_data();
    void decides();
    void scores_data();
    void scores();
    void whatIsProvenOfAnItemCounts();
    void fixingNeverLowersTheScore();
    void fixingByARunNeverLowersTheScore();
    void givesAtMostThreeReasons();
    void saysWhenNothingWasLookedAt();
    void saysSoInItsLabel();
};

void TestVerdict::decides_data()
{
    using sample::finding;
    QTest::addColumn<ProjectState>("project");
    QTest::addColumn<QString>("decision");
    const auto row = [](const char *name, const ProjectState &state, const QString &decision) {
        QTest::newRow(name) << state << decision;
    };
    const QString go = u"go"_s;
    const QString conditions = u"go_with_conditions"_s;
    const QString noGo = u"no_go"_s;

    row("nothing looked at", ProjectState(), conditions);
    row("all passed", sample::allPassed(), go);
    row("critical, proven", passedBut({finding(u"x.y"_s, Severity::Critical)}), noGo);
    row("critical, strong", passedBut({finding(u"x.y"_s, Severity::Critical, Proof::Strong)}), noGo);
    row("critical lead", passedBut({finding(u"x.y"_s, Severity::Critical, Proof::Lead)}), conditions);
    row("critical, accepted", decided(passedBut({finding(u"x.y"_s, Severity::Critical)}), DecisionKind::Accepted),
        noGo);
    row("high below the bar", passedBut({finding(u"bar.one"_s, Severity::High)}), noGo);
    row("high below the bar, strong", passedBut({finding(u"bar.one"_s, Severity::High, Proof::Strong)}), noGo);
    row("high lead below the bar", passedBut({finding(u"bar.one"_s, Severity::High, Proof::Lead)}), conditions);
    row("high below the bar, later",
        decided(passedBut({finding(u"bar.one"_s, Severity::High)}), DecisionKind::FixLater), noGo);
    row("high elsewhere", passedBut({finding(u"stage.one"_s, Severity::High)}), conditions);
    row("high elsewhere, accepted",
        decided(passedBut({finding(u"stage.one"_s, Severity::High)}), DecisionKind::Accepted), conditions);
    row("medium", passedBut({finding(u"stage.one"_s, Severity::Medium)}), conditions);
    row("medium, later", decided(passedBut({finding(u"stage.one"_s, Severity::Medium)}), DecisionKind::FixLater),
        conditions);
    row("medium, accepted", decided(passedBut({finding(u"stage.one"_s, Severity::Medium)}), DecisionKind::Accepted),
        go);
    row("medium below the bar, accepted",
        decided(passedBut({finding(u"bar.one"_s, Severity::Medium)}), DecisionKind::Accepted), conditions);
    row("low", passedBut({finding(u"stage.one"_s, Severity::Low)}), go);
    row("low below the bar", passedBut({finding(u"bar.one"_s, Severity::Low)}), conditions);
    row("bar not looked at", withoutBar(), conditions);
    row("bar only answered", withoutBar(AnswerValue::Holds), conditions);
    row("bar does not apply", withoutBar(AnswerValue::NotApplicable), go);
}

void TestVerdict::decides()
{
    QFETCH(ProjectState, project);
    const Verdict verdict = verdictOf(project, sample::roadmap());
    QTEST(toWord(verdict.decision), "decision");
    QCOMPARE(verdict.decision == VerdictDecision::NoGo, verdict.blockers > 0);
    QCOMPARE(verdict.blockingFindings.size(), verdict.blockers);
    QVERIFY(!verdict.reasons.isEmpty());
}

void TestVerdict::scores_data()
{
    using sample::finding;
    QTest::addColumn<ProjectState>("project");
    QTest::addColumn<int>("score"); // weights: bar 3, check 1, signal 1
    QTest::newRow("nothing") << ProjectState() << 0;
    QTest::newRow("all proven") << sample::allPassed() << 100;
    QTest::newRow("without the bar") << withoutBar() << 40;
    QTest::newRow("bar answered earns half") << withoutBar(AnswerValue::Holds) << 70;
    QTest::newRow("bar does not apply") << withoutBar(AnswerValue::NotApplicable) << 100;
    QTest::newRow("critical elsewhere") << passedBut({finding(u"x.y"_s, Severity::Critical)}) << 76;
    QTest::newRow("high elsewhere") << passedBut({finding(u"x.y"_s, Severity::High)}) << 89;
    QTest::newRow("medium elsewhere") << passedBut({finding(u"x.y"_s, Severity::Medium)}) << 96;
    QTest::newRow("low elsewhere") << passedBut({finding(u"x.y"_s, Severity::Low)}) << 99;
    QTest::newRow("critical lead") << passedBut({finding(u"x.y"_s, Severity::Critical, Proof::Lead)}) << 86;
    QTest::newRow("low lead") << passedBut({finding(u"x.y"_s, Severity::Low, Proof::Lead)}) << 100;
    QTest::newRow("accepted still counts")
        << decided(passedBut({finding(u"x.y"_s, Severity::Medium)}), DecisionKind::Accepted) << 96;
    QTest::newRow("high on a stage check") << passedBut({finding(u"stage.one"_s, Severity::High)}) << 71;
    std::vector<Finding> many;
    for (int i = 0; i < 9; ++i)
        many.push_back(finding(u"x.y%1"_s.arg(i), Severity::Critical));
    QTest::newRow("nine critical leave room to improve") << passedBut(many) << 27;
}

void TestVerdict::scores()
{
    QFETCH(ProjectState, project);
    QTEST(verdictOf(project, sample::roadmap()).score, "score");
}

void TestVerdict::whatIsProvenOfAnItemCounts()
{
    Roadmap roadmap = sample::roadmap();
    roadmap.minimumBar.front().checks << u"bar.two"_s; // never looked at: half of a weight of 3 out of 5
    QCOMPARE(verdictOf(sample::allPassed(), roadmap).score, 70);
}

void TestVerdict::fixingNeverLowersTheScore()
{
    QRandomGenerator random(7);
    for (int round = 0; round < 1000; ++round) {
        const ProjectState state = randomState(random);
        const int before = verdictOf(state, sample::roadmap()).score;
        for (const auto &[id, record] : state.findings) {
            ProjectState fixed = state;
            fixed.findings[id].closedAt = sample::noon();
            const int after = verdictOf(fixed, sample::roadmap()).score;
            QVERIFY2(after >= before,
                     qPrintable(u"round %1, %2: %3 to %4"_s.arg(round).arg(id).arg(before).arg(after)));
        }
    }
}

void TestVerdict::fixingByARunNeverLowersTheScore()
{
    QRandomGenerator random(11);
    for (int round = 0; round < 500; ++round) {
        const ProjectState state = randomState(random);
        for (const auto &[id, record] : state.findings) {
            ProjectState fixed = state;
            applyResults(fixed, {sample::result(record.finding.checkId, Outcome::Pass)}, sample::noon().addDays(1));
            QVERIFY(!fixed.findings[id].isOpen());
            QVERIFY(verdictOf(fixed, sample::roadmap()).score >= verdictOf(state, sample::roadmap()).score);
        }
    }
}

void TestVerdict::givesAtMostThreeReasons()
{
    ProjectState state;
    for (int i = 0; i < 5; ++i)
        sample::open(state, sample::finding(u"x.y%1"_s.arg(i), Severity::High));
    const Verdict verdict = verdictOf(state, sample::roadmap());
    QCOMPARE(verdict.reasons.size(), 3);
    QVERIFY(verdict.reasons.first().contains(u"x.y0 is broken"_s));
    QVERIFY2(verdict.reasons.last().contains(u"minimum bar"_s), qPrintable(verdict.reasons.last()));
    QCOMPARE(verdict.conditions, 6);
}

void TestVerdict::saysWhenNothingWasLookedAt()
{
    ProjectState state;
    QVERIFY(verdictOf(state, sample::roadmap()).nothingLookedAt);
    applyResults(state, {sample::result(u"bar.one"_s, Outcome::Error), sample::result(u"stage.one"_s, Outcome::NotRun)},
                 sample::noon());
    QVERIFY(verdictOf(state, sample::roadmap()).nothingLookedAt);
    applyResults(state, {sample::result(u"stage.one"_s, Outcome::Pass)}, sample::noon());
    QVERIFY(!verdictOf(state, sample::roadmap()).nothingLookedAt);
}

void TestVerdict::saysSoInItsLabel()
{
    ProjectState state;
    QCOMPARE(labelOf(verdictOf(state, sample::roadmap())), u"Not looked at yet"_s);
    sample::open(state, sample::finding(u"x.y"_s, Severity::Critical)); // known from before, whatever a look says
    const Verdict verdict = verdictOf(state, sample::roadmap());
    QVERIFY(!verdict.nothingLookedAt);
    QCOMPARE(labelOf(verdict), labelOf(VerdictDecision::NoGo));
}

QTEST_GUILESS_MAIN(TestVerdict)
#include "tst_verdict.moc"
