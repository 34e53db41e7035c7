#include "models/handover/owners.h"
#include "models/handover/sections.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace cockpit::handover {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Handover)
};

constexpr std::array kImpacts{Impact::AccountTakeover, Impact::DataExposure, Impact::BrokenLogin,
                              Impact::EmailDelivery,   Impact::Downtime,     Impact::CostAbuse,
                              Impact::Maintainability};

ImpactBars barsOf(const std::vector<Risk> &risks)
{
    ImpactBars bars;
    for (const Impact impact : kImpacts) {
        ImpactBars::Bar bar{impact, {}};
        for (const Risk &risk : risks)
            if (risk.finding.impact == impact)
                ++bar.counts[risk.finding.severity];
        bars.bars.push_back(std::move(bar));
    }
    return bars;
}

Table stagesTable(const Context &context)
{
    Table table;
    table.header = {Text::tr("Stage"),         Text::tr("Proven"),
                    Text::tr("Problems"),      Text::tr("Answered by a person"),
                    Text::tr("Not looked at"), Text::tr("Does not apply")};
    for (const Stage &stage : context.input.roadmap.stages) {
        const StageSummary summary = summaryOf(stage, context.input.project);
        table.rows.push_back({Text::tr("%1. %2").arg(QString::number(stage.number), stage.title),
                              QString::number(summary.proven), QString::number(summary.problems),
                              QString::number(summary.answered), QString::number(summary.notLookedAt),
                              QString::number(summary.notApplicable)});
    }
    return table;
}

constexpr qsizetype kMostRisksNamed = 3;

// What is behind the problem of an item, by the numbers that the risks have in this document.
QStringList risksBehind(const Context &context, const Item &item)
{
    QStringList lines;
    int more = 0;
    for (const Risk &risk : context.risks) {
        if (!item.checks.contains(risk.finding.checkId))
            continue;
        if (lines.size() < kMostRisksNamed)
            lines << Text::tr("Risk %1: %2").arg(QString::number(risk.rank), risk.finding.title);
        else
            ++more;
    }
    if (more > 0)
        lines << Text::tr("and %n more", nullptr, more);
    return lines;
}

QString explanationOf(const Context &context, const Item &item, const ItemStatus &status)
{
    const QStringList risks = status.state == ItemState::Problem ? risksBehind(context, item) : QStringList();
    if (!risks.isEmpty())
        return risks.join(u'\n');
    // That nobody has answered is what its state says.
    const bool isUnanswered = status.state == ItemState::NotLookedAt && item.checks.isEmpty();
    return isUnanswered ? QString() : status.explanation;
}

QString numbersOf(const std::vector<Risk> &risks, const QStringList &findingIds)
{
    QStringList numbers;
    for (const Risk &risk : risks)
        if (findingIds.contains(risk.finding.id()))
            numbers << QString::number(risk.rank);
    return numbers.join(u", "_s);
}

int barLinesNotLookedAt(const Context &context)
{
    return static_cast<int>(std::ranges::count_if(context.input.roadmap.minimumBar, [&](const Item &item) {
        return statusOf(item, context.input.project).state == ItemState::NotLookedAt;
    }));
}

int systemsWithoutOwner(const ProjectState &project)
{
    return static_cast<int>(
        std::ranges::count_if(ownershipRows(project), [](const Ownership &row) { return row.owner.isEmpty(); }));
}

// What a newcomer does first, in order.
QStringList nextSteps(const Context &context)
{
    QStringList steps;
    const auto blockers = static_cast<int>(context.verdict.blockingFindings.size());
    if (blockers > 0)
        steps << Text::tr("Repair what stops the launch: risk(s) %1.", nullptr, blockers)
                     .arg(numbersOf(context.risks, context.verdict.blockingFindings));
    if (!context.plan.steps.empty())
        steps << Text::tr("Work through the 48-hour plan: %n repair(s), about %1 of work.", nullptr,
                          static_cast<int>(context.plan.steps.size()))
                     .arg(effortText(context.plan.totalMinutes));
    if (const int open = barLinesNotLookedAt(context); open > 0)
        steps << Text::tr("Look at %n line(s) of the minimum bar that nobody has looked at yet.", nullptr, open);
    if (const int systems = systemsWithoutOwner(context.input.project); systems > 0)
        steps << Text::tr("Write down who owns %n system(s) that nobody is named for.", nullptr, systems);
    steps << Text::tr("Run the checks again after each repair; a repaired risk leaves this list by itself.");
    return steps;
}

// To the hour where minutes would only look exact.
QString roughEffort(int minutes)
{
    constexpr int kHours = 3;
    return effortText(minutes < kHours * 60 ? minutes : (minutes + 30) / 60 * 60);
}

} // namespace

QString verdictMeaning(const Verdict &verdict)
{
    if (verdict.nothingLookedAt)
        return Text::tr("No check has run yet, so nothing is known either way.");
    switch (verdict.decision) {
    case VerdictDecision::NoGo:
        return Text::tr("Do not let the first customers in yet: %n finding(s) stop the launch.", nullptr,
                        verdict.blockers);
    case VerdictDecision::GoWithConditions:
        return Text::tr("The launch can go ahead once the open points are repaired or knowingly accepted.");
    case VerdictDecision::Go:
        return Text::tr("Nothing that was looked at stands against the launch.");
    }
    Q_UNREACHABLE();
}

std::vector<CoverFact> coverFacts(const Context &context)
{
    const Roadmap &roadmap = context.input.roadmap;
    const QStringList checks = roadmap.checkIds();
    const auto open = std::ranges::count_if(
        checks, [&](const QString &id) { return checkState(id, context.input.project) == ItemState::NotLookedAt; });
    const auto lines = static_cast<int>(roadmap.minimumBar.size());
    const int holding = static_cast<int>(std::ranges::count_if(roadmap.minimumBar, [&](const Item &item) {
        return statusOf(item, context.input.project).state == ItemState::Proven;
    }));
    return {{QString::number(context.risks.size()), Text::tr("open risks")},
            {roughEffort(context.plan.totalMinutes), Text::tr("of repair work")},
            {Text::tr("%1 of %2").arg(QString::number(holding), QString::number(lines)),
             Text::tr("minimum-bar lines proven")},
            {Text::tr("%1 of %2").arg(QString::number(checks.size() - open), QString::number(checks.size())),
             Text::tr("checks answered")}};
}

StatusLine itemLine(const Context &context, const Item &item)
{
    const ItemStatus status = statusOf(item, context.input.project);
    QString note = item.why;
    for (const QString &more : {item.outcome, explanationOf(context, item, status)})
        if (!more.isEmpty())
            note += (note.isEmpty() ? QString() : u"\n"_s) + more;
    return {status.state, item.text, note, {}};
}

Section finished(const QString &id, const QString &title, Draft &&draft)
{
    Section section;
    section.id = id;
    section.title = title;
    section.answersMissing = static_cast<int>(draft.missingSentences().size());
    section.completeness = section.answersMissing == 0 ? Completeness::Complete : Completeness::AnswersMissing;
    section.blocks = draft.takeBlocks();
    return section;
}

Section summarySection(const Context &context)
{
    Draft draft;
    const Verdict &verdict = context.verdict;
    draft.paragraph(Text::tr("%1. Score: %2 of 100.").arg(labelOf(verdict.decision), QString::number(verdict.score)));
    draft.paragraph(verdictMeaning(verdict));
    if (verdict.nothingLookedAt)
        draft.missing(Text::tr("No check has run yet."));
    for (const QString &reason : verdict.reasons)
        draft.paragraph(reason);
    draft.heading(Text::tr("Open risks by what they hurt"));
    draft.add(barsOf(context.risks));
    draft.heading(Text::tr("What to do next"));
    int number = 0;
    for (const QString &step : nextSteps(context))
        draft.paragraph(Text::tr("%1. %2").arg(QString::number(++number), step));
    draft.heading(Text::tr("The seven stages"));
    draft.add(stagesTable(context));
    draft.note(context.input.roadmap.summary);
    const std::optional<Run> &run = context.input.project.lastRun;
    draft.note(run ? Text::tr("Last looked at: %1.").arg(dateTimeText(run->finished))
                   : Text::tr("No check has run yet."));
    return finished(u"summary"_s, Text::tr("Summary: go or no-go"), std::move(draft));
}

Section launchGateSection(const Context &context)
{
    Draft draft;
    draft.paragraph(Text::tr("Every line of the minimum bar must hold before the first customer comes in."));
    for (const Item &item : context.input.roadmap.minimumBar) {
        const StatusLine line = itemLine(context, item);
        if (line.state == ItemState::NotLookedAt)
            draft.missing(line.text);
        draft.add(line);
    }
    return finished(u"launch-gate"_s, Text::tr("Launch gate: the minimum bar"), std::move(draft));
}

} // namespace cockpit::handover
