// A web server's own record of a request, in the combined form of nginx and Apache and in its relatives.
#pragma once

#include "checks/secrets/logread/logline.h"

namespace cockpit {

// 203.0.113.7 - - [29/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 512
// False, and the line as it was, when the text is none. Refers to the text.
bool readAccessRecord(std::string_view text, LogLine &line);

} // namespace cockpit
