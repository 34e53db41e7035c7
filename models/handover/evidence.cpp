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

// An appendix is for looking something up; the whole of it stays in the project file.
constexpr std::size_t kMostPiecesPerFinding = 4;
constexpr std::size_t kMostPiecesInAll = 200;

void writeFinding(Draft &draft, const Finding &finding, std::size_t &piecesLeft)
{
    draft.heading(finding.title, 3);
    draft.note(finding.host.isEmpty() ? finding.checkId : Text::tr("%1 on %2").arg(finding.checkId, finding.host));
    draft.paragraph(finding.whatWeSaw);
    if (finding.location)
        draft.note(Text::tr("%1, line %2").arg(finding.location->file).arg(finding.location->line));
    std::size_t count = 0;
    for (const Evidence &piece : finding.evidence) {
        if (count == kMostPiecesPerFinding || piecesLeft == 0) {
            draft.note(Text::tr("More evidence is in the project file."));
            return;
        }
        draft.add(CodeBlock{piece.title, piece.body.trimmed()});
        ++count;
        --piecesLeft;
    }
}

QString whyNot(const ProjectState &project, const QString &checkId)
{
    QStringList reasons;
    for (const CheckResult *result : resultsOf(project, checkId))
        if (!result->reason.isEmpty() && !reasons.contains(result->reason))
            reasons << result->reason;
    return reasons.isEmpty() ? Text::tr("not run yet") : reasons.join(u"; "_s);
}

struct ReasonGroup
{
    QString reason;
    std::vector<QStringList> rows; // id, what it would prove
};

// Most checks share a few reasons: each is said once, in the order of the roadmap.
std::vector<ReasonGroup> notLookedAtByReason(const HandoverInput &input)
{
    std::vector<ReasonGroup> groups;
    for (const QString &id : input.roadmap.checkIds()) {
        if (checkState(id, input.project) != ItemState::NotLookedAt)
            continue;
        const QString reason = whyNot(input.project, id);
        auto group = std::ranges::find(groups, reason, &ReasonGroup::reason);
        if (group == groups.end())
            group = groups.insert(groups.end(), {reason, {}});
        group->rows.push_back({id, titleOfCheck(id)});
    }
    return groups;
}

} // namespace

Section notLookedAtSection(const Context &context)
{
    Draft draft;
    const std::vector<ReasonGroup> groups = notLookedAtByReason(context.input);
    draft.paragraph(groups.empty() ? Text::tr("Everything that this roadmap names was looked at.")
                                   : Text::tr("What was not tested counts as neither good nor bad."));
    for (const ReasonGroup &group : groups) {
        draft.heading(group.reason, 3);
        Table table;
        table.header = {Text::tr("Check"), Text::tr("What it would prove")};
        table.rows = group.rows;
        draft.add(std::move(table));
    }
    return finished(u"not-looked-at"_s, Text::tr("What was not looked at, and why"), std::move(draft));
}

Section evidenceSection(const Context &context)
{
    Draft draft;
    if (context.risks.empty())
        draft.paragraph(Text::tr("There is no open finding to show evidence for."));
    std::size_t piecesLeft = kMostPiecesInAll;
    for (const Risk &risk : context.risks)
        writeFinding(draft, risk.finding, piecesLeft);
    return finished(u"evidence"_s, Text::tr("Evidence"), std::move(draft));
}

} // namespace cockpit::handover
