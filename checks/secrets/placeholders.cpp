#include "checks/secrets/placeholders.h"

#include "checks/secrets/standins.h"
#include "checks/values/bytekinds.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

constexpr size_t kRunOfOne = 8;   // "aaaaaaaa"
constexpr size_t kRunOfSteps = 8; // "abcdefgh", "87654321"
constexpr double kMostlyOne = 0.6;

size_t findCaseless(std::string_view text, std::string_view lowerWord, size_t from = 0)
{
    for (size_t at = from; at + lowerWord.size() <= text.size(); ++at) {
        size_t same = 0;
        while (same < lowerWord.size() && lowerByte(text[at + same]) == lowerWord[same])
            ++same;
        if (same == lowerWord.size())
            return at;
    }
    return std::string_view::npos;
}

bool isCaseless(std::string_view text, std::string_view lowerWord)
{
    return text.size() == lowerWord.size() && findCaseless(text, lowerWord) == 0;
}

bool fits(std::string_view value, std::string_view lowerWord, Fit fit)
{
    if (fit == Fit::Never || fit == Fit::Whole)
        return fit == Fit::Whole && isCaseless(value, lowerWord);
    for (size_t at = findCaseless(value, lowerWord); at != std::string_view::npos;
         at = findCaseless(value, lowerWord, at + 1)) {
        const bool isStart = fit == Fit::Inside || !isWordByte(byteBefore(value, at));
        const bool isEnd = fit != Fit::Word || !isWordByte(byteAt(value, at + lowerWord.size()));
        if (isStart && isEnd)
            return true;
    }
    return false;
}

bool holdsStandIn(std::string_view value, Fit StandIn::*fit)
{
    return std::ranges::any_of(standIns().words, [&](const StandIn &one) { return fits(value, one.word, one.*fit); });
}

// scheme://[user[:password]@]host[:port][/…]
struct AddressParts
{
    std::string_view chosen; // the password; the user where there is none; else empty
    std::string_view host;   // with its port
    std::string_view user;   // empty where there is no password
};

std::optional<AddressParts> addressPartsOf(std::string_view value)
{
    const size_t scheme = value.find("://"sv);
    const bool isAddress =
        scheme != std::string_view::npos && scheme > 0 && std::ranges::all_of(value.substr(0, scheme), [](char c) {
            return isWordByte(c) || c == '+' || c == '-' || c == '.';
        });
    if (!isAddress)
        return std::nullopt;
    const std::string_view rest = value.substr(scheme + 3);
    const size_t end = std::min(rest.find_first_of("/?#"sv), rest.size());
    const size_t inAuthority = rest.substr(0, end).rfind('@');
    // Some write a password with a slash as it is.
    const size_t at = inAuthority != std::string_view::npos ? inAuthority : rest.rfind('@');
    if (at == std::string_view::npos)
        return AddressParts{{}, rest.substr(0, end)};
    const size_t colon = rest.substr(0, at).find(':');
    const std::string_view behind = rest.substr(at + 1);
    const std::string_view host = behind.substr(0, behind.find_first_of("/?#"sv));
    if (colon == std::string_view::npos)
        return AddressParts{rest.substr(0, at), host, {}};
    return AddressParts{rest.substr(colon + 1, at - colon - 1), host, rest.substr(0, colon)};
}

std::string_view withoutPort(std::string_view host)
{
    return host.starts_with('[') ? host : host.substr(0, host.find(':'));
}

// The same letters, whatever their case and the hyphens and underscores between them. lowerWord: has none of these.
bool isLoosely(std::string_view text, std::string_view lowerWord)
{
    size_t at = 0;
    for (const char c : text) {
        if (c == '-' || c == '_')
            continue;
        if (at == lowerWord.size() || lowerByte(c) != lowerWord[at])
            return false;
        ++at;
    }
    return at == lowerWord.size() && at > 0;
}

bool isOneLoosely(std::string_view text, const std::vector<std::string> &words)
{
    return std::ranges::any_of(words, [text](const std::string &word) { return isLoosely(text, word); });
}

bool isSameCaseless(std::string_view one, std::string_view other)
{
    return std::ranges::equal(one, other, [](char a, char b) { return lowerByte(a) == lowerByte(b); });
}

// "postgresql://USER:PASSWORD@HOST:5432/DATABASE" of a documentation, "app:app" of a composed network.
bool isMadeUp(const AddressParts &parts)
{
    return isOneLoosely(withoutPort(parts.host), standIns().noHosts) || isSameCaseless(parts.user, parts.chosen) ||
           isSameCaseless(withoutPort(parts.host), parts.chosen);
}

// A host in example.com is how a real address may look to a pattern; the word itself is a stand-in.
bool saysExample(std::string_view value)
{
    constexpr auto word = "example"sv;
    for (size_t at = findCaseless(value, word); at != std::string_view::npos; at = findCaseless(value, word, at + 1)) {
        const size_t end = at + word.size();
        const bool isHostPart = (at > 0 && value[at - 1] == '.') || (end < value.size() && value[end] == '.');
        if (!isHostPart)
            return true;
    }
    return false;
}

// %NAME%, <name>, __NAME__, and $NAME as the whole value.
bool isTemplate(std::string_view value)
{
    const bool isWrapped =
        value.size() >= 3 &&
        ((value.front() == '%' && value.back() == '%') || (value.front() == '<' && value.back() == '>') ||
         (value.front() == '[' && value.back() == ']') ||
         (value.substr(0, 2) == "__"sv && value.substr(value.size() - 2) == "__"sv));
    const bool isVariable = value.size() >= 2 && value.front() == '$' &&
                            std::ranges::all_of(value.substr(1), [](char c) { return isWordByte(c) || c == '_'; }) &&
                            !(value[1] >= '0' && value[1] <= '9');
    return isWrapped || isVariable;
}

// "aaaaaaaa", "abcdefgh", "87654321".
bool hasRun(std::string_view value)
{
    size_t equal = 1;
    size_t up = 1;
    size_t down = 1;
    for (size_t i = 1; i < value.size(); ++i) {
        const int step = value[i] - value[i - 1];
        const bool isWord = isWordByte(value[i]) && isWordByte(value[i - 1]);
        equal = step == 0 ? equal + 1 : 1;
        up = step == 1 && isWord ? up + 1 : 1;
        down = step == -1 && isWord ? down + 1 : 1;
        if ((equal >= kRunOfOne && value[i] != '-') || up >= kRunOfSteps || down >= kRunOfSteps)
            return true;
    }
    return false;
}

std::array<size_t, 256> countsOf(std::string_view value)
{
    std::array<size_t, 256> counts{};
    for (const char c : value)
        ++counts[static_cast<unsigned char>(c)];
    return counts;
}

bool isMostlyOneCharacter(std::string_view value)
{
    const auto counts = countsOf(value);
    return static_cast<double>(*std::ranges::max_element(counts)) > kMostlyOne * static_cast<double>(value.size());
}

bool isOnOwnMachine(std::string_view value)
{
    return std::ranges::any_of(standIns().ownMachine, [value](std::string_view host) {
        const size_t at = findCaseless(value, host);
        if (at == std::string_view::npos)
            return false;
        const size_t end = at + host.size();
        return host.back() == '.' || end == value.size() ||
               !(isWordByte(value[end]) || value[end] == '.' || value[end] == '-');
    });
}

} // namespace

std::string_view chosenPart(std::string_view value)
{
    const auto parts = addressPartsOf(value);
    return parts && !parts->chosen.empty() ? parts->chosen : value;
}

bool standsForSecret(std::string_view value)
{
    constexpr size_t longest = 4096; // what is longer is a private key, and its beginning says enough
    value = value.substr(0, longest);
    const auto parts = addressPartsOf(value);
    // A host may be called anything; what somebody chose is the password.
    const bool hasChosen = parts && !parts->chosen.empty();
    const std::string_view chosen = hasChosen ? parts->chosen : value;
    if (chosen.empty() || isTemplate(chosen) || saysExample(chosen) || (hasChosen && saysExample(parts->host)))
        return true;
    // An OpenSSH key begins with numbers of four bytes: many a zero, which is an A.
    const bool isKeyBlock = value.find("PRIVATE KEY"sv) != std::string_view::npos;
    if (!isKeyBlock && (hasRun(chosen) || isMostlyOneCharacter(value)))
        return true;
    if (hasChosen && isMadeUp(*parts))
        return true;
    return isOneLoosely(chosen, standIns().noValues) || holdsStandIn(chosen, &StandIn::inSecret) ||
           isOnOwnMachine(value) || std::ranges::any_of(standIns().knownSamples, [value](std::string_view sample) {
               return value.find(sample) != std::string_view::npos;
           });
}

bool standsForSetting(std::string_view value)
{
    const bool isWrapped = value.size() >= 3 && value.front() == '<' && value.back() == '>';
    const auto parts = addressPartsOf(value);
    if (isWrapped || !parts)
        return isWrapped || holdsStandIn(value, &StandIn::inSetting);
    // "https://your-domain.com" of an address; behind the host stand names that people chose.
    const auto isOfHost = [&](const StandIn &one) {
        return one.inSetting == Fit::Start && fits(parts->host, one.word, Fit::Start);
    };
    return holdsStandIn(parts->chosen, &StandIn::inSetting) || std::ranges::any_of(standIns().words, isOfHost);
}

bool isOnInnerHost(std::string_view value)
{
    const auto parts = addressPartsOf(value);
    return parts && !parts->chosen.empty() && !parts->host.empty() && !parts->host.starts_with('[') &&
           withoutPort(parts->host).find('.') == std::string_view::npos;
}

double entropyOfBytes(std::string_view value)
{
    double bits = 0;
    for (const size_t count : countsOf(value)) {
        if (count == 0)
            continue;
        const double share = static_cast<double>(count) / static_cast<double>(value.size());
        bits -= share * std::log2(share);
    }
    return bits;
}

} // namespace cockpit
