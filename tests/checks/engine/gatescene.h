// What the tests of the gate before active requests share.
#pragma once

#include "checks/engine/activegate.h"

#include <thread>

namespace cockpit::test {

inline ActiveTerms terms(int requests, double perSecond = kMostActivePerSecond)
{
    return {.budget = {.requests = requests, .perSecond = perSecond}, .hosts = {QStringLiteral("app.acme.test")}};
}

inline ActiveRequestNote note(const QString &check = QStringLiteral("access.roles"),
                              ActiveErrand errand = ActiveErrand::Check)
{
    return {.checkId = check,
            .method = QStringLiteral("GET"),
            .host = QStringLiteral("app.acme.test"),
            .route = QStringLiteral("/invoices/{id}"),
            .actor = QStringLiteral("Anna"),
            .errand = errand};
}

// What became of one request, in a word.
inline QString enter(ActiveGate &gate, const ActiveRequestNote &what, const CancelToken &token = {},
                     Deadline deadline = Deadline::in(std::chrono::seconds(10)))
{
    const auto leave = gate.enter(what, token, deadline);
    if (leave)
        return QStringLiteral("let out");
    return leave.error().kind == ErrorKind::NotPermitted ? QStringLiteral("refused")
           : leave.error().kind == ErrorKind::Cancelled  ? QStringLiteral("cancelled")
                                                         : QStringLiteral("too late");
}

inline qint64 elapsedMs(Clock::time_point since)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - since).count();
}

// From a second thread, for something that the first one is about to reach. Ends after ten seconds, and the first one
// then says what is missing.
template<typename Reached>
void awaitThat(const Reached &reached)
{
    const Deadline deadline = Deadline::in(std::chrono::seconds(10));
    while (!reached() && !deadline.hasPassed())
        std::this_thread::yield();
}

} // namespace cockpit::test
