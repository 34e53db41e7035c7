// A line in words, as a person reads it: with a time, a level and an id at its front, and of a stack trace its further
// lines.
#pragma once

#include "checks/secrets/logread/logline.h"

namespace cockpit {

// Of any text. Refers to it.
LogLine readPlainLine(std::string_view text);

} // namespace cockpit
