#include "checks/secrets/logread/realvalues.h"

#include "checks/values/bytekinds.h"

#include <algorithm>

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

} // namespace cockpit
