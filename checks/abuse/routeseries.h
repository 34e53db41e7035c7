// The same request to other routes that cost something each time, until a limit shows or enough were sent.
#pragma once

#include "checks/abuse/atonce.h"
#include "checks/abuse/loginsiege.h"
#include "checks/abuse/racelook.h"
#include "checks/abuse/seriesplan.h"

#include <optional>
#include <vector>

namespace cockpit {

struct RouteSeries
{
    EntryKind kind = EntryKind::Forgot;
    QString route;
    TrySeries series = {};
    std::chrono::milliseconds typical{0}; // median of the answers' times
    qint64 bytes = 0;                     // of the largest answer
    QString notTested = {};               // a sentence
    std::optional<AtOnce> atOnce = {};    // of chats and heavy routes
    QStringList made = {};                // the address that sign-up took: the person removes what came of it
};

struct SeriesReport
{
    std::vector<RouteSeries> routes;
    std::vector<RaceLook> races = {};
    std::vector<UntriedDoor> notTried = {};
    QString brokenOff = {};
};
SeriesReport seriesOf(const SeriesPlan &plan, Wire &wire, const BlockPatience &patience);

} // namespace cockpit
