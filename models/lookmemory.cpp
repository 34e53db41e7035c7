#include "models/lookmemory.h"

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kRemembered = "last_told"_L1;

} // namespace

QJsonObject memoryOf(const CheckResult &latest)
{
    if (latest.outcome != Outcome::Error)
        return latest.observed;
    return latest.observed.value(kRemembered).toObject();
}

CheckResult withMemoryOf(const CheckResult &before, CheckResult result)
{
    const QJsonObject memory = result.outcome == Outcome::Error ? memoryOf(before) : QJsonObject();
    if (!memory.isEmpty())
        result.observed.insert(kRemembered, memory);
    return result;
}

} // namespace cockpit
