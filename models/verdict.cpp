#include "models/verdict.h"

#include "models/itemstate.h"
#include "models/risk.h"
#include "models/wordtable.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Verdict)
};

constexpr std::array kDecisions{
    WordRow<VerdictDecision>{VerdictDecision::Go, "go", QT_TRANSLATE_NOOP("Verdict", "Go")},
    WordRow<VerdictDecision>{VerdictDecision::GoWithConditions, "go_with_conditions",
                             QT_TRANSLATE_NOOP("Verdict", "Go with conditions")},
    WordRow<VerdictDecision>{VerdictDecision::NoGo, "no_go", QT_TRANSLATE_NOOP("Verdict", "No-go")},
};

constexpr int kMinimumBarWeight = 3;
constexpr int kStageWeight = 1;
constexpr qsizetype kMostReasons = 3;

bool isAccepted(const Risk &risk)
{
    return risk.decision && risk.decision->kind == DecisionKind::Accepted;
}

// Grave findings that do not block (a lead, a high one outside the minimum bar) are conditions even when accepted.
bool isCondition(const Risk &risk)
{
    switch (risk.finding.severity) {
    case Severity::Critical:
    case Severity::High:
        return !blocksLaunch(risk);
    case Severity::Medium:
        return !isAccepted(risk);
    case Severity::Low:
        return false;
    }
    return false;
}

bool isEarned(ItemState state)
{
    return state == ItemState::Proven || state == ItemState::NotApplicable;
}

// What an item has earned of its weight, 0 to 1. Checks that proved their part count before the others are looked at; a
// person's answer never takes away from that.
double shareOf(const ItemStatus &status)
{
    const double proven = status.checksTotal == 0 ? 0 : double(status.checksProven) / status.checksTotal;
    switch (status.state) {
    case ItemState::Proven:
    case ItemState::NotApplicable:
        return 1;
    case ItemState::AnsweredByPerson:
        return std::max(0.5, proven);
    case ItemState::NotLookedAt:
        return proven;
    case ItemState::Problem:
        return 0;
    }
    Q_UNREACHABLE();
}

// How heavily an open finding weighs on the score.
int weightOf(const Finding &finding)
{
    int points = 0;
    switch (finding.severity) {
    case Severity::Critical:
        points = 30;
        break;
    case Severity::High:
        points = 12;
        break;
    case Severity::Medium:
        points = 4;
        break;
    case Severity::Low:
        points = 1;
        break;
    }
    return finding.proof == Proof::Lead ? points / 2 : points; // half a point goes to the founder
}

struct Earnings
{
    double earned = 0;
    int possible = 0;

    void add(const ItemStatus &status, int weight)
    {
        possible += weight;
        earned += weight * shareOf(status);
    }

    // Rounded down: 100 means that everything is earned and nothing is open.
    int score(int findingPoints) const
    {
        constexpr double kRoundingSlack = 1e-9; // a third of a weight three times is a whole one
        return possible == 0 ? 0 : int(100 * earned / possible * 100 / (100 + findingPoints) + kRoundingSlack);
    }
};

Earnings earningsOf(const ProjectState &project, const Roadmap &roadmap)
{
    Earnings earnings;
    for (const Item &item : roadmap.minimumBar)
        earnings.add(statusOf(item, project), kMinimumBarWeight);
    for (const Stage &stage : roadmap.stages) {
        for (const auto *part : {&stage.checks, &stage.failureSignals}) {
            for (const Item &item : *part)
                earnings.add(statusOf(item, project), kStageWeight);
        }
    }
    return earnings;
}

int scoreOf(const ProjectState &project, const Roadmap &roadmap, const std::vector<Risk> &risks)
{
    int points = 0;
    for (const Risk &risk : risks)
        points += weightOf(risk.finding);
    return earningsOf(project, roadmap).score(points);
}

int openBarLines(const ProjectState &project, const Roadmap &roadmap)
{
    return static_cast<int>(std::ranges::count_if(
        roadmap.minimumBar, [&project](const Item &item) { return !isEarned(statusOf(item, project).state); }));
}

bool hasOutcome(const std::pair<const QString, CheckResult> &entry)
{
    return entry.second.outcome != Outcome::NotRun && entry.second.outcome != Outcome::Error;
}

QString sentenceOf(const Risk &risk)
{
    const QString severity = labelOf(risk.finding.severity);
    if (risk.finding.host.isEmpty())
        return Text::tr("%1: %2.").arg(severity, risk.finding.title);
    return Text::tr("%1: %2 (%3).").arg(severity, risk.finding.title, risk.finding.host);
}

// The facts that decided, worst first; room is kept for the minimum bar where that is what is missing.
QStringList reasonsOf(const Verdict &verdict, const std::vector<Risk> &deciding, int barLinesOpen)
{
    QStringList reasons;
    if (verdict.nothingLookedAt)
        return {Text::tr("Nothing has been looked at yet. Run the checks first.")};
    const bool namesBar = verdict.decision == VerdictDecision::GoWithConditions && barLinesOpen > 0;
    for (const Risk &risk : deciding) {
        if (reasons.size() < kMostReasons - (namesBar ? 1 : 0))
            reasons.append(sentenceOf(risk));
    }
    if (namesBar)
        reasons.append(Text::tr("%n line(s) of the minimum bar are not proven yet.", nullptr, barLinesOpen));
    if (verdict.decision == VerdictDecision::Go)
        reasons.append(
            Text::tr("Every line of the minimum bar is proven or does not apply, and nothing grave is open."));
    return reasons;
}

} // namespace

QString toWord(VerdictDecision value)
{
    return wordOf(kDecisions, value);
}

QString labelOf(VerdictDecision value)
{
    return Text::tr(rowOf(kDecisions, value).label);
}

QString labelOf(const Verdict &verdict)
{
    return verdict.nothingLookedAt ? Text::tr("Not looked at yet") : labelOf(verdict.decision);
}

Verdict verdictOf(const ProjectState &project, const Roadmap &roadmap)
{
    const std::vector<Risk> risks = rankRisks(project, roadmap);
    std::vector<Risk> blocking;
    std::vector<Risk> conditions;
    std::ranges::copy_if(risks, std::back_inserter(blocking), blocksLaunch);
    std::ranges::copy_if(risks, std::back_inserter(conditions), isCondition);
    const int barLinesOpen = openBarLines(project, roadmap);

    Verdict verdict;
    verdict.score = scoreOf(project, roadmap, risks);
    verdict.blockers = static_cast<int>(blocking.size());
    verdict.conditions = static_cast<int>(conditions.size()) + barLinesOpen;
    verdict.nothingLookedAt = risks.empty() && std::ranges::none_of(project.latest, hasOutcome);
    if (verdict.blockers > 0)
        verdict.decision = VerdictDecision::NoGo;
    else
        verdict.decision = verdict.conditions > 0 ? VerdictDecision::GoWithConditions : VerdictDecision::Go;
    for (const Risk &risk : blocking)
        verdict.blockingFindings.append(risk.finding.id());
    verdict.reasons = reasonsOf(verdict, blocking.empty() ? conditions : blocking, barLinesOpen);
    return verdict;
}

} // namespace cockpit
