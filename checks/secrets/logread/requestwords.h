// The request that a line tells about in words: "POST /login HTTP/1.1" 401 of web servers, and of frameworks in their
// own lines ("POST /login 401", Started POST "/login").
#pragma once

#include "checks/secrets/logread/logline.h"

namespace cockpit {

// A method of HTTP that products are asked with, in capitals.
bool isRequestMethod(std::string_view word);

// Method and path of the first request in the text, and its status unless the line has one. Refers to the text.
void takeRequestWords(std::string_view text, LogLine &line);

} // namespace cockpit
