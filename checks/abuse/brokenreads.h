// Reads by which errors are forced: ids, numbers and tokens that are none. Nothing can be changed by them.
#pragma once

#include "checks/abuse/errorleak.h"

#include <vector>

namespace cockpit {

constexpr std::size_t kFewBrokenRoutes = 5;   // for which there is always a place
constexpr std::size_t kMostBrokenRoutes = 40; // in one look
constexpr int kBrokenRequests = 6;            // of one route, the good one among them

struct BreakChoice
{
    std::vector<Route> routes = {}; // at most kMostBrokenRoutes
    QStringList beyond = {};        // names of those that are not asked
};

// GETs that may be private: a few that take an id (with one that was seen, or beside a list), as many without, then the
// others. early: names of those that go before others of their kind.
BreakChoice routesToBreak(const std::vector<Route> &routes, const QStringList &early = {});

struct BrokenRead
{
    QString what; // for people
    ActiveRequest request;
    bool asNobody = false; // brings a token of its own
};

// The requests for one route; the first is the good one where an address of it is known. Pure.
std::vector<BrokenRead> brokenReadsOf(const Route &route, const Target &target);

} // namespace cockpit
