// Who may send how many of the active requests that a run has, settled before the first of them: each check says what
// it may need (RequestNeed), as a function of what the project knows, and announces no more than that later on.
#pragma once

#include "models/access/permission.h"

#include <QString>

#include <algorithm>
#include <chrono>
#include <vector>

namespace cockpit {

// What one check may need of one account of the gate. Two checks may name the same account: what one of them sends is
// of use to both, and is counted once.
struct RequestNeed
{
    QString account; // the id that the requests are announced under; of the check itself but for what checks share
    int most = 0;    // announced at most, in all
    int fewest = 0;  // with fewer it does not begin; 0: it needs all
    int parts = 1;   // where not everybody gets all, that part of the budget is enough (3: a third), before others had
                     // theirs
    // What it may wait for at most beside the pace of its requests: the end of a limit, a leeway, a slow answer that is
    // measured. The run has so much more time.
    std::chrono::seconds waits{0};

    bool operator==(const RequestNeed &) const = default;

    int atLeast() const { return fewest > 0 ? std::min(fewest, most) : most; }
    // While others want some as well.
    int modestly(int budget) const { return parts > 1 ? std::max(atLeast(), std::min(most, budget / parts)) : most; }
};

// What is kept in one run for one account. In the list of a run the first one spends first.
struct Allotment
{
    QString account;
    int wanted = 0;
    int granted = 0; // 0 though something is wanted: it gets what others leave, after those before it in the list
    std::chrono::seconds waits{0}; // of those that send under it, the longest: one waits, and both know the outcome
    int looks = 1;                 // that send under it: when the last one has ended, nothing is kept for it any more
    bool isLast = false;           // of looks that come after all others

    bool operator==(const Allotment &) const = default;

    bool isCut() const { return granted > 0 && granted < wanted; }
    bool getsLeftovers() const { return granted == 0 && wanted > 0; }
};

// The needs of one check, and its place in the order of spending.
struct RequestClaim
{
    std::vector<RequestNeed> needs;
    bool isLast = false;

    bool operator==(const RequestClaim &) const = default;
};

// claims: by the order of spending. Everybody gets what is needed where that fits; else each, in that order, a modest
// part of it where that fits, and what is left goes to those that were cut, in the same order. The same claims have the
// same answer.
std::vector<Allotment> allot(const std::vector<RequestClaim> &claims, int requests);

// What all of them may wait for beside the pace.
std::chrono::seconds waitsIn(const std::vector<Allotment> &allotments);
// How long they take where all of them are sent, one after the other at the agreed pace, and everything is waited for
// that may be.
std::chrono::milliseconds timeNeeded(const std::vector<Allotment> &allotments, const ActiveBudget &budget);

// Kept for sign-ins out of a budget: kSignInRequests for each account that signs in, half of the budget at most, as
// without a sign-in the other requests are of no use.
int keptForSignIns(int budget, int accounts);
// The smallest budget that leaves `requests` beside the sign-ins.
int budgetFor(int requests, int accounts);

} // namespace cockpit
