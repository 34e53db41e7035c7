#include "models/itemstate.h"

#include "models/wordtable.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ItemState)
};

constexpr std::array kItemStates{
    WordRow<ItemState>{ItemState::Proven, "proven", QT_TRANSLATE_NOOP("ItemState", "Proven")},
    WordRow<ItemState>{ItemState::Problem, "problem", QT_TRANSLATE_NOOP("ItemState", "Problem")},
    WordRow<ItemState>{ItemState::NotLookedAt, "not_looked_at", QT_TRANSLATE_NOOP("ItemState", "Not looked at")},
    WordRow<ItemState>{ItemState::AnsweredByPerson, "answered_by_person",
                       QT_TRANSLATE_NOOP("ItemState", "Answered by a person")},
    WordRow<ItemState>{ItemState::NotApplicable, "not_applicable", QT_TRANSLATE_NOOP("ItemState", "Does not apply")},
};

constexpr std::array kStageStates{
    WordRow<StageState>{StageState::NotStarted, "not_started"},
    WordRow<StageState>{StageState::InProgress, "in_progress"},
    WordRow<StageState>{StageState::NeedsAttention, "needs_attention"},
    WordRow<StageState>{StageState::Done, "done"},
};

const Answer *answerAbout(const QString &subject, const ProjectState &project)
{
    const auto it = project.answers.find(subject);
    return it == project.answers.end() ? nullptr : &it->second;
}

ItemState stateOf(AnswerValue value)
{
    switch (value) {
    case AnswerValue::Holds:
        return ItemState::AnsweredByPerson;
    case AnswerValue::DoesNotHold:
        return ItemState::Problem;
    case AnswerValue::NotApplicable:
        return ItemState::NotApplicable;
    }
    return ItemState::NotLookedAt;
}

// What one look says by itself. Not run and error are silence, whatever other hosts said; and so is a note that gives
// a reason why nothing follows from it ("Needs a list of your routes.").
ItemState stateOf(const CheckResult &look)
{
    switch (look.outcome) {
    case Outcome::Pass:
        return ItemState::Proven;
    case Outcome::Info:
        return look.reason.isEmpty() ? ItemState::Proven : ItemState::NotLookedAt;
    case Outcome::Warn:
    case Outcome::Fail:
        return ItemState::Problem;
    case Outcome::NotApplicable:
        return ItemState::NotApplicable;
    case Outcome::NotRun:
    case Outcome::Error:
        return ItemState::NotLookedAt;
    }
    return ItemState::NotLookedAt;
}

// Over hosts: one problem is a problem, one silence leaves it open; what does not apply is left out of account.
ItemState stateOfLooks(const QString &checkId, const ProjectState &project)
{
    std::optional<ItemState> all;
    for (const CheckResult *result : latestOf(checkId, project)) {
        const ItemState one = stateOf(*result);
        if (one == ItemState::Problem)
            return one;
        if (!all || *all == ItemState::NotApplicable || one == ItemState::NotLookedAt)
            all = one;
    }
    return all.value_or(ItemState::NotLookedAt);
}

// The first open finding of a check behind the item; null when there is none.
const Finding *openFindingOf(const QStringList &checks, const ProjectState &project)
{
    for (const QString &checkId : checks) {
        const QString prefix = checkId + u':'; // Finding::id() begins with the check
        for (auto it = project.findings.lower_bound(prefix);
             it != project.findings.end() && it->first.startsWith(prefix); ++it) {
            if (it->second.isOpen())
                return &it->second.finding;
        }
    }
    return nullptr;
}

bool maybeProblem(ItemKind kind)
{
    return kind != ItemKind::NotNow && kind != ItemKind::SprintRow;
}

std::vector<ItemState> checkStates(const Item &item, const ProjectState &project)
{
    std::vector<ItemState> states;
    for (const QString &id : item.checks)
        states.push_back(checkState(id, project));
    return states;
}

// Rules three to five of itemstate.h: what the checks behind an item say together, when none of them is a problem.
ItemState combined(const std::vector<ItemState> &states)
{
    const auto every = [&states](auto... allowed) {
        return std::ranges::all_of(states, [=](ItemState state) { return ((state == allowed) || ...); });
    };
    if (states.empty())
        return ItemState::NotLookedAt;
    if (every(ItemState::NotApplicable))
        return ItemState::NotApplicable;
    if (every(ItemState::Proven, ItemState::NotApplicable))
        return ItemState::Proven;
    if (every(ItemState::Proven, ItemState::NotApplicable, ItemState::AnsweredByPerson))
        return ItemState::AnsweredByPerson;
    return ItemState::NotLookedAt;
}

QString byWhom(const Answer &answer)
{
    return answer.by.isEmpty() ? Text::tr("a person") : answer.by;
}

QString explainAnswer(const Answer &answer)
{
    switch (answer.value) {
    case AnswerValue::Holds:
        return Text::tr("Answered by %1: this is in order.").arg(byWhom(answer));
    case AnswerValue::DoesNotHold:
        return Text::tr("Answered by %1: this is a problem.").arg(byWhom(answer));
    case AnswerValue::NotApplicable:
        return Text::tr("Answered by %1: this does not apply.").arg(byWhom(answer));
    }
    return {};
}

// Why one check says nothing yet, in the check's own words where it gave them.
QString whyOpen(const QString &checkId, const ProjectState &project)
{
    for (const CheckResult *result : latestOf(checkId, project)) {
        if (stateOf(*result) == ItemState::NotLookedAt && !result->reason.isEmpty())
            return Text::tr("%1: %2").arg(checkId, result->reason);
    }
    return Text::tr("%1 has not run yet").arg(checkId);
}

QString explainChecks(const Item &item, const ItemStatus &status, const ProjectState &project)
{
    if (item.checks.isEmpty())
        return Text::tr("Nobody has answered this yet.");
    if (status.state == ItemState::NotApplicable)
        return Text::tr("None of the checks behind this applies here.");
    const QString sum = Text::tr("%1 of %n check(s) passed", nullptr, status.checksTotal).arg(status.checksProven);
    for (const QString &id : item.checks) {
        if (checkState(id, project) == ItemState::NotLookedAt)
            return Text::tr("%1; %2").arg(sum, whyOpen(id, project));
    }
    return Text::tr("%1.").arg(sum);
}

QString explainProblem(const Item &item, const ProjectState &project)
{
    if (const Finding *finding = openFindingOf(item.checks, project))
        return finding->title;
    if (const Answer *answer = answerAbout(item.id, project); answer && answer->value == AnswerValue::DoesNotHold)
        return explainAnswer(*answer);
    for (const QString &id : item.checks) {
        if (const Answer *answer = answerAbout(id, project); answer && answer->value == AnswerValue::DoesNotHold)
            return explainAnswer(*answer);
    }
    return Text::tr("A check behind this found a problem.");
}

void count(StageSummary &summary, ItemState state)
{
    switch (state) {
    case ItemState::Proven:
        ++summary.proven;
        return;
    case ItemState::Problem:
        ++summary.problems;
        return;
    case ItemState::NotLookedAt:
        ++summary.notLookedAt;
        return;
    case ItemState::AnsweredByPerson:
        ++summary.answered;
        return;
    case ItemState::NotApplicable:
        ++summary.notApplicable;
        return;
    }
}

} // namespace

QString toWord(ItemState value)
{
    return wordOf(kItemStates, value);
}

QString labelOf(ItemState value)
{
    return Text::tr(rowOf(kItemStates, value).label);
}

QString toWord(StageState value)
{
    return wordOf(kStageStates, value);
}

ItemState checkState(const QString &checkId, const ProjectState &project)
{
    const Answer *answer = answerAbout(checkId, project);
    const ItemState looks = stateOfLooks(checkId, project);
    const bool isDenied = answer && answer->value == AnswerValue::DoesNotHold;
    if (looks == ItemState::Problem || isDenied || openFindingOf({checkId}, project))
        return ItemState::Problem;
    // An answer covers what no look could say; it never replaces a look.
    return looks == ItemState::NotLookedAt && answer ? stateOf(answer->value) : looks;
}

ItemStatus statusOf(const Item &item, const ProjectState &project)
{
    const std::vector<ItemState> states = checkStates(item, project);
    const Answer *answer = answerAbout(item.id, project);
    const bool isDenied = answer && answer->value == AnswerValue::DoesNotHold;

    ItemStatus status;
    status.checksTotal = static_cast<int>(states.size());
    status.checksProven = static_cast<int>(std::ranges::count(states, ItemState::Proven));
    if (maybeProblem(item.kind) && (isDenied || std::ranges::count(states, ItemState::Problem) > 0)) {
        status.state = ItemState::Problem;
        status.explanation = explainProblem(item, project);
    } else if (answer) {
        status.state = isDenied ? ItemState::NotLookedAt : stateOf(answer->value);
        status.explanation = isDenied ? Text::tr("Not done yet.") : explainAnswer(*answer);
    } else {
        status.state = combined(states);
        status.explanation = explainChecks(item, status, project);
    }
    return status;
}

StageSummary summaryOf(const Stage &stage, const ProjectState &project)
{
    StageSummary summary;
    for (const auto *part : {&stage.checks, &stage.failureSignals}) {
        for (const Item &item : *part)
            count(summary, statusOf(item, project).state);
    }
    if (summary.problems > 0)
        summary.state = StageState::NeedsAttention;
    else if (summary.notLookedAt == summary.total())
        summary.state = StageState::NotStarted;
    else
        summary.state = summary.notLookedAt == 0 ? StageState::Done : StageState::InProgress;
    return summary;
}

} // namespace cockpit
