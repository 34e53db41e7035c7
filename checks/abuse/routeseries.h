// The same request to other routes that cost something each time, until a limit shows or enough were sent.
#pragma once

#include "checks/abuse/loginsiege.h"
#include "checks/abuse/racelook.h"
#include "checks/abuse/seriesplan.h"

#include <optional>
#include <vector>

namespace cockpit {

// The same at the same moment, of what costs something: after the tries one by one, where these were all heard.
struct AtOnce
{
    int tries = 0;
    int answered = 0;
    int limited = 0;               // held back: also with 503 and Retry-After
    int broken = 0;                // other 5xx, or a connection that ended without an answer
    int waited = 0;                // no answer yet when our time was over: in a queue, for all that can be told
    bool servesAfterwards = false; // one by itself
    std::optional<AbuseTry> failed = {};
};

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
