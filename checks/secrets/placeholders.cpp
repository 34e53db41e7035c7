#include "checks/secrets/placeholders.h"

#include "checks/secrets/connectionaddress.h"
#include "checks/secrets/standins.h"
#include "checks/secrets/weakpassword.h"
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

// "postgresql://USER:PASSWORD@HOST:5432/DATABASE" of a documentation.
bool isOfDocumentation(const ConnectionAddress &address)
{
    return isEachHost(address.hosts, [](std::string_view host) { return isOneLoosely(host, standIns().noHosts); });
}

// "app:app@db", "redis:redis@redis" of a composed network, whose names nobody else can ask for.
bool isOfComposedNetwork(const ConnectionAddress &address)
{
    const bool isHostsName =
        isEachHost(address.hosts, [&](std::string_view host) { return isSameCaseless(host, address.chosen); });
    return isHostsName || (isSameCaseless(address.user, address.chosen) && !isReachedByName(address));
}

// "shop:shop@db.acme.com": a weak password that somebody runs a server with. "user:user" is a documentation's.
bool isWeakButReal(const ConnectionAddress &address)
{
    return isSameCaseless(address.user, address.chosen) && isReachedByName(address) &&
           !isOneLoosely(address.chosen, standIns().noValues);
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

bool isNumbersAndDots(std::string_view host)
{
    return std::ranges::all_of(host, [](char c) { return isDigitByte(c) || c == '.'; });
}

bool isMostlyOneCharacter(std::string_view value)
{
    const auto counts = countsOf(value);
    return static_cast<double>(*std::ranges::max_element(counts)) > kMostlyOne * static_cast<double>(value.size());
}

bool isOwnHost(std::string_view host)
{
    return std::ranges::any_of(standIns().ownMachine, [host](std::string_view own) {
        const bool isNetwork = own.back() == '.'; // "127."
        return isNetwork ? host.starts_with(own) && isNumbersAndDots(host) : isCaseless(host, own);
    });
}

// Of an address what somebody chose counts: "http://localhost" holds nothing.
bool isOnOwnMachine(std::string_view value, const std::optional<ConnectionAddress> &address)
{
    if (address)
        return !address->chosen.empty() && isEachHost(address->hosts, isOwnHost);
    // "app:Ks83x@localhost;timeout=5", without a scheme
    const size_t at = value.rfind('@');
    if (at == std::string_view::npos)
        return false;
    const std::string_view behind = value.substr(at + 1);
    const auto *const end = std::ranges::find_if(
        behind, [](char c) { return !isWordByte(c) && std::string_view(".-:[],").find(c) == std::string_view::npos; });
    return isEachHost(behind.substr(0, static_cast<size_t>(end - behind.begin())), isOwnHost);
}

} // namespace

std::string_view chosenPart(std::string_view value)
{
    const auto address = connectionAddressOf(value);
    return address && !address->chosen.empty() ? address->chosen : value;
}

bool standsForSecret(std::string_view value)
{
    constexpr size_t longest = 4096; // what is longer is a private key, and its beginning says enough
    value = value.substr(0, longest);
    const auto address = connectionAddressOf(value);
    // A host may be called anything; what somebody chose is the password.
    const bool hasChosen = address && !address->chosen.empty();
    const std::string_view chosen = hasChosen ? address->chosen : value;
    if (chosen.empty() || isTemplate(chosen) || saysExample(chosen) || (hasChosen && saysExample(address->hosts)))
        return true;
    // Whoever asks such a host tries them.
    if (hasChosen && opensToEverybody(*address))
        return false;
    if (hasChosen && isOfSampleHosts(*address))
        return true;
    // An OpenSSH key begins with numbers of four bytes: many a zero, which is an A.
    const bool isKeyBlock = value.find("PRIVATE KEY"sv) != std::string_view::npos;
    if (!isKeyBlock && (hasRun(chosen) || isMostlyOneCharacter(value)))
        return true;
    if (hasChosen && (isOfDocumentation(*address) || isOfComposedNetwork(*address)))
        return true;
    if (isOneLoosely(chosen, standIns().noValues) || holdsStandIn(chosen, &StandIn::inSecret) ||
        isOnOwnMachine(value, address))
        return true;
    return !(hasChosen && isWeakButReal(*address)) &&
           std::ranges::any_of(standIns().knownSamples, [value](std::string_view sample) {
               return value.find(sample) != std::string_view::npos;
           });
}

bool standsForSetting(std::string_view value)
{
    const bool isWrapped = value.size() >= 3 && value.front() == '<' && value.back() == '>';
    const auto address = connectionAddressOf(value);
    if (isWrapped || !address)
        return isWrapped || holdsStandIn(value, &StandIn::inSetting);
    // "https://your-domain.com" of an address; behind the host stand names that people chose.
    const auto isOfHost = [&](const StandIn &one) {
        return one.inSetting == Fit::Start && fits(address->hosts, one.word, Fit::Start);
    };
    return holdsStandIn(address->chosen, &StandIn::inSetting) || std::ranges::any_of(standIns().words, isOfHost);
}

bool isOnInnerHost(std::string_view value)
{
    const auto address = connectionAddressOf(value);
    return address && !address->chosen.empty() && !address->hosts.empty() && !isReachedByName(*address);
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
