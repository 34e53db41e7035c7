// Addresses of machines in a text.
#pragma once

#include <cstddef>
#include <string_view>

namespace cockpit {

// How many addresses (IPv4 and IPv6) of the public internet stand in the text. Private ranges, the own machine and
// what looks like a version ("Chrome/120.0.0.0") do not count.
size_t publicAddressesIn(std::string_view text);

} // namespace cockpit
