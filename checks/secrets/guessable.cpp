#include "checks/secrets/guessable.h"

#include "checks/secrets/candidate.h"
#include "checks/secrets/connectionaddress.h"
#include "checks/secrets/naturaltext.h"
#include "checks/values/bytekinds.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace cockpit {

namespace {

constexpr size_t kFewestRandom = 20; // characters
// Twenty random hexadecimal digits have 3.4 as a rule; a few characters that come again and again have less.
constexpr double kLeastEntropy = 3; // bits per character

// The characters of a value that look random, counted: no copy of it is made.
struct RandomPart
{
    size_t length = 0;
    std::array<size_t, 256> counts{};

    void add(std::string_view part)
    {
        length += part.size();
        for (const char c : part)
            ++counts[static_cast<unsigned char>(c)];
    }

    double entropy() const
    {
        double bits = 0;
        for (const size_t count : counts) {
            if (count == 0)
                continue;
            const double share = static_cast<double>(count) / static_cast<double>(length);
            bits -= share * std::log2(share);
        }
        return bits;
    }
};

// "live", "proj" and "api" are words, "203481" is the number of a customer, "Sommer2024" was chosen.
bool looksRandom(std::string_view part)
{
    return std::ranges::any_of(part, isDigitByte) && std::ranges::any_of(part, isLetterByte) && !readsLikeWords(part);
}

// Between the signs that join the parts of a key. Base64 has them in what is random, too, which makes it a little less.
RandomPart randomPartOf(std::string_view value)
{
    RandomPart random;
    for (size_t at = 0; at < value.size();) {
        if (!isWordByte(value[at])) {
            ++at;
            continue;
        }
        size_t end = at;
        while (end < value.size() && isWordByte(value[end]))
            ++end;
        const std::string_view part = value.substr(at, end - at);
        if (looksRandom(part))
            random.add(part);
        at = end;
    }
    return random;
}

bool isChosenByPeople(std::string_view value, const LeakRule &rule)
{
    if (isGeneric(rule) || rule.refusesWords || rule.isChosen || rule.kind == LeakKind::Jwt)
        return true;
    const auto address = connectionAddressOf(value);
    return address && !address->chosen.empty();
}

} // namespace

bool mayBeGuessed(std::string_view value, const LeakRule &rule)
{
    if (isChosenByPeople(value, rule))
        return true;
    const bool isShort = rule.mostRandom > 0 && rule.mostRandom < static_cast<qsizetype>(kFewestRandom);
    const RandomPart random = randomPartOf(value);
    return isShort || random.length < kFewestRandom || random.entropy() < kLeastEntropy;
}

} // namespace cockpit
