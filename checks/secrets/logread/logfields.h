// What a field of a log line says, by its name.
#pragma once

#include "checks/secrets/logread/logline.h"

namespace cockpit {

// A field, from JSON or from name=value. parent: the name of the JSON object that it stands in; empty for none. What
// the line has already stays: the first field of a kind counts. Refers to the value.
void takeField(std::string_view parent, std::string_view name, std::string_view value, LogLine &line);

// Each name=value of a text.
void takeNamed(std::string_view text, LogLine &line);

// A level as programs write it, in words or in pino's and bunyan's numbers.
LogLevel levelOf(std::string_view value);
// 100 to 599; 0: it is none.
int statusOf(std::string_view value);
// May tell one request from others: no "-", no "null", no row of zeros.
bool isIdValue(std::string_view value);
// An id without a name is one where it can be nothing else: a UUID, or 16 or 32 hexadecimal digits.
bool isBareId(std::string_view text);

} // namespace cockpit
