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
// The answer, under the method that was used.
Evidence exchangeOf(const CorsAnswer &answer);

// One finding per kind of mistake; where everybody is let in, the special cases say nothing new.
std::vector<Finding> reflectedOrigins(const std::vector<CorsAnswer> &answers,
                                      const std::vector<SetCookie> &sessionCookies);

} // namespace cockpit
