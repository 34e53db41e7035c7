// Go, go with conditions, or no-go; and the score.
#pragma once

#include "models/projectstate.h"
#include "models/roadmap.h"

#include <QString>
#include <QStringList>

namespace cockpit {

enum class VerdictDecision { Go, GoWithConditions, NoGo };
QString toWord(VerdictDecision value);
QString labelOf(VerdictDecision value);

struct Verdict
{
    VerdictDecision decision = VerdictDecision::GoWithConditions;
    int score = 0;    // 0 to 100
    int blockers = 0; // findings that make it no-go
    int conditions = 0;
    QStringList reasons;          // at most three sentences: the facts that decided
    QStringList blockingFindings; // finding ids
    // No check has reached an outcome yet, and nothing is known from before: decision and score mean nothing. Whoever
    // shows them says that instead, which labelOf(const Verdict &) does.
    bool nothingLookedAt = false;

    bool operator==(const Verdict &) const = default;
};

// "Not looked at yet", or what was decided.
QString labelOf(const Verdict &verdict);

// no_go: an open critical finding of proof proven or strong, or such a high one that breaks a line of the minimum bar.
//        Accepting such a finding does not lift it.
// go_with_conditions: an open high finding, an open medium one that nobody accepted, or a minimum-bar line that is
//        neither proven nor not applicable (a person's answer is recorded, but proves nothing).
// go: otherwise.
//
// Score: the minimum bar's lines weigh 3, stage checks and failure signals 1. An item earns its weight when proven or
// not applicable, at least half when answered by a person, nothing while it is a problem, and otherwise the share of
// its checks that proved their part. Each open critical finding has 30 points, high 12, medium 4, low 1; leads have
// half, rounded in the founder's favour.
//     score = 100 * earned / possible * 100 / (100 + points), rounded down
// The points divide instead of being taken off, so that the first repair of a bad product shows as much as the last
// one. Fixing a finding removes its points and can only raise what is earned, so it never lowers the score.
Verdict verdictOf(const ProjectState &project, const Roadmap &roadmap);

} // namespace cockpit
