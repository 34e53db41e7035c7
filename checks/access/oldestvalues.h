// Old values of one place that several entries of the journal have, the newest entry first. Pure.
#pragma once

#include "checks/net/httpclient.h"
#include "models/access/undojournal.h"

#include <span>
#include <vector>

namespace cockpit {

// What the place shows of the entry's members; and whether that is the old value.
QByteArray shownValue(const JournalEntry &entry, const HttpResponse &shown);
bool isOldValue(const JournalEntry &entry, const HttpResponse &shown);

// The same entries, in each member the oldest value that any of them has.
std::vector<JournalEntry> withOldestValues(std::span<const JournalEntry> entries);

// Of withOldestValues(): one body that brings them all. The oldest entry's as it is, which the product takes, and of
// the others' members those that are not as they were; a member that the place does not show is among them on request.
enum class UnseenMembers { Sent, LeftOut };
QByteArray bodyOfAll(std::span<const JournalEntry> oldest, const HttpResponse &shown, UnseenMembers unseen);

// The place holds what the run has left there: a text of a test in one of its members; or, in all of them that it
// shows, values that entries have read there, and not the oldest one in each. entries: as they were written down.
bool isLeftByTheRun(std::span<const JournalEntry> entries, const HttpResponse &shown);

} // namespace cockpit
