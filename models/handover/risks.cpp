#include "models/handover/sections.h"

#include <QCoreApplication>

namespace cockpit::handover {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Handover)
};

QString minutesText(int minutes)
{
    const int hours = minutes / 60;
    return hours == 0 ? Text::tr("%1 min").arg(minutes) : Text::tr("%1 h %2 min").arg(hours).arg(minutes % 60);
}

QString facts(const Risk &risk)
{
    QStringList parts{labelOf(risk.finding.impact), labelOf(risk.finding.proof)};
    if (!risk.finding.host.isEmpty())
        parts << risk.finding.host;
    if (risk.breaksMinimumBar)
        parts << Text::tr("breaks the minimum bar");
    if (risk.decision)
        parts << labelOf(risk.decision->kind) << untilAndReason(*risk.decision);
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

void writeRisk(Draft &draft, const Risk &risk)
{
    const Finding &finding = risk.finding;
    draft.add(StatusLine{ItemState::Problem, Text::tr("%1. %2").arg(risk.rank).arg(finding.title), facts(risk),
                         Text::tr("%1, %2").arg(labelOf(finding.severity), minutesText(finding.effortMinutes))});
    if (!finding.whatWeSaw.isEmpty())
        draft.paragraph(finding.whatWeSaw);
    if (!finding.whyItMatters.isEmpty())
        draft.note(finding.whyItMatters);
    int number = 0;
    for (const QString &step : finding.fix.steps)
        draft.paragraph(Text::tr("%1. %2").arg(++number).arg(step));
    if (!finding.fix.paste.isEmpty())
        draft.add(CodeBlock{Text::tr("To paste"), finding.fix.paste});
}

StatusLine planLine(const PlanStep &step)
{
    return {ItemState::Problem, step.risk.finding.title,
            Text::tr("%1, starts after %2").arg(labelOf(step.risk.finding.severity), minutesText(step.startsAtMinute)),
            minutesText(step.effortMinutes)};
}

void writeDecided(Draft &draft, const QString &title, const std::vector<Risk> &risks)
{
    if (risks.empty())
        return;
    draft.heading(title);
    for (const Risk &risk : risks)
        draft.add(StatusLine{ItemState::Problem, risk.finding.title, facts(risk), labelOf(risk.finding.severity)});
}

QString stageNumbers(const Item &item)
{
    QStringList numbers;
    for (const int stage : item.stages)
        numbers << QString::number(stage);
    return numbers.join(u", "_s);
}

} // namespace

Section risksSection(const Context &context)
{
    Draft draft;
    if (context.risks.empty())
        draft.paragraph(context.verdict.nothingLookedAt
                            ? Text::tr("No check has run yet, so no risk can be ruled out.")
                            : Text::tr("No open risk is known. What was not looked at is listed "
                                       "near the end of this document."));
    if (context.verdict.nothingLookedAt)
        draft.missing(Text::tr("No check has run yet."));
    for (const Risk &risk : context.risks)
        writeRisk(draft, risk);
    return finished(u"risks"_s, Text::tr("Risks, worst for the business first"), std::move(draft));
}

Section planSection(const Context &context)
{
    Draft draft;
    const FixPlan &plan = context.plan;
    const QString fits = plan.fitsIn48Hours
                             ? Text::tr("That fits into 48 hours with two working days of eight hours.")
                             : Text::tr("That is more than fits into 48 hours: begin at the top, or get help.");
    draft.paragraph(plan.steps.empty()
                        ? Text::tr("No repair is waiting.")
                        : Text::tr("%n repair(s), about %1 of work.", nullptr, static_cast<int>(plan.steps.size()))
                                  .arg(minutesText(plan.totalMinutes)) +
                              u' ' + fits);
    for (const PlanStep &step : plan.steps)
        draft.add(planLine(step));
    writeDecided(draft, Text::tr("Later"), plan.later);
    writeDecided(draft, Text::tr("Accepted"), plan.accepted);
    draft.heading(Text::tr("The sprint of this roadmap"));
    for (const Item &item : context.input.roadmap.sprint) {
        StatusLine line = itemLine(context, item);
        if (!item.stages.empty())
            line.trailing = Text::tr("Stage %1").arg(stageNumbers(item));
        draft.add(std::move(line));
    }
    return finished(u"plan"_s, Text::tr("48-hour plan"), std::move(draft));
}

} // namespace cockpit::handover
