// Phone numbers.
#pragma once

#include "checks/values/span.h"

#include <string_view>
#include <vector>

namespace cockpit {

// The whole text is one in any usual form: 7 to 15 digits, with signs between them.
bool isPhoneNumber(std::string_view text);

// International ones in a text (E.164: a plus, a country's code, 8 to 15 digits in all), with or without blanks,
// hyphens and brackets. Offsets of time zones and sums are none.
std::vector<ValueSpan> internationalPhonesIn(std::string_view text);

} // namespace cockpit
