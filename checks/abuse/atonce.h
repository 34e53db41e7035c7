// Several requests to one door at the same moment.
#pragma once

#include "checks/abuse/loginsiege.h"

#include <optional>

namespace cockpit {

// The same at the same moment, of what costs something: after the tries one by one, where these were all heard.
struct AtOnce
{
    int tries = 0;
    int answered = 0;
    int limited = 0;               // held back: also with 503 and Retry-After
    int broken = 0;                // other 5xx, or a connection that ended without an answer
    int waited = 0;                // no answer yet when our time was over: in a queue, for all that can be told
    bool servesAfterwards = false; // one by itself
    std::optional<AbuseTry> failed = {};
};

// One of them came back, or did not.
void countAtOnce(Result<HttpResponse> &answer, const ActiveRequest &request, AtOnce &seen);

} // namespace cockpit
