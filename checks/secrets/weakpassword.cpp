#include "checks/secrets/weakpassword.h"

#include "checks/secrets/placeholders.h"
#include "checks/secrets/standins.h"
#include "checks/values/bytekinds.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include <arpa/inet.h>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

constexpr size_t kMostBehind = 4; // digits and signs behind a word: more are a password of somebody's own
constexpr size_t kLongest = 32;

// Special-use names that nobody outside asks for; each with what stands before it.
constexpr std::array kOwnNames{".local"sv,       ".internal"sv,  ".intranet"sv, ".lan"sv,         ".home"sv,
                               ".corp"sv,        ".private"sv,   ".test"sv,     ".example"sv,     ".invalid"sv,
                               ".localhost"sv,   ".home.arpa"sv, ".svc"sv,      ".example.com"sv, ".example.net"sv,
                               ".example.org"sv, ".onion"sv};
constexpr std::array kSampleNames{"example.com"sv, "example.net"sv, "example.org"sv};
// Of those that take any name and password, and that samples of requests ask.
constexpr std::array kAskedBySamples{"httpbin.org"sv, "google.com"sv};
// The names that a server comes with: its documentation has them, and so has whoever runs it.
constexpr std::array kStockUsers{"admin"sv, "administrator"sv, "root"sv, "postgres"sv, "mysql"sv, "mongo"sv, "sa"sv};

bool isSame(std::string_view one, std::string_view lower)
{
    return std::ranges::equal(one, lower, {}, lowerByte);
}

bool endsCaseless(std::string_view text, std::string_view lower)
{
    return text.size() > lower.size() && isSame(text.substr(text.size() - lower.size()), lower);
}

// Who signs in there gives a password and no name (RESP's AUTH of one argument).
bool hasNoUsers(std::string_view scheme)
{
    return isSame(scheme, "redis"sv) || isSame(scheme, "rediss"sv);
}

bool isOfSite(std::string_view scheme)
{
    return isSame(scheme, "http"sv) || isSame(scheme, "https"sv);
}

bool isSignBehind(char c)
{
    return isDigitByte(c) || "!@#$%^&*.?"sv.find(c) != std::string_view::npos;
}

// "4" for "a", "0" for "o"; "1" is two letters.
bool standsForLetter(char c, char letter)
{
    switch (c) {
    case '0':
        return letter == 'o';
    case '1':
    case '!':
        return letter == 'i' || letter == 'l';
    case '3':
        return letter == 'e';
    case '4':
    case '@':
        return letter == 'a';
    case '5':
    case '$':
        return letter == 's';
    case '7':
        return letter == 't';
    default:
        return lowerByte(c) == letter;
    }
}

bool isDressed(std::string_view text, std::string_view lowerWord)
{
    size_t at = 0;
    for (const char c : text) {
        if (c == '-' || c == '_')
            continue;
        if (at == lowerWord.size() || !standsForLetter(c, lowerWord[at]))
            return false;
        ++at;
    }
    return at == lowerWord.size();
}

bool isWeakWord(std::string_view text)
{
    return std::ranges::any_of(standIns().weakPasswords,
                               [text](const std::string &word) { return isSame(text, word) || isDressed(text, word); });
}

bool isOneOf(std::string_view text, const std::vector<std::string> &words)
{
    return std::ranges::any_of(words, [text](const std::string &word) { return isSame(text, word); });
}

// As it stands in forms and documentations, and not dressed up.
bool isFormsWord(std::string_view value)
{
    return std::ranges::all_of(value, [](char c) { return isLetterByte(c) || c == '-' || c == '_'; }) &&
           standsForSecret(value);
}

struct Network
{
    std::uint32_t address;
    int bits;
};
constexpr std::array kOwnNetworks{
    Network{0x00000000U, 8},  Network{0x0A000000U, 8},  Network{0x64400000U, 10}, Network{0x7F000000U, 8},
    Network{0xA9FE0000U, 16}, Network{0xAC100000U, 12}, Network{0xC0A80000U, 16}, Network{0xE0000000U, 3},
    Network{0xC0000200U, 24}, Network{0xC6336400U, 24}, Network{0xCB007100U, 24}, // RFC 5737: of documentations
};

bool isOfOwnNetwork(std::uint32_t address)
{
    return std::ranges::any_of(
        kOwnNetworks, [address](const Network &own) { return (address ^ own.address) >> (32 - own.bits) == 0; });
}

// Nothing for a name.
std::optional<bool> isPublicNumber(std::string_view host)
{
    constexpr size_t longest = 45; // RFC 4291, with an IPv4 address at the end
    if (host.size() > longest)
        return std::nullopt;
    const std::string text(host);
    in_addr four{};
    if (::inet_pton(AF_INET, text.c_str(), &four) == 1)
        return !isOfOwnNetwork(ntohl(four.s_addr));
    in6_addr six{};
    if (::inet_pton(AF_INET6, text.c_str(), &six) != 1)
        return std::nullopt;
    const unsigned first = (static_cast<unsigned>(six.s6_addr[0]) << 8U) | six.s6_addr[1];
    const unsigned second = (static_cast<unsigned>(six.s6_addr[2]) << 8U) | six.s6_addr[3];
    // 2000::/3 alone is given out; RFC 3849: 2001:db8::/32 is of documentations.
    return first >> 13U == 1 && !(first == 0x2001 && second == 0x0DB8);
}

// "db.abcdefghijklmnopqrst.supabase.co"
bool isAlphabet(std::string_view label)
{
    constexpr size_t shortest = 8;
    size_t steps = 1;
    for (size_t at = 1; at < label.size() && steps < shortest; ++at)
        steps = label[at] - label[at - 1] == 1 && isLetterByte(label[at]) ? steps + 1 : 1;
    return steps >= shortest;
}

// "db.your-domain.com", "host.com", "proxy.foo.com"
bool isOfSample(std::string_view host)
{
    const StandIns &words = standIns();
    if (std::ranges::any_of(kAskedBySamples, [host](auto name) { return isSame(host, name); }))
        return true;
    for (size_t at = 0; at < host.size();) {
        const size_t end = std::min(host.find('.', at), host.size());
        const std::string_view label = host.substr(at, end - at);
        if (end < host.size() && (isOneOf(label, words.noHosts) || standsForSetting(label) || isAlphabet(label)))
            return true;
        at = end + 1;
    }
    return false;
}

bool hasPublicHost(std::string_view hosts)
{
    return !hosts.empty() && !isEachHost(hosts, [](std::string_view host) { return !isPublicHost(host); });
}

} // namespace

bool isWeakPassword(std::string_view value)
{
    if (value.empty() || value.size() > kLongest)
        return false;
    if (isWeakWord(value))
        return true;
    std::string_view word = value;
    for (size_t cut = 0; cut < kMostBehind && !word.empty() && isSignBehind(word.back()); ++cut) {
        word.remove_suffix(1);
        if (isWeakWord(word))
            return true;
    }
    return false;
}

bool isPublicHost(std::string_view host)
{
    const std::string_view bare = host.starts_with('[') && host.ends_with(']') ? host.substr(1, host.size() - 2) : host;
    if (const auto number = isPublicNumber(bare))
        return *number;
    while (host.ends_with('.'))
        host.remove_suffix(1);
    if (host.find('.') == std::string_view::npos || host.starts_with('['))
        return false;
    const bool isOwn = std::ranges::any_of(kOwnNames, [host](auto name) { return endsCaseless(host, name); }) ||
                       std::ranges::any_of(kSampleNames, [host](auto name) { return isSame(host, name); });
    return !isOwn && !isOfSample(host);
}

bool isOfSampleHosts(const ConnectionAddress &address)
{
    return !address.chosen.empty() && isWeakPassword(address.chosen) && isEachHost(address.hosts, isOfSample);
}

Severity severityOfWeak(std::string_view value, Severity ofRule)
{
    const auto address = connectionAddressOf(value);
    if (!address || !isFormsWord(address->chosen))
        return Severity::Critical;
    if (!isOfSite(address->scheme))
        return ofRule;
    const bool isStock = std::ranges::any_of(kStockUsers, [&](auto name) { return isSame(address->user, name); });
    return isStock ? std::max(ofRule, Severity::Medium) : ofRule;
}

bool opensToEverybody(const ConnectionAddress &address)
{
    if (address.chosen.empty() || !isWeakPassword(address.chosen) || !hasPublicHost(address.hosts))
        return false;
    // It is a view into the address: of a name without a password a slash stands before it.
    const bool isPassword = address.chosen.data()[-1] == ':';
    const bool isOfSomebody =
        address.user.empty() ? hasNoUsers(address.scheme) : !isOneOf(address.user, standIns().sampleUsers);
    return isPassword && (isOfSomebody || !isFormsWord(address.chosen));
}

bool opensToEverybody(std::string_view value)
{
    const auto address = connectionAddressOf(value);
    return address && opensToEverybody(*address);
}

bool opensToEverybody(std::string_view before, std::string_view password)
{
    if (!isWeakPassword(password) || isFormsWord(password))
        return false;
    std::string_view hosts;
    if (const size_t slashes = before.find("//"sv); slashes != std::string_view::npos) {
        hosts = before.substr(slashes + 2);
    } else if (const size_t equals = before.find('='); equals != std::string_view::npos) {
        hosts = before.substr(equals + 1);
        hosts.remove_prefix(std::min(hosts.find_first_not_of(' '), hosts.size()));
        if (hosts.size() > 4 && isSame(hosts.substr(0, 4), "tcp:"sv))
            hosts.remove_prefix(4);
    }
    return hasPublicHost(hosts.substr(0, hosts.find_first_of("/?#;, "sv)));
}

} // namespace cockpit
