#include "checks/secrets/ciphertext.h"

#include "checks/values/bytekinds.h"

#include <algorithm>
#include <array>

namespace cockpit {

using namespace std::string_view_literals;

namespace {

constexpr size_t kShortest = 24;
constexpr size_t kShortestSealed = 100; // an RSA block in front: far longer than any key that is written so

constexpr std::array kMarks{"ENC["sv, "EV[1:"sv, "encrypted:"sv};
// AWS KMS writes its version and the key's id first; Vercel JSON in Base64, {"v":"v2",…
constexpr std::array kBeginnings{"AQICAH"sv, "eyJ2Ijoidj"sv};

bool isOfBase64(char c)
{
    return isWordByte(c) || c == '+' || c == '/' || c == '=';
}

// Sealed Secrets begin with the length of the encrypted session key in two bytes: 512, and in Base64 AgA to AgD.
bool isSealed(std::string_view value)
{
    return value.size() >= kShortestSealed && value.starts_with("Ag"sv) && value[2] >= 'A' && value[2] <= 'D' &&
           std::ranges::all_of(value, isOfBase64);
}

} // namespace

bool isCiphertext(std::string_view value)
{
    const auto begins = [value](std::string_view one) { return value.starts_with(one); };
    const bool isMarked = std::ranges::any_of(kMarks, begins) || std::ranges::any_of(kBeginnings, begins);
    return (isMarked && value.size() >= kShortest) || isSealed(value);
}

bool isInCiphertext(std::string_view text, size_t start, size_t end)
{
    // A pattern may end within the ciphertext, which can be longer than any key.
    size_t last = end;
    while (last < text.size() && last - start < kShortestSealed && isOfBase64(text[last]))
        ++last;
    const std::string_view value = text.substr(start, last - start);
    return isCiphertext(value) || (value.size() >= kShortest && std::ranges::any_of(kMarks, [&](std::string_view mark) {
                                       return text.substr(0, start).ends_with(mark);
                                   }));
}

} // namespace cockpit
