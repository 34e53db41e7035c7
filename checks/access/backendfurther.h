// What is asked of a backend service beside what the code of the pages names: tables that its own description or the
// folder of the product's code tells, and files that a bucket lists.
#pragma once

#include "checks/access/backendreads.h"

namespace cockpit {

// HEAD that counts rows (backendreads.cpp).
BackendAsk tableAsk(const BackendFound &backend, const QString &table);

// Adds the names to those of Supabase, as far as their number allows.
void addTablesOfCode(const Look &look, std::vector<BackendFound> &backends);
// Of answers that have come.
std::vector<BackendAsk> furtherTables(const BackendLook &seen);
std::vector<BackendAsk> filesOf(const BackendLook &seen);

} // namespace cockpit
