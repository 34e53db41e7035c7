// abuse.timeouts: a slow request is cut off instead of tying up the app (facts 19, OWASP API4:2023). Some requests send
// their body letter by letter, and none ends; meanwhile strangers ask for an ordinary page. Then one slow body and one
// slow head show how long the server waits. What the product waits for itself cannot be seen from outside.
// observed: "slow_route", "slow_requests", "held": how many the server waited for, "read_route", "before", "during",
// "after": [{"end": served|limited|broken|unanswered|not_sent|other,"status","ms"}], "slow_body", "slow_head":
// {"end": not_tried|answered|cut_off|kept,"status","ms"}, "waited_ms": how long at most, "requests", not_seen
// (models/unseen.h).
#pragma once

#include "checks/abuse/slowhead.h"
#include "checks/abuse/visitorread.h"
#include "checks/engine/check.h"

#include <vector>

namespace cockpit {

// Side by side: enough for a server with few workers, and nothing to one that is built for people on trains.
constexpr int kSlowBodies = 8;

struct SlowVisitTimes
{
    SlowPace pace = {};
    std::chrono::milliseconds settle{500};     // until slow requests have arrived, and between two reads
    std::chrono::milliseconds readLimit{3000}; // an ordinary read that takes longer hangs
};

struct SlowVisits
{
    QString host;
    QString slowRoute; // "POST /api/notes"
    ActiveRequest slow;
    ActiveRequest read;
    std::vector<VisitorRead> before, during, after; // while the slow ones are open
    std::vector<SlowTry> bodies;                    // side by side
    SlowTry body, head;                             // alone, as long as the server likes
    SlowPace pace = {};
    QString notTested = {}; // a sentence: why nothing could be tried
    bool hasNoRead = false; // as nothing that was asked for is for everybody, by the product's own answers
    QString brokenOff = {}; // a sentence: why it ended early
    std::vector<Secret> known = {};
    int requests = 0;
};

Check timeoutsCheck();
// With other times than a person's product needs.
Judged lookAtTimeouts(const Look &look, const SlowVisitTimes &times);
Judged judgeTimeouts(const SlowVisits &visits);

} // namespace cockpit
