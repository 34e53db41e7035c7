// What the tests of the wire have in common.
#pragma once

#include "tests/checks/actors/actorlab.h"

namespace cockpit::lab {

inline const QString kCheck = QStringLiteral("access.method-tampering");

inline qint64 elapsedMs(Clock::time_point since)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - since).count();
}

inline QString outcome(const Result<HttpResponse> &answer)
{
    return answer ? QString::number(answer->status) : answer.error().message;
}

} // namespace cockpit::lab
