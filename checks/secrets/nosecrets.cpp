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
constexpr std::array kOthersTokens{"next"sv, "continuation"sv, "page"sv, "cursor"sv, "publickey"sv, "cancellation"sv};

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

size_t findCaseless(std::string_view text, std::string_view lower)
{
    const auto *const found = std::search(text.begin(), text.end(), lower.begin(), lower.end(),
                                          [](char c, char ofWord) { return lowerByte(c) == ofWord; });
    return found == text.end() ? std::string_view::npos : static_cast<size_t>(found - text.begin());
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

bool isNamedForOther(std::string_view before)
{
    const size_t at = lastToken(before);
    if (!before.starts_with('<') || at == std::string_view::npos)
        return false;
    std::string_view name = before.substr(0, at);
    while (name.ends_with('-') || name.ends_with('_') || name.ends_with('.'))
        name.remove_suffix(1);
    return std::ranges::any_of(kOthersTokens, [name](auto word) { return endsWith(name, word); });
}

// "UPDATE users SET active = true, password = '" of one statement.
bool setsColumn(std::string_view before)
{
    constexpr auto update = "update "sv;
    constexpr size_t longest = 400;
    before = before.substr(before.size() - std::min(before.size(), longest));
    const size_t end = before.rfind(';');
    const std::string_view statement = end == std::string_view::npos ? before : before.substr(end + 1);
    const size_t at = findCaseless(statement, update);
    return at != std::string_view::npos && findCaseless(statement.substr(at), " set "sv) != std::string_view::npos;
}

bool isHashOfColumn(std::string_view before, std::string_view value)
{
    const bool isLong = value.size() == kOfMd5 || value.size() == kOfSha1 || value.size() == kOfSha256;
    return isLong && areHexDigits(value) && setsColumn(before);
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

bool saysNoSecret(std::string_view before, size_t matchStart, std::string_view value)
{
    return isNamedForOther(before.substr(matchStart)) || isHashOfColumn(before, value);
}

} // namespace cockpit
