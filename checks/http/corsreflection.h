// Which foreign sites an API lets in: each answer read as browsers read it, and what comes of it.
#pragma once

#include "checks/http/cors.h"

#include <vector>

namespace cockpit {

// Case-sensitive by the fetch standard.
bool allowsCredentials(const HttpResponse &response);
// Browsers refuse a list and two values alike.
bool isReadable(const HttpResponse &response);
bool allowsAsked(const CorsAnswer &answer);
// Neither a permission nor an answer of the product: a test for robots, a refusal, a limit, a broken page. A refusal
// may be the product's "no" all the same.
bool saysNothing(const CorsAnswer &answer);
// The answer, under the method that was used.
Evidence exchangeOf(const CorsAnswer &answer);

// One finding per kind of mistake. Where everybody is let in, the special cases say nothing new, unless only they come
// with the session.
std::vector<Finding> reflectedOrigins(const std::vector<CorsAnswer> &answers,
                                      const std::vector<SetCookie> &sessionCookies);

} // namespace cockpit
