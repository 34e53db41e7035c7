#include "models/fixplan.h"
#include "models/risk.h"

#include "tests/models/samplestate.h"

#include <QRandomGenerator>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

Risk risk(Severity severity, Impact impact, bool breaksBar, Proof proof, int effort, const QString &code)
{
    Risk risk;
    risk.finding = sample::finding(u"x.y"_s, severity, proof, impact, code);
    risk.finding.title = code;
    risk.finding.effortMinutes = effort;
    risk.breaksMinimumBar = breaksBar;
    return risk;
}

Risk anyRisk(QRandomGenerator &random)
{
    return risk(static_cast<Severity>(random.bounded(4)), static_cast<Impact>(random.bounded(7)),
                random.bounded(2) == 1, static_cast<Proof>(random.bounded(3)), 15 * random.bounded(3),
                u"c%1"_s.arg(random.bounded(5)));
}

QStringList codes(const std::vector<PlanStep> &steps)
{
    QStringList list;
    for (const PlanStep &step : steps)
        list.append(u"%1@%2"_s.arg(step.risk.finding.code).arg(step.startsAtMinute));
    return list;
}

} // namespace

class TestRisk : public QObject
{
    Q_OBJECT

private slots:
    void ordersByEachCriterion_data();
    void ordersByEachCriterion();
    void isAStrictTotalOrder();
    void ranksOpenFindings();
    void blocks_data();
    void blocks();
    void plansFixes();
    void whatWasPutOffComesBack_data();
    void whatWasPutOffComesBack();
    void fitsInTwoDays_data();
    void fitsInTwoDays();
};

void TestRisk::ordersByEachCriterion_data()
{
    QTest::addColumn<QString>("criterion");
    QTest::addColumn<QString>("why");
    QTest::newRow("severity") << u"severity"_s << u"“a” is high, while “b” is medium."_s;
    QTest::newRow("impact") << u"impact"_s << u"Both are high, but account takeover hurts more than downtime."_s;
    QTest::newRow("minimum bar") << u"bar"_s << u"minimum bar"_s;
    QTest::newRow("proven above lead") << u"lead"_s << u"a lead to look into"_s;
    QTest::newRow("proven above strong") << u"strong"_s << u"strong evidence"_s;
    QTest::newRow("effort") << u"effort"_s << u"15 minutes against 30"_s;
    QTest::newRow("name") << u"name"_s << u"order of their names"_s;
}

void TestRisk::ordersByEachCriterion()
{
    QFETCH(QString, criterion);
    QFETCH(QString, why);
    // Everything that comes after the criterion speaks for b.
    Risk a = risk(Severity::High, Impact::Downtime, false, Proof::Proven, 30, u"a"_s);
    Risk b = a;
    b.finding.code = b.finding.title = u"b"_s;
    if (criterion == u"severity"_s)
        b = risk(Severity::Medium, Impact::AccountTakeover, true, Proof::Proven, 5, u"b"_s);
    else if (criterion == u"impact"_s) {
        a.finding.impact = Impact::AccountTakeover;
        b.breaksMinimumBar = true;
    } else if (criterion == u"bar"_s) {
        a.breaksMinimumBar = true;
        a.finding.proof = Proof::Lead;
    } else if (criterion == u"lead"_s) {
        b.finding.proof = Proof::Lead;
        b.finding.effortMinutes = 5;
    } else if (criterion == u"strong"_s) {
        b.finding.proof = Proof::Strong;
        b.finding.effortMinutes = 5;
    } else if (criterion == u"effort"_s) {
        a.finding.effortMinutes = 15;
    }
    QVERIFY(ranksAbove(a, b));
    QVERIFY(!ranksAbove(b, a));
    QVERIFY2(whyAbove(a, b).contains(why), qPrintable(whyAbove(a, b)));
    QCOMPARE(whyAbove(b, a), whyAbove(a, b));
}

void TestRisk::isAStrictTotalOrder()
{
    QRandomGenerator random(5);
    std::vector<Risk> risks;
    for (int i = 0; i < 60; ++i)
        risks.push_back(anyRisk(random));
    for (const Risk &a : risks) {
        QVERIFY(!ranksAbove(a, a));
        for (const Risk &b : risks) {
            QVERIFY(!(ranksAbove(a, b) && ranksAbove(b, a)));
            QVERIFY(a == b || ranksAbove(a, b) || ranksAbove(b, a));
            for (const Risk &c : risks)
                QVERIFY(!(ranksAbove(a, b) && ranksAbove(b, c)) || ranksAbove(a, c));
        }
    }
}

void TestRisk::ranksOpenFindings()
{
    ProjectState state;
    sample::open(state, sample::finding(u"stage.one"_s, Severity::Low));
    sample::open(state, sample::finding(u"bar.one"_s, Severity::High));
    sample::open(state, sample::finding(u"stage.two"_s, Severity::Critical));
    applyResults(state, {sample::result(u"stage.two"_s, Outcome::Pass)}, sample::noon());
    state.decisions[u"bar.one:broken"_s] = sample::decision(u"bar.one:broken"_s, DecisionKind::Accepted);

    const std::vector<Risk> risks = rankRisks(state, sample::roadmap());
    QCOMPARE(risks.size(), std::size_t(2));
    QCOMPARE(risks[0].finding.checkId, u"bar.one"_s);
    QCOMPARE(risks[0].rank, 1);
    QVERIFY(risks[0].breaksMinimumBar);
    QCOMPARE(risks[0].decision->kind, DecisionKind::Accepted);
    QCOMPARE(risks[1].rank, 2);
    QVERIFY(!risks[1].breaksMinimumBar);
    QVERIFY(!risks[1].decision);
}

void TestRisk::blocks_data()
{
    QTest::addColumn<Severity>("severity");
    QTest::addColumn<Proof>("proof");
    QTest::addColumn<bool>("breaksBar");
    QTest::addColumn<bool>("blocks");
    QTest::newRow("critical, strong") << Severity::Critical << Proof::Strong << false << true;
    QTest::newRow("critical lead") << Severity::Critical << Proof::Lead << true << false;
    QTest::newRow("high below the bar") << Severity::High << Proof::Proven << true << true;
    QTest::newRow("high elsewhere") << Severity::High << Proof::Proven << false << false;
    QTest::newRow("medium below the bar") << Severity::Medium << Proof::Proven << true << false;
}

void TestRisk::blocks()
{
    QFETCH(Severity, severity);
    QFETCH(Proof, proof);
    QFETCH(bool, breaksBar);
    QTEST(blocksLaunch(risk(severity, Impact::Downtime, breaksBar, proof, 30, u"a"_s)), "blocks");
}

void TestRisk::plansFixes()
{
    ProjectState state;
    const auto add = [&state](const QString &check, Severity severity, int effort, const QString &code) {
        Finding finding = sample::finding(check, severity, Proof::Proven, Impact::Downtime, code);
        finding.effortMinutes = effort;
        state.findings[finding.id()] = {finding, sample::noon(), sample::noon(), {}};
        return finding.id();
    };
    add(u"stage.one"_s, Severity::High, 20, u"high"_s);
    add(u"bar.one"_s, Severity::High, 60, u"blocker-slow"_s);
    add(u"bar.one"_s, Severity::High, 10, u"blocker-quick"_s);
    add(u"stage.one"_s, Severity::Low, 5, u"low"_s);
    const QString june = add(u"stage.two"_s, Severity::Low, 5, u"june"_s);
    const QString may = add(u"stage.two"_s, Severity::Low, 9, u"may"_s);
    const QString accepted = add(u"stage.two"_s, Severity::Medium, 5, u"accepted"_s);
    state.decisions[june] = sample::decision(june, DecisionKind::FixLater);
    state.decisions[june].until = QDate(2026, 6, 1);
    state.decisions[may] = sample::decision(may, DecisionKind::FixLater);
    state.decisions[may].until = QDate(2026, 5, 1);
    state.decisions[accepted] = sample::decision(accepted, DecisionKind::Accepted);

    const FixPlan plan = planFixes(state, sample::roadmap(), QDate(2026, 4, 1));
    QCOMPARE(codes(plan.steps), QStringList({u"blocker-quick@0"_s, u"blocker-slow@10"_s, u"high@70"_s, u"low@90"_s}));
    QCOMPARE(plan.totalMinutes, 95);
    QVERIFY(plan.fitsIn48Hours);
    QCOMPARE(plan.later.size(), std::size_t(2));
    QCOMPARE(plan.later.front().finding.code, u"may"_s);
    QCOMPARE(plan.accepted.size(), std::size_t(1));
}

void TestRisk::whatWasPutOffComesBack_data()
{
    QTest::addColumn<QDate>("today");
    QTest::addColumn<bool>("isPlanned");
    QTest::newRow("the day before") << QDate(2026, 5, 31) << false;
    QTest::newRow("on the day") << QDate(2026, 6, 1) << false;
    QTest::newRow("the day after") << QDate(2026, 6, 2) << true;
}

void TestRisk::whatWasPutOffComesBack()
{
    QFETCH(QDate, today);
    ProjectState state;
    const Finding finding = sample::finding(u"x.y"_s, Severity::Low);
    sample::open(state, finding);
    state.decisions[finding.id()] = sample::decision(finding.id(), DecisionKind::FixLater);
    state.decisions[finding.id()].until = QDate(2026, 6, 1);
    const FixPlan plan = planFixes(state, sample::roadmap(), today);
    QTEST(!plan.steps.empty(), "isPlanned");
    QCOMPARE(plan.later.empty(), !plan.steps.empty());
    QCOMPARE(plan.totalMinutes > 0, !plan.steps.empty());
}

void TestRisk::fitsInTwoDays_data()
{
    QTest::addColumn<int>("minutes");
    QTest::addColumn<bool>("fits");
    QTest::newRow("just") << kWorkMinutes << true;
    QTest::newRow("a minute more") << kWorkMinutes + 1 << false;
}

void TestRisk::fitsInTwoDays()
{
    QFETCH(int, minutes);
    ProjectState state;
    Finding finding = sample::finding(u"x.y"_s, Severity::Low);
    finding.effortMinutes = minutes;
    sample::open(state, finding);
    QTEST(planFixes(state, sample::roadmap(), sample::noon().date()).fitsIn48Hours, "fits");
}

QTEST_GUILESS_MAIN(TestRisk)
#include "tst_risk.moc"
