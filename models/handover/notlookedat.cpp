// What was not looked at, and why: reasons that many checks share are said once, a check's own reason stands with it.
#include "models/handover/sections.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit::handover {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Handover)
};

// A heading is read at a glance; what is longer, or was different on each host, is a note.
constexpr qsizetype kLongestHeading = 120;

QStringList reasonsOf(const ProjectState &project, const QString &checkId)
{
    QStringList reasons;
    for (const CheckResult *result : resultsOf(project, checkId))
        if (!result->reason.isEmpty() && !reasons.contains(result->reason))
            reasons << result->reason;
    if (reasons.isEmpty())
        reasons << Text::tr("not run yet");
    return reasons;
}

struct ReasonGroup
{
    QString reason;
    std::vector<QStringList> rows; // id, what it would prove
};

struct NotLookedAt
{
    std::vector<ReasonGroup> shared; // in the order of the roadmap, as their rows
    std::vector<StatusLine> own;
};

NotLookedAt notLookedAt(const HandoverInput &input)
{
    NotLookedAt all;
    for (const QString &id : input.roadmap.checkIds()) {
        if (checkState(id, input.project) != ItemState::NotLookedAt)
            continue;
        const QStringList reasons = reasonsOf(input.project, id);
        if (reasons.size() > 1 || reasons.front().size() > kLongestHeading) {
            all.own.push_back({.text = titleOfCheck(id), .note = reasons.join(u' '), .trailing = id});
            continue;
        }
        auto group = std::ranges::find(all.shared, reasons.front(), &ReasonGroup::reason);
        if (group == all.shared.end())
            group = all.shared.insert(all.shared.end(), {reasons.front(), {}});
        group->rows.push_back({id, titleOfCheck(id)});
    }
    return all;
}

} // namespace

Section notLookedAtSection(const Context &context)
{
    Draft draft;
    const NotLookedAt all = notLookedAt(context.input);
    draft.paragraph(all.shared.empty() && all.own.empty()
                        ? Text::tr("Everything that this roadmap names was looked at.")
                        : Text::tr("It counts as neither good nor bad. Where a check is not built yet, have a "
                                   "person look, and write the answer down."));
    for (const ReasonGroup &group : all.shared) {
        draft.heading(group.reason, 3);
        Table table;
        table.header = {Text::tr("Check"), Text::tr("What it would prove")};
        table.rows = group.rows;
        draft.add(std::move(table));
    }
    if (!all.own.empty())
        draft.heading(Text::tr("For reasons of their own"), 3);
    for (const StatusLine &line : all.own)
        draft.add(line);
    return finished(u"not-looked-at"_s, Text::tr("What was not looked at, and why"), std::move(draft));
}

} // namespace cockpit::handover
