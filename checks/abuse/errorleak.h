// abuse.error-leak: forced errors reveal no stack trace, query or path (facts 15). Looks at every answer that bad input
// brought (badinput.h), and at reads with broken ids, numbers and tokens.
// observed: "actor", "errors": how many answers were errors, "statuses": [their statuses], "leaks": [{"route","what",
// "status","usual_status","kind": debug|trace|database|path|version,"rule","host"}], "left_out": names of routes that
// were not asked, "not_tried_again" (leaksowed.h), "broken_off": sentence?, "requests": of its own, not_seen
// (models/unseen.h). A finding speaks of a host: it stays open until each route at which an earlier look found it was
// wholly asked again, or the request that had brought it about was.
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
    QString what; // was wrong with the request, for people; empty: nothing, it was the good one
    ActiveRequest request;
    HttpResponse answer;
    QByteArray usual = {}; // body of the good answer on that route
    int usualStatus = 0;   // as in AnsweredRead
};

// A broken read that was answered.
struct AnsweredRead
{
    QString route;
    QString what;        // as in ForcedError
    int usualStatus = 0; // of the good read; 0: it has none, or it brought no answer
    bool tells = false;  // the request came to where errors arise: neither a door nor something before the product
};

struct ErrorLook
{
    QString actor;
    std::vector<ForcedError> errors;
    int good = 0;   // good requests that were answered well: without one, errors tell about something else
    int silent = 0; // requests without an answer that could be read, and routes that did not take their good request
    QStringList asked = {};  // names of routes
    QStringList partly = {}; // likewise: not all was sent there, or not all told
    QStringList silentAt = {};
    QStringList shut = {}; // partly, as the product refused the good read and did not let in all broken ones either
    std::vector<AnsweredRead> answered = {};
    QStringList unsentTo = {}; // no request was left for some of their bad bodies
    QStringList beyond = {};   // of kMostBrokenRoutes
    QStringList without = {};  // a request being left for them
    bool hasRoutes = true;     // the project has routes that can be broken
    QString brokenOff = {};
    QString notSignedIn = {}; // a sentence: why no bad body was sent
    std::vector<Secret> known = {};
    int requests = 0;
    QJsonObject before = {}; // what the last look observed
    QStringList listed = {}; // names of all routes that the project has today; what leaked at others is let go

    void noteSilent(const QString &route);
    void notePartly(const QString &route);
};

Check errorLeakCheck();
Judged judgeErrorLeak(const ErrorLook &look, const std::vector<PageLeakRule> &rules);

// The answers of bad input that are errors.
void addErrorsOf(const BadInputRun &run, ErrorLook &look);

} // namespace cockpit
