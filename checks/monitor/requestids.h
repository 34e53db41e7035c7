// monitor.request-ids: each log line carries a request id, so one request can be followed.
// observed: "sources": as secrets.logs, "lines","with_id","requests","requests_with_id","errors","errors_with_id",
// "access_lines","access_with_id","other_lines","ids","ids_on_several_lines". Lines: entries of the product's own log,
// a stack trace counted as one; access lines: of the web server's own log; other lines: of files in which no line has
// an id or tells of a request (those of the machine).
//
// Not every line belongs to a request (the start of a program, a job at night), so that four of five are enough, and a
// log in which no line tells of a request proves nothing.
#pragma once

#include "checks/engine/check.h"
#include "checks/secrets/logread/logsread.h"

namespace cockpit {

Check requestIdsCheck();

constexpr qint64 kFewestIdLines = 20; // fewer tell nothing
constexpr qint64 kFewestRequests = 5;
constexpr qint64 kFewestErrors = 5;
constexpr int kEnoughWithId = 80;  // of a hundred lines
constexpr int kManyWithoutId = 50; // below that most of what happens cannot be followed
Judged judgeRequestIds(const LogsRead &read);

} // namespace cockpit
