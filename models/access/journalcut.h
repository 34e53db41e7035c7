// Of a journal with more entries than are read.
#pragma once

#include "models/access/undojournal.h"

namespace cockpit {

// A sentence where the journal may have more than these; else empty.
QString whatIsNotRead(const std::vector<JournalEntry> &read);

} // namespace cockpit
