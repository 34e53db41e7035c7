// http.latency: response times, p95 included, are measured against the target.
// observed: url, status, headers, "samples", "failures", "p50_ms", "p95_ms" (null with fewer than 20 samples),
// "limit_ms"|null, "http_version", "phases": {"name_ms"|null,"connect_ms","tls_ms","first_byte_ms","body_ms"} where
// name, connect and tls are those of the first contact and the rest are medians of the warm samples, "first_contact":
// {the same, "total_ms"}, "warm": {"samples","first_byte_ms","body_ms","on_kept_connection"}.
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpseries.h"

namespace cockpit {

// p95 says little about fewer (facts: "with n < 20 show too few").
constexpr int kLatencySamples = 20;

Check latencyCheck();
// The first sample is the first contact: a name to look up, a connection and TLS to be made. The others are warm. What
// is judged is the server's own time of the warm ones: connecting is measured, but set aside, as a visitor pays for it
// once.
Judged judgeLatency(const HttpSeries::Seen &series, std::optional<int> p95LimitMs);

} // namespace cockpit
