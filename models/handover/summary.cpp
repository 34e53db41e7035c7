#include "models/handover/sections.h"

#include <QCoreApplication>

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
        table.rows.push_back({Text::tr("%1. %2").arg(stage.number).arg(stage.title), QString::number(summary.proven),
                              QString::number(summary.problems), QString::number(summary.answered),
                              QString::number(summary.notLookedAt), QString::number(summary.notApplicable)});
    }
    return table;
}

} // namespace

StatusLine itemLine(const Context &context, const Item &item)
{
    const ItemStatus status = statusOf(item, context.input.project);
    QString note = item.why;
    for (const QString &more : {item.outcome, status.explanation})
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
    draft.paragraph(Text::tr("%1. Score: %2 of 100.").arg(labelOf(verdict.decision)).arg(verdict.score));
    if (verdict.nothingLookedAt)
        draft.missing(Text::tr("No check has run yet."));
    for (const QString &reason : verdict.reasons)
        draft.paragraph(reason);
    draft.heading(Text::tr("Open risks by what they hurt"));
    draft.add(barsOf(context.risks));
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
