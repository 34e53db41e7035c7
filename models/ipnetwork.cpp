#include "models/ipnetwork.h"

#include <arpa/inet.h>

#include <algorithm>

namespace cockpit {

namespace {

std::optional<int> parsePrefix(const QString &text, int longest)
{
    constexpr qsizetype mostDigits = 3;
    const bool isNumber = !text.isEmpty() && text.size() <= mostDigits &&
                          std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; }) &&
                          (text.size() == 1 || !text.startsWith(u'0'));
    const int prefix = isNumber ? text.toInt() : -1;
    return prefix >= 0 && prefix <= longest ? std::optional(prefix) : std::nullopt;
}

} // namespace

bool IpNetwork::contains(const IpNetwork &other) const
{
    if (isV6 != other.isV6 || other.prefix < prefix)
        return false;
    const auto wholeBytes = static_cast<size_t>(prefix / 8);
    if (!std::equal(bytes.begin(), bytes.begin() + wholeBytes, other.bytes.begin()))
        return false;
    const int bitsLeft = prefix % 8;
    const int mask = (0xff << (8 - bitsLeft)) & 0xff;
    return bitsLeft == 0 || (bytes[wholeBytes] & mask) == (other.bytes[wholeBytes] & mask);
}

std::optional<IpNetwork> parseIpNetwork(const QString &text)
{
    const qsizetype slash = text.indexOf(u'/');
    const QByteArray address = text.left(slash < 0 ? text.size() : slash).toLatin1();
    IpNetwork network;
    network.isV6 = address.contains(':');
    // inet_pton refuses leading zeros, missing parts and anything behind the address, but ends at a zero byte.
    if (address.contains('\0') ||
        inet_pton(network.isV6 ? AF_INET6 : AF_INET, address.constData(), network.bytes.data()) != 1)
        return std::nullopt;
    const auto prefix =
        slash < 0 ? std::optional(network.longestPrefix()) : parsePrefix(text.mid(slash + 1), network.longestPrefix());
    if (!prefix)
        return std::nullopt;
    network.prefix = *prefix;
    return network;
}

} // namespace cockpit
