// http.latency: response times, p95 included, are measured against the target.
// observed: url, status, headers, "samples", "p50_ms", "p95_ms" (null with fewer than 20 samples), "limit_ms"|null,
// "phases": {"connect_ms","tls_ms","first_byte_ms"} (medians).
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"

namespace cockpit {

// p95 says little about fewer (facts: "with n < 20 show too few").
constexpr int kLatencySamples = 20;

Check latencyCheck();
// samples: the successful ones. What is judged is the server's own time: connecting is measured, but set aside, as a
// visitor pays for it once.
Judged judgeLatency(const std::vector<HttpResponse> &samples, int failures, std::optional<int> p95LimitMs);

} // namespace cockpit
