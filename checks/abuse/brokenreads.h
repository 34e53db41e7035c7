// Reads by which errors are forced: ids, numbers and tokens that are none. Nothing can be changed by them.
#pragma once

#include "checks/abuse/errorleak.h"

#include <vector>

namespace cockpit {

constexpr std::size_t kMostBrokenRoutes = 5;
constexpr int kBrokenRequests = 6; // of one route, the good one among them

// GETs that take an id (with one that was seen, or beside a list), then those without: at most kMostBrokenRoutes.
std::vector<Route> routesToBreak(const std::vector<Route> &routes);

struct BrokenRead
{
    QString what; // for people
    ActiveRequest request;
    bool asNobody = false; // brings a token of its own
};

// The requests for one route; the first is the good one where an address of it is known. Pure.
std::vector<BrokenRead> brokenReadsOf(const Route &route, const Target &target);

} // namespace cockpit
