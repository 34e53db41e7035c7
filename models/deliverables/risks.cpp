#include "models/deliverables/makers.h"

#include "models/fixplan.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit::deliverables {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Deliverable)
};

constexpr std::size_t kNextFixes = 10;

QStringList riskRow(const Risk &risk, const QString &domain)
{
    return {QString::number(risk.rank), labelOf(risk.finding.severity), labelOf(risk.finding.impact),
            risk.finding.title, risk.finding.host.isEmpty() ? domain : risk.finding.host};
}

Table riskTable(const std::vector<Risk> &risks, const QString &domain, const QString &emptyText)
{
    Table table;
    table.header = {Text::tr("No."), Text::tr("Severity"), Text::tr("What it hurts"), Text::tr("Risk"),
                    Text::tr("Where")};
    table.emptyText = emptyText;
    for (const Risk &risk : risks)
        table.rows.push_back(riskRow(risk, domain));
    return table;
}

void sayWhenNothingRan(Draft &draft, const HandoverInput &input)
{
    if (input.project.latest.empty())
        draft.missing(Text::tr("No check has run yet, so an empty list proves nothing: press Run checks."));
}

} // namespace

void writeRiskList(Draft &draft, const HandoverInput &input)
{
    sayWhenNothingRan(draft, input);
    draft.add(riskTable(rankRisks(input.project, input.roadmap), input.project.settings.target.domain,
                        Text::tr("No open risk is known.")));
}

void writeDecisionList(Draft &draft, const HandoverInput &input)
{
    sayWhenNothingRan(draft, input);
    Table table;
    table.header = {Text::tr("Risk"), Text::tr("Severity"), Text::tr("Decision"), Text::tr("By"),
                    Text::tr("Until, reason")};
    table.emptyText = Text::tr("No open risk is known, so there is nothing to decide.");
    for (const Risk &risk : rankRisks(input.project, input.roadmap)) {
        if (!risk.decision) {
            table.rows.push_back({risk.finding.title, labelOf(risk.finding.severity), Text::tr("not decided"), {}, {}});
            draft.missing(Text::tr("Decide about: %1").arg(risk.finding.title));
            continue;
        }
        const Decision &decision = *risk.decision;
        table.rows.push_back({risk.finding.title, labelOf(risk.finding.severity), labelOf(decision.kind), decision.by,
                              handover::untilAndReason(decision)});
    }
    draft.add(std::move(table));
}

void writeNextFixes(Draft &draft, const HandoverInput &input)
{
    sayWhenNothingRan(draft, input);
    const FixPlan plan = planFixes(input.project, input.roadmap, input.now.date());
    std::vector<Risk> next;
    for (const PlanStep &step : plan.steps)
        if (next.size() < kNextFixes)
            next.push_back(step.risk);
    draft.paragraph(Text::tr("In the order of what hurts the business most, so that sales are lost to none of them."));
    draft.add(riskTable(next, input.project.settings.target.domain, Text::tr("No fix is waiting.")));
    handover::listChecks(draft, input.project, {u"handover.next-fixes"_s});
}

void writeLaunchChecklist(Draft &draft, const HandoverInput &input)
{
    sayWhenNothingRan(draft, input);
    draft.paragraph(Text::tr("The exact repairs for the next 48 hours, in the order to make them."));
    const FixPlan plan = planFixes(input.project, input.roadmap, input.now.date());
    Table table;
    table.header = {Text::tr("Done"), Text::tr("Repair"), Text::tr("Where"), Text::tr("Minutes")};
    table.emptyText = Text::tr("No repair is waiting.");
    for (const PlanStep &step : plan.steps)
        table.rows.push_back(
            {u"[  ]"_s, step.risk.finding.title, step.risk.finding.host, QString::number(step.effortMinutes)});
    draft.add(std::move(table));
    draft.heading(Text::tr("The minimum bar"), 3);
    for (const Item &item : input.roadmap.minimumBar) {
        const ItemStatus status = statusOf(item, input.project);
        draft.add(StatusLine{status.state, item.text, status.explanation, {}});
    }
}

void writeGoNoGo(Draft &draft, const HandoverInput &input)
{
    const Verdict verdict = verdictOf(input.project, input.roadmap);
    if (verdict.nothingLookedAt)
        draft.missing(Text::tr("No check has run yet: a verdict needs results. Press Run checks."));
    draft.paragraph(Text::tr("%1. Score: %2 of 100.").arg(labelOf(verdict.decision), QString::number(verdict.score)));
    for (const QString &reason : verdict.reasons)
        draft.paragraph(reason);
}

} // namespace cockpit::deliverables
