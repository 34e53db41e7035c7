// Numbers of bank accounts (ISO 13616).
#pragma once

#include "checks/values/span.h"

#include <string_view>
#include <vector>

namespace cockpit {

// The whole text is one, with or without blanks: the length of its country, and check digits that are right.
bool isIban(std::string_view text);

// Those in a text that stand by themselves, not in longer words.
std::vector<ValueSpan> ibansIn(std::string_view text);

} // namespace cockpit
