// What backend services are asked by requests that need a permission. Edge functions are called without a session:
// whoever calls one has it do what it does, so only where active requests are permitted to that host, and only those
// whose route the founder marked as safe to write. Firebase is asked whether anybody can sign up: the question goes
// where accounts are made, and no account can come of it (backendasks.h). Queries of
// Convex are run, whose answers hold content. Each goes through the gate, and into its log.
#pragma once

#include "checks/access/backendreads.h"

namespace cockpit {

// Firebase projects of one product that are asked; more than a live and a test one are somebody else's.
constexpr int kMostSignUps = 2;
// Queries of Convex that are run, with the made-up one; others are held back (HeldBack::TooMany).
constexpr int kMostQueries = 8;

// Of the functions that the pages name, those with such a route (POST /functions/v1/<name> on the backend's host).
QStringList markedServices(const BackendFound &found, const std::vector<Route> &routes);

// What that takes at most, whatever the pages turn out to name: one request for each such route, kMostSignUps,
// kMostQueries, and those of backendwrites.h.
RequestNeed needOfBackends(const std::vector<Route> &routes);

// Adds what was asked to the looks, and of Firebase also what was held back. One request for each. May wait while other
// checks hold what they may not need. Stops with the run and with the kill switch.
void callBackends(const Look &look, std::vector<BackendLook> &looks);

} // namespace cockpit
