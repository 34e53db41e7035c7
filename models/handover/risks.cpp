#include "models/handover/commands.h"
#include "models/handover/riskgroups.h"
#include "models/handover/sections.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace cockpit::handover {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Handover)
};

QString facts(const Risk &risk)
{
    QStringList parts{labelOf(risk.finding.impact), labelOf(risk.finding.proof)};
    if (risk.breaksMinimumBar)
        parts << Text::tr("breaks the minimum bar");
    if (risk.decision)
        parts << labelOf(risk.decision->kind) << untilAndReason(*risk.decision);
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

QString placeOf(const Finding &finding, const Target &target)
{
    QStringList places;
    if (!finding.host.isEmpty())
        places << finding.host;
    else if (!finding.location) // a file of the code is not the domain
        places << Text::tr("%1, the whole domain").arg(target.domain);
    if (finding.location)
        places << (finding.location->line > 0
                       ? Text::tr("%1, line %2").arg(finding.location->file, QString::number(finding.location->line))
                       : finding.location->file);
    return places.join(u'\n');
}

QString numbered(const QStringList &steps)
{
    QStringList lines;
    for (const QString &step : steps)
        lines << Text::tr("%1. %2").arg(QString::number(lines.size() + 1), step.trimmed());
    return lines.join(u'\n');
}

// Where one replaces a key, say.
bool isPage(const QString &paste)
{
    return paste.startsWith("https://"_L1) && !paste.contains(u'\n');
}

// Of what the check can read, what the project has; all of it where it has none.
std::vector<SourceKind> sourcesToNameAgain(const HandoverInput &input, const QString &checkId)
{
    const auto known = input.sourcesByCheck.find(checkId);
    if (known == input.sourcesByCheck.end())
        return {};
    std::vector<SourceKind> had;
    std::ranges::copy_if(known->second, std::back_inserter(had),
                         [&input](SourceKind kind) { return !sourcesOf(kind, input.project.sources).empty(); });
    return had.empty() ? known->second : had;
}

// Each place with what was seen there, under a title of its own where they differ.
Table placesOf(const RiskGroup &group, const Target &target)
{
    const auto isOwn = [&](const Risk *risk) { return risk->finding.title == group.first().finding.title; };
    const bool hasTitles = !std::ranges::all_of(group.risks, isOwn);
    Table table;
    table.header = {Text::tr("Risk"), Text::tr("Where"), Text::tr("What was seen")};
    for (const Risk *risk : group.risks) {
        const Finding &finding = risk->finding;
        table.rows.push_back({QString::number(risk->rank), placeOf(finding, target),
                              hasTitles ? finding.title + u'\n' + finding.whatWeSaw : finding.whatWeSaw});
    }
    return table;
}

// What all of them share stands once, around the table of places.
QStringList commandsOf(const RiskGroup &group, const HandoverInput &input)
{
    const Target &target = input.project.settings.target;
    QStringList commands;
    for (const Risk *risk : group.risks)
        commands << commandsToSee(risk->finding, target);
    for (const Risk *risk : group.risks)
        commands << commandToCheckAgain(risk->finding, target, sourcesToNameAgain(input, risk->finding.checkId));
    commands.removeDuplicates();
    return commands;
}

void writeRisks(Draft &draft, const RiskGroup &group, const HandoverInput &input)
{
    const Finding &finding = group.first().finding;
    const Target &target = input.project.settings.target;
    draft.add(StatusLine{.state = ItemState::Problem,
                         .text = Text::tr("%1. %2").arg(group.ranks(), group.title()),
                         .note = facts(group.first()),
                         .trailing = effortText(group.effortMinutes()),
                         .severity = finding.severity,
                         .keepWithNext = true});
    if (group.isOne()) {
        draft.labelled(Text::tr("Where"), placeOf(finding, target));
        draft.labelled(Text::tr("What was seen"), finding.whatWeSaw);
    } else {
        draft.add(placesOf(group, target));
    }
    draft.labelled(Text::tr("Why it matters"), finding.whyItMatters);
    draft.labelled(Text::tr("How to fix it"), numbered(finding.fix.steps));
    if (!finding.fix.paste.isEmpty())
        draft.add(CodeBlock{isPage(finding.fix.paste) ? Text::tr("The page for it") : Text::tr("To paste"),
                            finding.fix.paste});
    draft.add(CodeBlock{Text::tr("To check again after the repair"), commandsOf(group, input).join(u'\n')});
}

// In the order of the work, a line each: what they are stands among the risks.
Table planTable(const FixPlan &plan)
{
    Table table;
    table.header = {Text::tr("Risk"), Text::tr("What to repair"), Text::tr("Severity"), Text::tr("Begins"),
                    Text::tr("Effort")};
    for (const PlanStep &step : plan.steps)
        table.rows.push_back({QString::number(step.risk.rank), step.risk.finding.title,
                              labelOf(step.risk.finding.severity),
                              step.startsAtMinute == 0 ? Text::tr("to begin with")
                                                       : Text::tr("after %1").arg(effortText(step.startsAtMinute)),
                              effortText(step.effortMinutes)});
    return table;
}

void writeDecided(Draft &draft, const QString &title, const std::vector<Risk> &risks)
{
    if (risks.empty())
        return;
    draft.heading(title);
    for (const Risk &risk : risks)
        draft.add(StatusLine{.state = ItemState::Problem,
                             .text = Text::tr("Risk %1: %2").arg(QString::number(risk.rank), risk.finding.title),
                             .note = facts(risk),
                             .severity = risk.finding.severity});
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
    for (const RiskGroup &group : groupsOf(context.risks))
        writeRisks(draft, group, context.input);
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
                                  .arg(effortText(plan.totalMinutes)) +
                              u' ' + fits);
    if (!plan.steps.empty())
        draft.add(planTable(plan));
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
