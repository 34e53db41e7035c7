// Reads that take words or a number from their address: searches get marks and quotation marks, lists a page of a
// hundred thousand.
#pragma once

#include "checks/abuse/badinput.h"

#include <vector>

namespace cockpit {

// Requests that one of them costs at most.
constexpr int kReadRequests = 4;
constexpr std::size_t kMostReadsTried = 4;

// Searches first, then lists: GETs without holes that the project knows. At most kMostReadsTried.
std::vector<Route> readsToTry(const std::vector<Route> &routes);

struct ReadTrials
{
    const Target &target;
    ActorSession &session;

    // Adds to run.plain, and to run.reads or run.pages where the route takes it. Errors of ActorSession::ask().
    [[nodiscard]] Result<void> ask(const Route &route, BadInputRun &run) const;
};

// Items of a list: of the JSON array, or of the first array in an object. Empty for other answers.
std::optional<qsizetype> itemsIn(const HttpResponse &answer);

} // namespace cockpit
