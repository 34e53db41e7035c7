// Whether somebody who has a hash of a value could find the value by trying. What people choose is tried from lists,
// and what is short is tried to its end; what a service makes by chance is out of reach, however fast the hash.
#pragma once

#include "checks/secrets/leakrule.h"

#include <string_view>

namespace cockpit {

// The rule says who makes its values, and how much of them is random; the value itself has to show it. People choose
// what a generic rule finds, what is known by its name alone (refusesWords), what a rule says it of (chosen), the
// password of an address, and what signs a JSON Web Token. Of the rest at least 20 characters must be random: with the
// smallest alphabet that keys have, hexadecimal digits, these are 2^80 values. In doubt it may be guessed.
bool mayBeGuessed(std::string_view value, const LeakRule &rule);

} // namespace cockpit
