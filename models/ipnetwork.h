// Address blocks: "192.0.2.0/24", "2001:db8::/32"; a bare address is a block of one.
#pragma once

#include <QString>

#include <array>
#include <cstdint>
#include <optional>

namespace cockpit {

struct IpNetwork
{
    bool isV6 = false;
    std::array<std::uint8_t, 16> bytes{}; // network byte order; IPv4 uses the first four
    int prefix = 0;

    int longestPrefix() const { return isV6 ? 128 : 32; }
    // Whether the other block lies in this one. An IPv4 address written as IPv6 (::ffff:…) is not IPv4.
    bool contains(const IpNetwork &other) const;
    bool operator==(const IpNetwork &) const = default;
};

// Empty for what is neither. Leading zeros in an IPv4 part and prefixes beyond the address's length are refused.
std::optional<IpNetwork> parseIpNetwork(const QString &text);

} // namespace cockpit
