// abuse.error-leak: forced errors reveal no stack trace, query or path (facts 15). Looks at every answer that bad input
// brought (badinput.h), and at reads with broken ids, numbers and tokens.
// observed: "actor", "errors": how many answers were errors, "statuses": [their statuses], "leaks": [{"route","what",
// "status","kind": debug|trace|database|path|version,"rule"}], "broken_off": sentence?, "requests": of its own,
// not_seen (models/unseen.h).
#pragma once

#include "checks/abuse/badinput.h"
#include "checks/engine/check.h"
#include "checks/http/errorleaks.h"

#include <vector>

namespace cockpit {

// An answer that was brought about, and what is known to be no leak there: the good answer.
struct ForcedError
{
    QString route;
    QString what; // was wrong with the request, for people
    ActiveRequest request;
    HttpResponse answer;
    QByteArray usual = {}; // body of the good answer on that route
};

struct ErrorLook
{
    QString actor;
    std::vector<ForcedError> errors;
    int good = 0;   // good requests that were answered well: without one, errors tell about something else
    int silent = 0; // requests without an answer that could be read, and routes that did not take their good request
    bool hasRoutes = true; // the project has routes that can be broken
    QString brokenOff = {};
    std::vector<Secret> known = {};
    int requests = 0;
};

Check errorLeakCheck();
Judged judgeErrorLeak(const ErrorLook &look, const std::vector<PageLeakRule> &rules);

// The answers of bad input that are errors.
void addErrorsOf(const BadInputRun &run, ErrorLook &look);

} // namespace cockpit
