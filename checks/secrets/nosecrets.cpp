#include "checks/secrets/nosecrets.h"

#include "checks/values/bytekinds.h"

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

constexpr size_t kOfMd5 = 32; // hexadecimal digits
constexpr size_t kOfSha1 = 40;
constexpr size_t kOfSha256 = 64;

// Each with what follows: costs, a salt, the hash.
constexpr std::array kHashes{"SCRAM-SHA-256$"sv, "$2a$"sv,    "$2b$"sv,           "$2y$"sv,       "$argon2"sv,
                             "argon2$"sv,        "$pbkdf2"sv, "pbkdf2_sha"sv,     "pbkdf2:sha"sv, "$scrypt$"sv,
                             "scrypt:"sv,        "$7$"sv,     "bcrypt_sha256$"sv, "bcrypt$$2"sv};
constexpr std::array kHashesOfCrypt{"$1$"sv, "$5$"sv, "$6$"sv, "$y$"sv}; // crypt(5): one more $ behind the salt

// What stands before "token" in the name of something else.
constexpr std::array kOthersTokens{"next"sv, "continuation"sv, "cursor"sv, "publickey"sv, "cancellation"sv};

bool areHexDigits(std::string_view text)
{
    return std::ranges::all_of(text,
                               [](char c) { return isDigitByte(c) || (lowerByte(c) >= 'a' && lowerByte(c) <= 'f'); });
}

bool endsWith(std::string_view text, std::string_view lower)
{
    return text.size() >= lower.size() &&
           std::ranges::equal(text.substr(text.size() - lower.size()), lower, {}, lowerByte);
}

std::string_view withoutJoints(std::string_view name)
{
    while (name.ends_with('-') || name.ends_with('_') || name.ends_with('.'))
        name.remove_suffix(1);
    return name;
}

// Where the last such word begins, or npos.
size_t lastToken(std::string_view text)
{
    constexpr auto word = "token"sv;
    for (size_t end = text.size(); end >= word.size(); --end) {
        if (endsWith(text.substr(0, end), word))
            return end - word.size();
    }
    return std::string_view::npos;
}

// Of a name as it stands in XML: "<page", "<x:next-page", "name=\"prevPage". The page as a whole word: "fb-page" and
// "LandingPage" are pages that somebody signs in to.
bool isOfPages(std::string_view name)
{
    constexpr auto page = "page"sv;
    constexpr auto edges = "<>:\"'"sv;
    if (!endsWith(name, page))
        return false;
    name = withoutJoints(name.substr(0, name.size() - page.size()));
    for (const auto way : {"next"sv, "prev"sv, "previous"sv}) {
        if (endsWith(name, way)) {
            name = withoutJoints(name.substr(0, name.size() - way.size()));
            break;
        }
    }
    return !name.empty() && edges.find(name.back()) != std::string_view::npos;
}

bool isNamedForOther(std::string_view before)
{
    const size_t at = lastToken(before);
    if (!before.starts_with('<') || at == std::string_view::npos)
        return false;
    const std::string_view name = withoutJoints(before.substr(0, at));
    return isOfPages(name) || std::ranges::any_of(kOthersTokens, [name](auto word) { return endsWith(name, word); });
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::string_view withoutBlanks(std::string_view text)
{
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

bool isOfName(char c)
{
    return isWordByte(c) || "_.\"`[]\\"sv.find(c) != std::string_view::npos;
}

// The next word of a statement, taken off it: a name with its quotes, or nothing.
std::string_view takeName(std::string_view &statement)
{
    while (!statement.empty() && isBlank(statement.front()))
        statement.remove_prefix(1);
    const auto *const end = std::ranges::find_if_not(statement, isOfName);
    const std::string_view name = statement.substr(0, static_cast<size_t>(end - statement.begin()));
    statement.remove_prefix(name.size());
    return name;
}

bool isSame(std::string_view text, std::string_view lower)
{
    return text.size() == lower.size() && endsWith(text, lower);
}

// "users SET …", "ONLY shop.users AS u SET …": what follows the word "update" where it begins a statement.
bool namesTable(std::string_view statement)
{
    size_t names = 0;
    for (std::string_view word = takeName(statement); !word.empty(); word = takeName(statement)) {
        if (isSame(word, "set"sv))
            return names > 0;
        const bool isOfStatement = isSame(word, "only"sv) || isSame(word, "ignore"sv) || isSame(word, "as"sv) ||
                                   isSame(word, "low_priority"sv);
        names += isOfStatement ? 0 : 1;
        if (names > 2) // the table and a shorter name for it
            return false;
    }
    return false;
}

bool isUpdate(std::string_view statement)
{
    constexpr auto word = "update"sv;
    for (size_t at = 0; at + word.size() < statement.size(); ++at) {
        const std::string_view rest = statement.substr(at + word.size());
        if (endsWith(statement.substr(0, at + word.size()), word) && isBlank(rest.front()) &&
            !isWordByte(byteBefore(statement, at)) && namesTable(rest))
            return true;
    }
    return false;
}

// "password", "`user_pass`": of the name of a column, with its quotes. Never a key's or a token's, which a statement
// sets as they are.
bool isPasswordColumn(std::string_view name)
{
    while (!name.empty() && "\"`]\\"sv.find(name.back()) != std::string_view::npos)
        name.remove_suffix(1);
    const auto isShortly = [name](std::string_view word) {
        return endsWith(name, word) && !isWordByte(byteBefore(name, name.size() - word.size()));
    };
    return endsWith(name, "password"sv) || endsWith(name, "passwd"sv) || isShortly("pass"sv) || isShortly("pwd"sv);
}

// What stands before the quoted value that a column gets, up to the "=": "…password". Empty: it gets none.
std::string_view upToSign(std::string_view before)
{
    if (!before.ends_with('\'') && !before.ends_with('"'))
        return {};
    before.remove_suffix(1);
    if (before.ends_with('\\'))
        before.remove_suffix(1);
    if (!before.empty() && (lowerByte(before.back()) == 'n' || lowerByte(before.back()) == 'e')) // N'…', E'…'
        before.remove_suffix(1);
    before = withoutBlanks(before);
    return before.ends_with('=') ? withoutBlanks(before.substr(0, before.size() - 1)) : std::string_view();
}

// "UPDATE users SET active = true, password = '", all of it directly before the value.
bool setsPassword(std::string_view before)
{
    constexpr size_t longest = 400;
    const std::string_view near = upToSign(before.substr(before.size() - std::min(before.size(), longest)));
    const size_t joint = near.rfind(';');
    std::string_view statement = joint == std::string_view::npos ? near : near.substr(joint + 1);
    size_t named = statement.size();
    while (named > 0 && isOfName(statement[named - 1]))
        --named;
    if (!isPasswordColumn(statement.substr(named)))
        return false;
    statement = statement.substr(0, named);
    const std::string_view ahead = withoutBlanks(statement);
    return (ahead.ends_with(',') || endsWith(ahead, "set"sv)) && isUpdate(statement);
}

} // namespace

bool isPasswordHash(std::string_view value)
{
    if (value.starts_with("md5"sv))
        return value.size() == 3 + kOfMd5 && areHexDigits(value.substr(3));
    if (value.starts_with('*')) // MySQL's
        return value.size() == 1 + kOfSha1 && areHexDigits(value.substr(1));
    constexpr size_t shortest = 32; // "$1$", eight characters of salt, and what follows
    if (value.size() < shortest)
        return false;
    const auto begins = [value](std::string_view form) { return value.starts_with(form); };
    return std::ranges::any_of(kHashes, begins) ||
           (std::ranges::any_of(kHashesOfCrypt, begins) && value.find('$', 3) != std::string_view::npos);
}

bool isHashOfColumn(std::string_view before, std::string_view value)
{
    const bool isLong = value.size() == kOfMd5 || value.size() == kOfSha1 || value.size() == kOfSha256;
    return isLong && areHexDigits(value) && setsPassword(before);
}

bool isNamedForOther(std::string_view before, size_t matchStart)
{
    return isNamedForOther(before.substr(matchStart));
}

} // namespace cockpit
