// The state of a roadmap item, worked out from results, open findings and answers. Not looked at never counts as good.
#pragma once

#include "models/projectstate.h"
#include "models/roadmap.h"

#include <QString>

namespace cockpit {

enum class ItemState { Proven, Problem, NotLookedAt, AnsweredByPerson, NotApplicable };
QString toWord(ItemState value);
QString labelOf(ItemState value);

struct ItemStatus
{
    ItemState state = ItemState::NotLookedAt;
    QString explanation; // "3 of 4 checks passed; mail.delivery is not built yet"
    int checksProven = 0;
    int checksTotal = 0;

    bool operator==(const ItemStatus &) const = default;
};

// Rules, first that fits:
//  - an open finding of a check behind the item, or an answer "does not hold": Problem (accepted findings included: a
//    decision does not prove anything);
//  - an answer about the item itself: NotApplicable or AnsweredByPerson;
//  - every check behind it that applies is proven (pass, or info without a reason, on every host looked at), where an
//    unbuilt or unrun check may be covered by an answer: Proven if no answer was needed, else AnsweredByPerson;
//  - every check behind it is not_applicable: NotApplicable;
//  - otherwise NotLookedAt.
// Items without checks (deliverables, not now, sprint rows): by answer; sprint rows and not-now are never a Problem.
ItemStatus statusOf(const Item &item, const ProjectState &project);

// State of one check over all hosts it was asked on.
ItemState checkState(const QString &checkId, const ProjectState &project);

enum class StageState { NotStarted, InProgress, NeedsAttention, Done };
QString toWord(StageState value);

struct StageSummary
{
    StageState state = StageState::NotStarted;
    int problems = 0;
    int proven = 0;
    int answered = 0;
    int notApplicable = 0;
    int notLookedAt = 0;

    int total() const { return problems + proven + answered + notApplicable + notLookedAt; }
    bool operator==(const StageSummary &) const = default;
};

// Over the stage's checks and failure signals (its deliverables are shown, but do not hold a stage back).
StageSummary summaryOf(const Stage &stage, const ProjectState &project);

} // namespace cockpit
