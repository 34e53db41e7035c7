#include "checks/abuse/atonce.h"

#include "checks/actors/limitsignal.h"

namespace cockpit {

namespace {

// Whoever says when to come again has a limit, and not a fault (RFC 9110 section 15.6.4).
bool isHeldBack(const HttpResponse &answer)
{
    return limitIn(answer, QDateTime::currentDateTimeUtc()) || (answer.status == 503 && answer.header("retry-after"));
}

} // namespace

void countAtOnce(Result<HttpResponse> &answer, const ActiveRequest &request, AtOnce &seen)
{
    ++seen.tries;
    if (!answer) {
        ++(answer.error().kind == ErrorKind::TimedOut ? seen.waited : seen.broken);
    } else if (isHeldBack(*answer)) {
        ++seen.limited;
    } else if (answer->status >= 500) {
        ++seen.broken;
        seen.failed = AbuseTry{request, std::move(*answer)};
    } else if (answer->status < 400) {
        ++seen.answered;
    }
}

} // namespace cockpit
