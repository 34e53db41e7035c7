// Leaks that an earlier look of abuse.error-leak forced, and that this one did not ask about again where they were. A
// finding speaks of a host, so that another route that answers plainly would close it. Pure.
#pragma once

#include "checks/abuse/errorleak.h"
#include "checks/engine/lookgaps.h"

#include <optional>
#include <vector>

namespace cockpit {

struct OwedLeak
{
    // Empty: it may be anywhere. Earlier versions wrote down no more where a request had no answer.
    QString route = {};
    QString kind = {};                // as in observed.leaks
    QString host = {};                // the finding's. Empty: not known
    std::optional<QString> what = {}; // ForcedError::what, in the words of that time. None: not known
    int usualStatus = 0;              // then, as in AnsweredRead

    bool operator==(const OwedLeak &) const = default;
};

// What that look found, and what it owed itself.
std::vector<OwedLeak> leaksIn(const QJsonObject &observed);

// Of those that look.before has: whose route was not asked, or not for all, and whose own request was not answered
// again as well as then. A route that the project has no more owes nothing. What may be anywhere is owed by those
// routes alone that brought no answer, or had no request left, once a look ended by itself.
std::vector<OwedLeak> owedLeaks(const ErrorLook &look);

// To observed["not_tried_again"]: [{"route","kind","host","what"?,"usual_status"?}]; nothing where nothing is owed.
void noteOwed(const std::vector<OwedLeak> &owed, QJsonObject &observed);

// The code of the finding about a leak of that kind; empty for a word that names none.
QString leakCode(const QString &kind);

// What the look leaves open: what ended it, what gave no answer, what had no place, and what it owes.
LookGaps leakGaps(const ErrorLook &look);

} // namespace cockpit
