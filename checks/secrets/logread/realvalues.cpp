#include "checks/secrets/logread/realvalues.h"

#include "checks/values/bytekinds.h"

#include <algorithm>
#include <array>

namespace cockpit {

using namespace std::string_view_literals;

namespace {

constexpr size_t kShortestPassword = 4;
constexpr size_t kLongBody = 200;

bool isNumber(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, isDigitByte);
}

// "/home/runner/work": PWD in a shell is a folder.
bool isPath(std::string_view value)
{
    return value.starts_with("/"sv) || value.starts_with("./"sv) || value.starts_with("~"sv) ||
           value.substr(1, 2) == ":\\"sv;
}

// In running text ("Invalid password: try again") a colon is no assignment unless a value follows it.
bool readsLikeProse(const NamedValue &named)
{
    return named.sign == ':' && !named.isQuoted && !hasDigit(named.value) &&
           std::ranges::all_of(named.value,
                               [](char c) { return isLetterByte(c) || c == '-' || c == '.' || c == '\''; });
}

bool isQuoteByte(char c)
{
    return c == '"' || c == '\'' || c == '`';
}

bool isInQuotes(std::string_view name, std::string_view line)
{
    const char behind = byteAt(line, static_cast<size_t>(name.data() - line.data()) + name.size());
    return isQuoteByte(behind) || behind == '\\';
}

// "null", "812", "{", "[{": of a record that somebody printed.
bool isOfRecord(std::string_view value, char first)
{
    constexpr std::array words{"null"sv, "none"sv, "undefined"sv, "true"sv, "false"sv, "nil"sv};
    const auto isWord = [value](std::string_view word) {
        return std::ranges::equal(value, word, [](char one, char lower) { return lowerByte(one) == lower; });
    };
    return first == '{' || first == '[' || isNumber(value) || std::ranges::any_of(words, isWord);
}

// Behind "name=value" or "name=\"a value\"" at the beginning; 0: there is none.
size_t fieldEnd(std::string_view text)
{
    size_t at = 0;
    while (isWordByte(byteAt(text, at)) || byteAt(text, at) == '_' || byteAt(text, at) == '.' ||
           byteAt(text, at) == '-')
        ++at;
    const char value = byteAt(text, at + 1);
    if (at == 0 || byteAt(text, at) != '=' || value == '\0' || value == ' ' || value == '=')
        return 0;
    const size_t end = isQuoteByte(value) ? text.find(value, at + 2) : text.find(' ', at + 1);
    return end == std::string_view::npos ? text.size() : end + (isQuoteByte(value) ? 1 : 0);
}

bool isSentence(std::string_view value)
{
    return std::ranges::count(value, ' ') >= 2 && !hasDigit(value);
}

} // namespace

bool hasDigit(std::string_view text)
{
    return std::ranges::any_of(text, isDigitByte);
}

bool isPassword(const NamedValue &named)
{
    const std::string_view value = named.value;
    return value.size() >= kShortestPassword && !readsLikeProse(named) && !isSentence(value) && !isPath(value);
}

bool isToken(const NamedValue &named)
{
    const std::string_view value = named.value;
    const bool hasBlank = value.find(' ') != std::string_view::npos;
    return value.size() >= kShortestToken && !hasBlank && !isNumber(value) && !readsLikeProse(named) &&
           !isPath(value) && (hasDigit(value) || value.size() >= 2 * kShortestToken);
}

bool isCode(std::string_view value, size_t fewest, size_t most)
{
    return isNumber(value) && value.size() >= fewest && value.size() <= most;
}

bool isIdentity(std::string_view value)
{
    constexpr size_t fewest = 6;
    constexpr size_t most = 42;
    return value.size() >= fewest && value.size() <= most && hasDigit(value);
}

bool isBody(const NamedValue &named, std::string_view text)
{
    const char first = byteAt(text, named.valueStart);
    const char second = byteAt(text, named.valueStart + 1);
    const bool isFilled = (first == '{' && second != '}') || (first == '[' && second == '{');
    return (isFilled && second != '\0') || named.value.size() > kLongBody;
}

OpenText openTextBehind(const NamedValue &named, std::string_view line)
{
    const std::string_view rest = line.substr(std::min(named.valueStart, line.size()), NamedValues::kLongestValue);
    if (named.isQuoted || isInQuotes(named.name, line) || isOfRecord(named.value, byteAt(rest, 0)))
        return {};
    // In the address of a request a text is encoded and has an end of its own.
    OpenText open{named.isQuery ? named.value : rest.substr(0, rest.find_first_of("|\t\r\n"sv))};
    bool isWordStart = false; // the first word is of the text, whatever it looks like
    for (size_t at = 0; at < open.text.size();) {
        const size_t field = isWordStart ? fieldEnd(open.text.substr(at)) : 0;
        isWordStart = open.text[at] == ' ';
        open.hasBlanks = open.hasBlanks || isWordStart;
        open.size += field > 0 ? 0 : 1;
        at += std::max<size_t>(field, 1);
    }
    return open;
}

} // namespace cockpit
