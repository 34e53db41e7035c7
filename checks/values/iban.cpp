#include "checks/values/iban.h"

#include "checks/values/bytekinds.h"

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

constexpr size_t kLongest = 34;
constexpr size_t kLongestWritten = 42; // with its blanks

// How long the numbers of each country are (the registry of ISO 13616, release 99). Two letters and two digits begin an
// article's number as well, and one in 97 of those has the right check digits.
constexpr std::string_view kLengths =
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 "
    "EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 "
    "KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 "
    "PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 "
    "UA29 VA22 VG24 XK20 YE30"sv;

bool isCapital(char c)
{
    return c >= 'A' && c <= 'Z';
}

size_t lengthOf(std::string_view country)
{
    for (size_t at = 0; at + 4 <= kLengths.size(); at += 5) {
        if (kLengths.substr(at, 2) == country)
            return static_cast<size_t>(kLengths[at + 2] - '0') * 10 + static_cast<size_t>(kLengths[at + 3] - '0');
    }
    return 0;
}

// The country and the check digits moved to the end, letters as 10 to 35, leave 1 when divided by 97.
bool hasRightCheckDigits(std::string_view compact)
{
    int rest = 0;
    for (size_t i = 0; i < compact.size(); ++i) {
        const char c = compact[(i + 4) % compact.size()];
        const int value = isDigitByte(c) ? c - '0' : c - 'A' + 10;
        rest = (rest * (value < 10 ? 10 : 100) + value) % 97;
    }
    return rest == 1;
}

bool isCompactIban(std::string_view compact)
{
    const bool beginsRight = compact.size() > 4 && isCapital(compact[0]) && isCapital(compact[1]) &&
                             isDigitByte(compact[2]) && isDigitByte(compact[3]);
    return beginsRight && compact.size() == lengthOf(compact.substr(0, 2)) &&
           std::ranges::all_of(compact, [](char c) { return isCapital(c) || isDigitByte(c); }) &&
           hasRightCheckDigits(compact);
}

// Without blanks; not on the heap, where a copy would stay.
struct Compact
{
    std::array<char, kLongestWritten> bytes{};
    size_t size = 0;

    void add(char c)
    {
        if (size < bytes.size())
            bytes[size++] = c;
    }
    std::string_view text() const { return {bytes.data(), size}; }
};

// As many characters as the country has, single blanks between them.
size_t endOfNumber(std::string_view text, size_t start, size_t length, Compact &compact)
{
    size_t at = start;
    while (at < text.size() && compact.size < length) {
        const char c = text[at];
        const bool isBlank = c == ' ' && byteBefore(text, at) != ' ';
        if (!isBlank && !isCapital(c) && !isDigitByte(c))
            break;
        if (!isBlank)
            compact.add(c);
        ++at;
    }
    return at;
}

} // namespace

bool isIban(std::string_view text)
{
    if (text.size() > kLongestWritten)
        return false;
    Compact compact;
    for (const char c : text) {
        if (c != ' ')
            compact.add(c);
    }
    return compact.size <= kLongest && isCompactIban(compact.text());
}

std::vector<ValueSpan> ibansIn(std::string_view text)
{
    std::vector<ValueSpan> found;
    for (size_t at = 0; at + 4 < text.size(); ++at) {
        const bool mayBegin = isCapital(text[at]) && isCapital(text[at + 1]) && isDigitByte(text[at + 2]) &&
                              isDigitByte(text[at + 3]) && !isWordByte(byteBefore(text, at));
        const size_t length = mayBegin ? lengthOf(text.substr(at, 2)) : 0;
        if (length == 0)
            continue;
        Compact compact;
        const size_t end = endOfNumber(text, at, length, compact);
        if (isWordByte(byteAt(text, end)) || !isCompactIban(compact.text()))
            continue;
        found.push_back({at, end});
        at = end;
    }
    return found;
}

} // namespace cockpit
