#include "checks/exposure/testlogins.h"

#include "checks/values/bytekinds.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

constexpr size_t kMostOfFile = 20'000; // places that are looked at
constexpr size_t kLongestName = 60;
constexpr size_t kShortest = 4;
constexpr size_t kLongest = 64;
constexpr size_t kBeside = 200; // in an object or a tag, before and behind

bool isNameByte(char c)
{
    return isWordByte(c) || c == '_' || c == '$';
}

bool isQuoteByte(char c)
{
    return c == '"' || c == '\'' || c == '`';
}

// One quote, also an escaped one of JSON in a string; 0: there is none.
size_t quoteSize(std::string_view text, size_t at)
{
    const size_t slash = byteAt(text, at) == '\\' ? 1 : 0;
    return isQuoteByte(byteAt(text, at + slash)) ? slash + 1 : 0;
}

size_t overBlanks(std::string_view text, size_t at)
{
    while (byteAt(text, at) == ' ' || byteAt(text, at) == '\n')
        ++at;
    return at;
}

// The literal that is given to a name which ends at `end`: name:"value", "name":"value", name="value".
std::optional<std::string_view> literalBehind(std::string_view text, size_t end)
{
    const size_t sign = overBlanks(text, end + quoteSize(text, end));
    if (byteAt(text, sign) != ':' && byteAt(text, sign) != '=')
        return std::nullopt;
    const size_t open = overBlanks(text, sign + 1);
    const size_t quote = quoteSize(text, open);
    if (quote == 0)
        return std::nullopt;
    const std::string_view mark = text.substr(open, quote);
    const std::string_view rest = text.substr(open + quote, kLongest + quote);
    const size_t close = rest.find(mark);
    return close == std::string_view::npos ? std::nullopt : std::optional(rest.substr(0, close));
}

std::string lower(std::string_view text)
{
    std::string low(text);
    std::ranges::transform(low, low.begin(), lowerByte);
    return low;
}

// What people choose for a test account. A word alone is a label in some language, unless it is one of the usual ones.
bool isPassword(std::string_view value)
{
    constexpr std::array usual{"password"sv, "test"sv,   "demo"sv,     "secret"sv,  "admin"sv, "guest"sv,
                               "letmein"sv,  "qwerty"sv, "changeme"sv, "welcome"sv, "pass"sv,  "passw0rd"sv};
    if (value.size() < kShortest || value.size() > kLongest)
        return false;
    const bool isPlain = std::ranges::all_of(value, [](char c) { return c > ' ' && c < '\x7f'; }) &&
                         value.find_first_of("<>{}$*\\/"sv) == std::string_view::npos;
    if (!isPlain)
        return false;
    const bool hasMark = std::ranges::any_of(value, [](char c) { return isDigitByte(c) || c == '!' || c == '#'; });
    return hasMark || std::ranges::find(usual, value) != usual.end();
}

bool isNamedForTests(std::string_view name)
{
    constexpr std::array words{"test"sv, "demo"sv, "dummy"sv, "e2e"sv, "sandbox"sv, "guest"sv, "sample"sv, "seed"sv};
    const std::string low = lower(name);
    return std::ranges::any_of(words, [&low](std::string_view word) { return low.find(word) != std::string::npos; });
}

bool isUser(std::string_view value)
{
    constexpr std::array words{"admin"sv, "test"sv, "demo"sv, "guest"sv, "root"sv, "user"sv, "tester"sv};
    const size_t at = value.find('@');
    const bool isAddress = at != std::string_view::npos && at > 0 && value.find('.', at) != std::string_view::npos &&
                           value.find_first_of(" \\<>{}"sv) == std::string_view::npos;
    return isAddress || std::ranges::find(words, value) != words.end();
}

// Of the object or tag that the place is in: not past a brace or an angle bracket.
std::string_view around(std::string_view text, size_t at)
{
    const size_t first = at - std::min(at, kBeside);
    const size_t open = text.substr(first, at - first).find_last_of("{}<>"sv);
    const size_t start = open == std::string_view::npos ? first : first + open + 1;
    const std::string_view behind = text.substr(at, kBeside);
    const size_t end = at + std::min(behind.find_first_of("{}<>"sv), behind.size());
    return text.substr(start, end - start);
}

// The literal that one of the names has there.
template<size_t N, typename Fits>
std::string_view literalOf(const std::array<std::string_view, N> &names, std::string_view part, const Fits &fits)
{
    for (const std::string_view name : names) {
        for (size_t at = part.find(name); at != std::string_view::npos; at = part.find(name, at + 1)) {
            const bool isWhole = !isNameByte(byteBefore(part, at));
            const auto value = isWhole ? literalBehind(part, at + name.size()) : std::nullopt;
            if (value && fits(*value))
                return *value;
        }
    }
    return {};
}

std::string_view userBeside(std::string_view part)
{
    constexpr std::array names{"email"sv, "username"sv, "userName"sv, "user"sv, "login"sv, "identifier"sv};
    return literalOf(names, part, isUser);
}

class LoginFinder
{
public:
    LoginFinder(std::string_view text, const OnTestLogin &onLogin) : m_text(text), m_onLogin(onLogin) {}

    void find(std::string_view word)
    {
        size_t looked = 0;
        for (size_t found = m_text.find(word); found != std::string_view::npos && looked < kMostOfFile; ++looked) {
            const size_t end = nameEnd(found + word.size());
            look(found, end);
            found = m_text.find(word, end);
        }
    }

private:
    size_t nameEnd(size_t at) const
    {
        const size_t most = at + kLongestName;
        while (at < most && isNameByte(byteAt(m_text, at)))
            ++at;
        return at;
    }

    void look(size_t found, size_t end) const
    {
        size_t start = found;
        while (start > 0 && found - start < kLongestName && isNameByte(m_text[start - 1]))
            --start;
        const std::string_view name = m_text.substr(start, end - start);
        if (const auto value = literalBehind(m_text, end)) {
            judgeNamed(name, *value, start);
            return;
        }
        if (name == "password"sv && isType(start))
            judgeField(start);
    }

    void judgeNamed(std::string_view name, std::string_view value, size_t start) const
    {
        if (!isPassword(value))
            return;
        const bool isLone = name.size() <= "password"sv.size(); // and not "passwordHint"
        const std::string_view user = isLone ? userBeside(around(m_text, start)) : std::string_view();
        const bool isOfTests = isNamedForTests(name) && (lower(name).ends_with("password"));
        if (!user.empty() || isOfTests)
            m_onLogin({name, value, user});
    }

    // type:"password", type="password", "type":"password"
    bool isType(size_t start) const
    {
        const std::string_view before = m_text.substr(start - std::min<size_t>(start, 20), std::min<size_t>(start, 20));
        const size_t type = before.rfind("type"sv);
        return type != std::string_view::npos && std::ranges::all_of(before.substr(type + 4), [](char c) {
                   return c == ' ' || c == ':' || c == '=' || c == '\\' || isQuoteByte(c);
               });
    }

    void judgeField(size_t start) const
    {
        constexpr std::array names{"value"sv, "defaultValue"sv, "initialValue"sv};
        const std::string_view value = literalOf(names, around(m_text, start), isPassword);
        if (!value.empty())
            m_onLogin({{}, value, {}});
    }

    const std::string_view m_text;
    const OnTestLogin &m_onLogin;
};

} // namespace

void findTestLogins(std::string_view text, const OnTestLogin &onLogin)
{
    LoginFinder finder(text, onLogin);
    for (const std::string_view word : {"password"sv, "Password"sv, "PASSWORD"sv})
        finder.find(word);
}

} // namespace cockpit
