// What takes away what an earlier run left in the product (models/access/undojournal.h); app/ passes the real one.
#pragma once

#include "checks/engine/activeterms.h"
#include "checks/engine/canceltoken.h"
#include "checks/engine/netoptions.h"
#include "models/access/requestlog.h"
#include "models/access/undojournal.h"
#include "models/result.h"

#include <functional>
#include <vector>

namespace cockpit {

struct LeftQuestion
{
    Target target;
    std::vector<Route> routes; // of the project as it is now: only those marked as safe to write are used
    std::vector<TestActor> actors;
    std::vector<JournalEntry> entries;
    Deadline until = Deadline::never(); // beside the time that so many requests need at the agreed pace
};

struct LeftOutcome
{
    QString entryId;
    bool isGone = false; // proven; the entry may be struck
    QString why = {};    // where it is not: a sentence with what to do
};

struct LeftReport
{
    std::vector<LeftOutcome> each = {};   // of all entries
    std::vector<LoggedRequest> sent = {}; // for the audit log
    QStringList gone() const;             // LeftOutcome::entryId
};

// Under this id its requests are counted and logged.
inline const QString kLeftRecords = QStringLiteral("left-records");

// Blocks, on a worker; ends within a second of a cancelled token, of the kill switch and of the deadline, and says of
// each entry that it did not get to why it is left. Asks as the accounts that made
// it, within the agreed number of requests and pace, and never removes what does not bear the entry's text. Errors:
// only when nothing could be asked.
using LeftRemover =
    std::function<Result<LeftReport>(const LeftQuestion &, ActiveTerms, const NetOptions &, const CancelToken &)>;

// The accounts whose secrets it needs: who made one, and the administrators of the same tenant.
std::vector<TestActor> actorsToRemove(const std::vector<JournalEntry> &entries, const std::vector<TestActor> &actors);

} // namespace cockpit
