// Ordinary visits of a stranger: pages and reads that anybody may ask for, and whether they were served.
#pragma once

#include "checks/actors/wire.h"
#include "models/projectstate.h"
#include "models/target.h"

#include <chrono>
#include <vector>

namespace cockpit {

enum class VisitEnd {
    Served,     // 2xx
    Limited,    // 429, a test for robots
    Broken,     // 5xx
    Unanswered, // no answer in time, or the connection was closed
    NotSent,    // stopped, or not permitted any more
    Other,      // a redirect, a refusal: says nothing about the product's strength
};
QString toWord(VisitEnd value);

struct VisitorRead
{
    VisitEnd end = VisitEnd::NotSent;
    int status = 0;                    // 0: none
    std::chrono::milliseconds took{0}; // until the answer was there, or until it was given up
    QString problem = {};              // why there is none
    bool isCached = false;             // mayComeFromCache()

    bool isServed() const { return end == VisitEnd::Served; }
    // An answer of the product that this is not for everybody, or not there. A 403 may be a firewall's.
    bool isElsewhere() const { return end == VisitEnd::Other && status != 403; }
    bool isFailed() const { return end == VisitEnd::Broken || end == VisitEnd::Unanswered; }
};

// A cache in front of the product may give it to everybody (RFC 9111 sections 5.1 and 5.2.2), or says that it has.
bool mayComeFromCache(const HttpResponse &answer);

VisitorRead visitorRead(const Result<HttpResponse> &answer, std::chrono::milliseconds took);

// "200 in 12 ms", "no answer in 3000 ms": for evidence.
QString describe(const VisitorRead &read);

// The middle of the times of those that were served; zero without any.
std::chrono::milliseconds typicalTime(const std::vector<VisitorRead> &reads);

// What a stranger may read, `most` at most: the public routes of the list, and the first page of the hosts. Each with a
// connection of its own, as other people have.
std::vector<ActiveRequest> ordinaryReads(const Target &target, const std::vector<Route> &routes, std::size_t most);

// Sends it and times it.
VisitorRead visit(Wire &wire, const ActiveRequest &request);

} // namespace cockpit
