// What the tests of the HTTP client share: one question of a run of its own, with little patience.
#pragma once

#include "checks/engine/observations.h"
#include "checks/net/httpclient.h"
#include "tests/lab/hostileserver.h"

namespace cockpit::test {

constexpr std::chrono::milliseconds kTimeout{800};
// What a slow machine may need beyond the timeout before a test calls it late.
constexpr qint64 kLate = 2500;

inline NetOptions quickOptions()
{
    NetOptions options;
    options.operationTimeout = kTimeout;
    return options;
}

inline Result<HttpResponse> get(const HttpGet &question, const NetOptions &options = quickOptions())
{
    Observations seen(options, CancelToken(), Deadline::in(std::chrono::seconds(20)), nullptr);
    return *seen.ask(question);
}

} // namespace cockpit::test
