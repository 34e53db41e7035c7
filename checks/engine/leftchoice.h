// Which of what was left in the product a request can take away.
#pragma once

#include "models/access/undojournal.h"

namespace cockpit {

// Accounts, values that were not kept, records that do not bear our text and those in a backend service, where no route
// of the project removes anything, are for a person. Pure.
inline bool isForRequests(const JournalEntry &entry)
{
    switch (entry.kind) {
    case LeftKind::Record:
        return entry.hasText && entry.remove.has_value();
    case LeftKind::Value:
        return entry.oldValue == OldValue::Kept;
    case LeftKind::Account:
        return false;
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
