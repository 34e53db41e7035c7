#include "checks/values/ipinline.h"

#include "checks/values/bytekinds.h"

#include <algorithm>
#include <array>
#include <cstring>

#include <arpa/inet.h>

namespace cockpit {

namespace {

constexpr size_t kLongest = 45; // of IPv6 in writing

constexpr std::array<bool, 256> makeAddressBytes()
{
    std::array<bool, 256> bytes{};
    for (const char c : std::string_view("0123456789abcdefABCDEF.:"))
        bytes[static_cast<unsigned char>(c)] = true;
    return bytes;
}

constexpr std::array<bool, 256> kAddressBytes = makeAddressBytes();

bool isOfAddress(char c)
{
    return kAddressBytes[static_cast<unsigned char>(c)];
}

bool isPublic4(const std::array<unsigned char, 4> &ip)
{
    const bool isPrivate = ip[0] == 10 || (ip[0] == 172 && ip[1] >= 16 && ip[1] < 32) || (ip[0] == 192 && ip[1] == 168);
    const bool isLocal = ip[0] == 0 || ip[0] == 127 || (ip[0] == 169 && ip[1] == 254) || ip[0] >= 224;
    const bool isShared = ip[0] == 100 && ip[1] >= 64 && ip[1] < 128; // RFC 6598
    return !isPrivate && !isLocal && !isShared;
}

bool isPublic(std::string_view token)
{
    std::array<char, kLongest + 1> text{};
    std::memcpy(text.data(), token.data(), token.size());
    std::array<unsigned char, 16> bytes{};
    if (token.find(':') == std::string_view::npos) {
        std::array<unsigned char, 4> four{};
        return ::inet_pton(AF_INET, text.data(), four.data()) == 1 && isPublic4(four);
    }
    return ::inet_pton(AF_INET6, text.data(), bytes.data()) == 1 && (bytes[0] & 0xe0) == 0x20; // 2000::/3
}

} // namespace

size_t publicAddressesIn(std::string_view text)
{
    constexpr size_t shortest = 7; // 1.1.1.1
    size_t count = 0;
    for (size_t at = 0; at < text.size();) {
        if (!isOfAddress(text[at])) {
            ++at;
            continue;
        }
        size_t end = at;
        bool hasMark = false;
        while (end < text.size() && isOfAddress(text[end])) {
            hasMark = hasMark || text[end] == '.' || text[end] == ':';
            ++end;
        }
        std::string_view token = text.substr(at, end - at);
        const char before = byteBefore(text, at);
        const bool isPiece = isWordByte(before) || before == '/' || before == '-' || before == '_' ||
                             isWordByte(byteAt(text, end)) || byteAt(text, end) == '-';
        at = end;
        if (!hasMark || isPiece)
            continue;
        while (!token.empty() && (token.back() == '.' || (token.back() == ':' && !token.ends_with("::"))))
            token.remove_suffix(1);
        // "203.0.113.7:443": the port is not of the address.
        if (std::ranges::count(token, ':') == 1 && token.find('.') != std::string_view::npos)
            token = token.substr(0, token.find(':'));
        if (token.size() >= shortest && token.size() <= kLongest && isPublic(token))
            ++count;
    }
    return count;
}

} // namespace cockpit
