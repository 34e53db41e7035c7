// Days as people count what is left: of 24 hours each, whatever the time of day.
#pragma once

#include <QDateTime>

namespace cockpit {

// Rounded down: an hour before is day 0, an hour after is day -1.
int wholeDays(qint64 seconds);
int wholeDays(const QDateTime &from, const QDateTime &to);

} // namespace cockpit
