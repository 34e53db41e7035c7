// monitor.event-log: the logs record failed sign-ins, refusals, limits hit and failed releases.
// observed: "sources": as secrets.logs, "events": [{"event": failed_sign_in|refusal|limit_hit|failed_release,"told",
// "answers","answers_in_time","state": recorded|missing|not_seen}]. told: lines of the product that tell of one;
// answers: requests that the web server's own log shows to have been refused so; answers_in_time: those in the time
// that the product's log covers.
//
// A quiet log proves nothing: what is not in it may not have happened. An event is missing only when another log shows
// that it happened: three or more answers (401, 403, 429) of the web server, at times that the product's own log
// covers, and not one line of the product about any. A release that failed is known from a build log or from no log, so
// that its absence is never more than not seen.
#pragma once

#include "checks/engine/check.h"
#include "checks/secrets/logread/logsread.h"

namespace cockpit {

Check eventLogCheck();

constexpr qint64 kFewestProvingAnswers = 3;
constexpr qint64 kFewestProductLines = 20; // fewer are the start of a program, not its log
Judged judgeEventLog(const LogsRead &read);

} // namespace cockpit
