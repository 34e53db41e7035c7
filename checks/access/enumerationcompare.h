// Two kinds of answers side by side: what is the same in all of a kind and another thing in the other kind tells them
// apart, whatever else changes from answer to answer (facts 21). Pure.
#pragma once

#include "checks/access/enumeration.h"
#include "checks/access/timedifference.h"

#include <QStringList>

#include <optional>

namespace cockpit {

// Of each kind, so that small parts of answers may be compared: as many where some of them change from answer to
// answer, as a part that is one of two by chance is the same in so few by chance as well.
constexpr int kFewestForParts = 3;
constexpr int kFewestAmidNoise = 5;

struct EnumerationComparison
{
    QStringList differs; // status, location, cookies, headers, body: stable within each kind, and not between them
    QStringList varies;  // the same words: what changes within a kind
    bool comparedParts = false; // also where something varies, as there were enough answers
    int known = 0;
    int unknown = 0;
    int timed = 0; // of the kind with fewer
    std::optional<TimeDifference> time;

    bool isEnough() const { return known >= kFewestKnown && unknown >= kFewestUnknown; }
};

// Accounts in that state against names that nobody has. Times for usual accounts alone; the first kWarmUpPairs of each
// kind are left out where enough remain: caches fill and connections warm up.
EnumerationComparison comparisonOf(const EnumerationEntry &entry, AccountState state = AccountState::Usual);

} // namespace cockpit
