// Places of backend services that an earlier look has left to be tried, and what became of them. Pure.
#pragma once

#include "checks/access/backendwrites.h"
#include "checks/engine/lookgaps.h"

#include <vector>

namespace cockpit {

// "write table orders": of findings, and of what was not seen.
QString subjectOfWrite(const QString &part, const QString &name);
QString codeOfWrite(const QString &part); // rows_writable, …

// What was owed when `before` was observed, and this look has not tried. A place at which something was found stays
// open until it is tried. Of the others nothing is known that could stand open: they are owed as long as the project's
// routes, the pages or the service itself know the place, and then let go, which is said once.
LookGaps owedWrites(const QJsonObject &before, const std::vector<BackendWrite> &writes, const PlacesNow &now);

// Something was found at that place, and no look since has seen it mended.
bool wasFoundOpen(const Unseen &place, const QJsonObject &before, const PlacesNow &now);

} // namespace cockpit
