#include "checks/secrets/placeholders.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

constexpr size_t kRunOfOne = 8;   // "aaaaaaaa"
constexpr size_t kRunOfSteps = 8; // "abcdefgh", "87654321"
constexpr double kMostlyOne = 0.6;

// Anywhere in the value, in lower case.
constexpr std::array kStandIns{
    "change-me"sv,   "change_me"sv,  "changeme"sv,  "changethis"sv,   "change_this"sv, "change-this"sv, "placeholder"sv,
    "your-"sv,       "your_"sv,      "yourkey"sv,   "yoursecret"sv,   "yourtoken"sv,   "yourpass"sv,    "yourapi"sv,
    "my-secret"sv,   "my_secret"sv,  "mysecret"sv,  "xxxx"sv,         "***"sv,         "..."sv,         "${"sv,
    "{{"sv,          "}}"sv,         "$("sv,        "<%"sv,           "%>"sv,          "#{"sv,          "process.env"sv,
    "import.meta"sv, "os.environ"sv, "os.getenv"sv, "getenv("sv,      "env["sv,        "redacted"sv,    "insert_"sv,
    "insert-"sv,     "replace_"sv,   "replace-"sv,  "replaceme"sv,    "not-a-real"sv,  "not_a_real"sv,  "notareal"sv,
    "s3cr3t"sv,      "deadbeef"sv,   "p4ssw0rd"sv,  "\xe2\x80\xa6"sv,
};

// The same, with neither letter nor digit beside them: "todo" is no part of "todoplanner".
constexpr std::array kStandInWords{"dummy"sv, "todo"sv, "fixme"sv, "lorem"sv, "fake"sv, "foobar"sv, "undefined"sv};

// The whole value.
constexpr std::array kNoValues{"true"sv,   "false"sv,   "null"sv,     "none"sv,  "nil"sv,    "password"sv, "passwd"sv,
                               "secret"sv, "token"sv,   "username"sv, "user"sv,  "string"sv, "apikey"sv,   "api_key"sv,
                               "test"sv,   "testing"sv, "default"sv,  "empty"sv, "value"sv,  "sample"sv};

// Of the documentations of Prisma, Stripe, AWS, jwt.io, npm, PyJWT, of RFC 6749 (whose samples stand in every library
// for OAuth) and of Supabase's local stack: whoever pastes them leaks nothing.
constexpr std::array kKnownSamples{
    "johndoe:randompassword@"sv,
    "_test_4eC39HqLyjWDarjtT1zdp7dc"sv,
    "_test_BQokikJOvBiI2HlWgH4olfQ2"sv,
    "_test_TYooMQauvdEDq54NiTphI7jx"sv,
    "AKIAIOSFODNN7EXAMPLE"sv,
    "wJalrXUtnFEMI/K7MDENG"sv,
    "2YotnFZFEjr1zCsicMWpAA"sv,
    "tGzv3JOkF0XG5Qx2TlKWIA"sv,
    "czZCaGRSa3F0MzpnWDFmQmF0M2JW"sv,
    "gX1fBat3bV"sv,
    "bm90IG15IHJlYWwgcGFzc3dvcmQ="sv,
    "eyJzb21lIjoicGF5bG9hZCJ9"sv,
    "user:pass@"sv,
    "user:password@"sv,
    "username:password@"sv,
    "postgres:postgres@"sv,
    "root:root@"sv,
    "root:password@"sv,
    "admin:admin@"sv,
    "guest:guest@"sv,
};

constexpr std::array kOwnMachine{"@localhost"sv, "@127."sv, "@0.0.0.0"sv, "@host.docker.internal"sv, "@[::1]"sv};

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool isAlnum(char c)
{
    const char l = lower(c);
    return (l >= 'a' && l <= 'z') || (c >= '0' && c <= '9');
}

size_t findCaseless(std::string_view text, std::string_view lowerWord, size_t from = 0)
{
    for (size_t at = from; at + lowerWord.size() <= text.size(); ++at) {
        size_t same = 0;
        while (same < lowerWord.size() && lower(text[at + same]) == lowerWord[same])
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

bool holdsWord(std::string_view value, std::string_view lowerWord)
{
    for (size_t at = findCaseless(value, lowerWord); at != std::string_view::npos;
         at = findCaseless(value, lowerWord, at + 1)) {
        const size_t end = at + lowerWord.size();
        const bool isFree = (at == 0 || !isAlnum(value[at - 1])) && (end == value.size() || !isAlnum(value[end]));
        if (isFree)
            return true;
    }
    return false;
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
                            std::ranges::all_of(value.substr(1), [](char c) { return isAlnum(c) || c == '_'; }) &&
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
        const bool isWord = isAlnum(value[i]) && isAlnum(value[i - 1]);
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
    return std::ranges::any_of(kOwnMachine, [value](std::string_view host) {
        const size_t at = findCaseless(value, host);
        if (at == std::string_view::npos)
            return false;
        const size_t end = at + host.size();
        return host.back() == '.' || end == value.size() ||
               !(isAlnum(value[end]) || value[end] == '.' || value[end] == '-');
    });
}

} // namespace

bool standsForSecret(std::string_view value)
{
    constexpr size_t longest = 4096; // what is longer is a private key, and its beginning says enough
    value = value.substr(0, longest);
    if (value.empty() || isTemplate(value) || saysExample(value))
        return true;
    // An OpenSSH key begins with numbers of four bytes: many a zero, which is an A.
    const bool isKeyBlock = value.find("PRIVATE KEY"sv) != std::string_view::npos;
    if (!isKeyBlock && (hasRun(value) || isMostlyOneCharacter(value)))
        return true;
    const auto isInside = [value](std::string_view word) {
        return findCaseless(value, word) != std::string_view::npos;
    };
    return std::ranges::any_of(kNoValues, [value](std::string_view word) { return isCaseless(value, word); }) ||
           std::ranges::any_of(kStandIns, isInside) || isOnOwnMachine(value) ||
           std::ranges::any_of(kStandInWords, [value](std::string_view word) { return holdsWord(value, word); }) ||
           std::ranges::any_of(kKnownSamples, [value](std::string_view sample) {
               return value.find(sample) != std::string_view::npos;
           });
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
