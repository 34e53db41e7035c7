#include "models/wholedays.h"

#include <cmath>

namespace cockpit {

int wholeDays(const QDateTime &from, const QDateTime &to)
{
    constexpr double secondsPerDay = 86400;
    return static_cast<int>(std::floor(static_cast<double>(from.secsTo(to)) / secondsPerDay));
}

} // namespace cockpit
