#include "checks/tls/lifelimit.h"

#include <array>

namespace cockpit {

namespace {

constexpr qint64 kDay = 24LL * 60 * 60;

struct Step
{
    int year, month, day; // from this day on
    int days;
};

// The first two: ballots 193 and SC-031 with Apple's policy of 2020.
constexpr std::array kSteps = {Step{2029, 3, 15, 47}, Step{2027, 3, 15, 100}, Step{2026, 3, 15, 200},
                               Step{2020, 9, 1, 398}, Step{2018, 3, 1, 825},  Step{1970, 1, 1, 1187}};

} // namespace

int allowedLifeDays(const QDateTime &notBefore)
{
    const QDate issued = notBefore.toUTC().date();
    for (const Step &step : kSteps) {
        if (issued >= QDate(step.year, step.month, step.day))
            return step.days;
    }
    return kSteps.back().days;
}

bool livesTooLong(const QDateTime &notBefore, const QDateTime &notAfter)
{
    return notBefore.secsTo(notAfter) + 1 > allowedLifeDays(notBefore) * kDay;
}

} // namespace cockpit
