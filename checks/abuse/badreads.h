// Reads that take words or a number from their address: searches get marks and quotation marks, lists a page of a
// hundred thousand.
#pragma once

#include "checks/abuse/badinput.h"

#include <vector>

namespace cockpit {

// Requests that one of them costs at most.
constexpr int kReadRequests = 4;
constexpr std::size_t kFirstReads = 4; // before the bodies, which need the requests more
constexpr std::size_t kMostReads = 12; // in one look

struct ReadChoice
{
    std::vector<Route> first = {};  // at most kFirstReads: two searches, then lists, then searches
    std::vector<Route> more = {};   // of what the bodies leave; with the first at most kMostReads
    std::vector<Route> beyond = {}; // are not asked
    std::size_t asked() const { return first.size() + more.size(); }
};

// Of the GETs without holes that the project knows, searches and lists. early: names of those that go before others of
// their kind.
ReadChoice readsToTry(const std::vector<Route> &routes, const QStringList &early = {});

struct ReadTrials
{
    const Target &target;
    ActorSession &session;

    // Adds to run.plain, and to run.reads or run.pages where the route takes it. Errors of ActorSession::ask().
    [[nodiscard]] Result<void> ask(const Route &route, BadInputRun &run) const;
};

// Those named go first, in the order of the names; the others behind them, in theirs.
void putEarly(std::vector<Route> &routes, const QStringList &names);

// Items of a list: of the JSON array, or of the first array in an object. Empty for other answers.
std::optional<qsizetype> itemsIn(const HttpResponse &answer);

} // namespace cockpit
