#include "models/wholedays.h"

#include <cmath>

namespace cockpit {

int wholeDays(qint64 seconds)
{
    constexpr double secondsPerDay = 86400;
    return static_cast<int>(std::floor(static_cast<double>(seconds) / secondsPerDay));
}

int wholeDays(const QDateTime &from, const QDateTime &to)
{
    return wholeDays(from.secsTo(to));
}

} // namespace cockpit
