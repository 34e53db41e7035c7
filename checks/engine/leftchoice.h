// Which of what was left in the product a request can take away.
#pragma once

#include "models/access/undojournal.h"

namespace cockpit {

// Accounts, values that were not kept, and records that do not bear our text are for a person. Pure.
inline bool isForRequests(const JournalEntry &entry)
{
    switch (entry.kind) {
    case LeftKind::Record:
        return entry.hasText;
    case LeftKind::Value:
        return entry.oldValue == OldValue::Kept;
    case LeftKind::Account:
        return false;
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
