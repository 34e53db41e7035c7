// Answers that say nothing about the product: bot challenges, refusals, rate limits, broken servers. They are never
// graded; whoever meets one reports "could not verify" with what to do about it.
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"

#include <optional>

namespace cockpit {

enum class Obstacle { Challenge, Refused, TooManyRequests, ServerError };

// Empty when the answer can be judged.
std::optional<Obstacle> obstacleIn(const HttpResponse &response);
// What stood in the way and what to do, for people.
QString describe(Obstacle obstacle, const HttpResponse &response);

// The judgement "could not verify": outcome error, the reason, and the response head as evidence.
Judged couldNotVerify(Obstacle obstacle, const HttpResponse &response);

} // namespace cockpit
