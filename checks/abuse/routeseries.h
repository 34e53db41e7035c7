// The same request to other routes that cost something each time, until a limit shows or enough were sent.
#pragma once

#include "checks/abuse/loginsiege.h"
#include "checks/actors/entrycaller.h"

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

// Ten times the same at once, of what counts once.
struct RaceLook
{
    QString route;
    int tries = 0;
    int successes = 0;
    bool refusedAfterwards = false; // one more by itself: once is the rule
    std::optional<AbuseTry> success = {}, afterwards = {};
    QString notTested = {};
};

// Letters to one address, and tries of routes that are only answered.
constexpr int kMostLetterTries = 10;
constexpr int kMostRouteTries = 20;
constexpr int kRaceTries = 10;
constexpr int kAtOnceTries = 10;

struct SeriesPlan
{
    std::vector<EntryPoint> entries; // at most one of each kind
    QString mail;                    // of an account that may get letters; empty: none
    const TestActor *asker = nullptr;

    int ceiling() const;
};
// What may be tried: the reset letter of a throw-away account, reads, and writes on routes marked as safe.
SeriesPlan seriesPlanOf(const Target &target, const ProjectFacts &facts);

struct SeriesReport
{
    std::vector<RouteSeries> routes;
    std::optional<RaceLook> race = {};
    QString brokenOff = {};
};
SeriesReport seriesOf(const SeriesPlan &plan, Wire &wire, const BlockPatience &patience);

} // namespace cockpit
