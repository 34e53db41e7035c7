#include "checks/exposure/featureflags.h"

#include "checks/values/bytekinds.h"

#include <algorithm>
#include <array>
#include <optional>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

constexpr size_t kMostOfFile = 1000; // objects, and variables, that are read
constexpr size_t kLongestName = 60;
constexpr size_t kLongestObject = size_t(16) << 10;

bool isNameByte(char c)
{
    return isWordByte(c) || c == '_' || c == '-' || c == '.' || c == '$';
}

bool isQuoteByte(char c)
{
    return c == '"' || c == '\'' || c == '`';
}

// Over what stands between the parts of an object: quotes, also escaped ones of JSON in a string, and blanks.
size_t skipped(std::string_view text, size_t at)
{
    while (at < text.size() && (isQuoteByte(text[at]) || text[at] == '\\' || text[at] == ' ' || text[at] == '\n' ||
                                text[at] == '\t' || text[at] == '\r'))
        ++at;
    return at;
}

size_t skippedName(std::string_view text, size_t at)
{
    while (at < text.size() && isNameByte(text[at]))
        ++at;
    return at;
}

struct Truth
{
    bool isOn = false;
    size_t end = 0;
};

// true, !0, "on", 1 and their contraries.
std::optional<Truth> truthAt(std::string_view text, size_t at)
{
    constexpr std::array words{std::pair{"true"sv, true}, std::pair{"false"sv, false}, std::pair{"!0"sv, true},
                               std::pair{"!1"sv, false},  std::pair{"on"sv, true},     std::pair{"off"sv, false},
                               std::pair{"1"sv, true},    std::pair{"0"sv, false}};
    for (const auto &[word, isOn] : words) {
        const size_t end = at + word.size();
        if (text.substr(at, word.size()) == word && !isNameByte(byteAt(text, end)))
            return Truth{isOn, end};
    }
    return std::nullopt;
}

void hand(std::string_view name, bool isOn, const OnFlag &onFlag)
{
    const bool isOne = name.size() >= 2 && name.size() <= kLongestName && isLetterByte(name.front());
    if (isOne)
        onFlag(QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())), isOn);
}

// From behind the brace to the one that closes it. What has other values is stepped over, and what is inside of it,
// too.
void readObject(std::string_view text, const OnFlag &onFlag)
{
    int depth = 1;
    size_t at = 0;
    while (at < text.size() && depth > 0) {
        at = skipped(text, at);
        const size_t nameEnd = skippedName(text, at);
        const size_t sign = skipped(text, nameEnd);
        if (depth == 1 && nameEnd > at && byteAt(text, sign) == ':') {
            const size_t value = skipped(text, sign + 1);
            if (const auto truth = truthAt(text, value)) {
                hand(text.substr(at, nameEnd - at), truth->isOn, onFlag);
                at = truth->end;
                continue;
            }
            at = value;
        }
        // To the next sign that separates.
        while (at < text.size() && text[at] != ',' && text[at] != '{' && text[at] != '}')
            ++at;
        const char sep = byteAt(text, at);
        depth += sep == '{' ? 1 : sep == '}' ? -1 : 0;
        ++at;
    }
}

// Behind "feature": the words that make it a list of switches.
size_t listNameEnd(std::string_view text, size_t at)
{
    at += byteAt(text, at) == 's' ? 1 : 0;
    at += byteAt(text, at) == '_' || byteAt(text, at) == '-' ? 1 : 0;
    for (const std::string_view word : {"flags"sv, "toggles"sv, "switches"sv}) {
        const std::string_view here = text.substr(at, word.size());
        if (here.size() == word.size() &&
            std::ranges::equal(here, word, [](char one, char lower) { return lowerByte(one) == lower; }))
            return at + word.size();
    }
    return 0;
}

void findLists(std::string_view text, std::string_view word, const OnFlag &onFlag)
{
    size_t read = 0;
    for (size_t found = text.find(word); found != std::string_view::npos && read < kMostOfFile;) {
        size_t next = found + word.size();
        if (const size_t end = listNameEnd(text, next); end > 0) {
            const size_t sign = skipped(text, end);
            const size_t brace = skipped(text, sign + 1);
            const bool isObject =
                (byteAt(text, sign) == ':' || byteAt(text, sign) == '=') && byteAt(text, brace) == '{';
            if (isObject) {
                readObject(text.substr(brace + 1, kLongestObject), onFlag);
                ++read;
            }
            next = end;
        }
        found = text.find(word, next);
    }
}

bool isForBrowsers(std::string_view name)
{
    constexpr std::array prefixes{"NEXT_PUBLIC_"sv, "NUXT_PUBLIC_"sv, "EXPO_PUBLIC_"sv, "REACT_APP_"sv,
                                  "VITE_"sv,        "GATSBY_"sv,      "VUE_APP_"sv,     "PUBLIC_"sv};
    return std::ranges::any_of(prefixes, [name](std::string_view prefix) { return name.starts_with(prefix); });
}

void findVariables(std::string_view text, std::string_view word, const OnFlag &onFlag)
{
    size_t read = 0;
    for (size_t found = text.find(word); found != std::string_view::npos && read < kMostOfFile;) {
        size_t start = found;
        while (start > 0 && found - start < kLongestName && isNameByte(text[start - 1]) && text[start - 1] != '.')
            --start;
        const size_t end = skippedName(text, found);
        const size_t sign = skipped(text, end);
        const std::string_view name = text.substr(start, end - start);
        const bool isGiven = byteAt(text, sign) == ':' || byteAt(text, sign) == '=';
        if (isGiven && isForBrowsers(name)) {
            if (const auto truth = truthAt(text, skipped(text, sign + 1))) {
                hand(name, truth->isOn, onFlag);
                ++read;
            }
        }
        found = text.find(word, std::max(end, found + word.size()));
    }
}

} // namespace

void findFeatureFlags(std::string_view text, const OnFlag &onFlag)
{
    for (const std::string_view word : {"feature"sv, "Feature"sv, "FEATURE"sv})
        findLists(text, word, onFlag);
    for (const std::string_view word : {"_FEATURE"sv, "_ENABLE"sv, "_FLAG_"sv, "_SHOW_"sv, "_BETA"sv})
        findVariables(text, word, onFlag);
}

} // namespace cockpit
