#include "checks/secrets/textform.h"

#include "checks/secrets/programstrings.h"

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

constexpr size_t kFewestBytes = 16;

// Of text in Latin letters nearly all; a third of it may be in another script.
bool isMostly(size_t nuls, size_t of)
{
    return nuls * 3 >= of * 2;
}

// What terminals and printers take beside letters: tabs, ends of lines and pages, colours.
bool isLayout(unsigned char byte)
{
    return (byte >= '\b' && byte <= '\r') || byte == 0x1b;
}

// Bytes of the letter that begins here in UTF-8; 0: none does. The last one may be cut.
size_t letterAt(std::string_view text, size_t at)
{
    const auto lead = static_cast<unsigned char>(text[at]);
    const size_t length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    const std::string_view letter = text.substr(at, length);
    const bool isOne = std::ranges::all_of(letter.substr(std::min<size_t>(1, letter.size())),
                                           [](char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; });
    return isOne ? letter.size() : 0;
}

// Of what is compressed half is no letter of any alphabet, what programs and pictures begin with is full of NULs, and a
// program is one whatever texts it begins with.
bool isMostlyText(std::string_view beginning)
{
    constexpr size_t nulsAreOneIn = 8;
    constexpr size_t othersAreOneIn = 64;
    size_t nuls = 0;
    size_t others = 0;
    for (size_t at = 0; at < beginning.size();) {
        const auto byte = static_cast<unsigned char>(beginning[at]);
        const size_t letter = letterAt(beginning, at);
        nuls += byte == 0 ? 1 : 0;
        others += letter == 0 || (byte != 0 && byte < 0x20 && !isLayout(byte)) || byte == 0x7f ? 1 : 0;
        at += std::max<size_t>(1, letter);
    }
    return nuls * nulsAreOneIn <= beginning.size() && others * othersAreOneIn <= beginning.size() &&
           !isProgram(beginning);
}

TextForm formByNuls(std::string_view beginning)
{
    if (beginning.find('\0') == std::string_view::npos)
        return TextForm::Bytes;
    std::array<size_t, 2> nuls{}; // at even and at odd places
    for (size_t i = 0; i < beginning.size(); ++i)
        nuls[i % 2] += beginning[i] == '\0' ? 1 : 0;
    const size_t units = beginning.size() / 2;
    if (isMostlyText(beginning))
        return TextForm::Bytes;
    if (beginning.size() < kFewestBytes)
        return TextForm::Binary;
    if (isMostly(nuls[1], units) && nuls[0] == 0)
        return TextForm::Utf16LittleEndian;
    return isMostly(nuls[0], units) && nuls[1] == 0 ? TextForm::Utf16BigEndian : TextForm::Binary;
}

} // namespace

FormFound formOf(std::string_view beginning)
{
    beginning = beginning.substr(0, kDecidesForm);
    const std::string_view mark = beginning.substr(0, 2);
    const bool isUtf32 = beginning.size() >= 4 && beginning.substr(2, 2) == "\0\0"sv;
    if (mark == "\xff\xfe"sv && !isUtf32)
        return {TextForm::Utf16LittleEndian, mark.size()};
    if (mark == "\xfe\xff"sv)
        return {TextForm::Utf16BigEndian, mark.size()};
    const TextForm form = formByNuls(beginning);
    // Before the first letter of a line it would be one: no setting begins with it.
    constexpr auto utf8Mark = "\xef\xbb\xbf"sv;
    return {form, form == TextForm::Bytes && beginning.starts_with(utf8Mark) ? utf8Mark.size() : 0};
}

size_t narrowUtf16(char *bytes, size_t count, TextForm form)
{
    constexpr unsigned secondHalf = 0xdc; // to 0xdf: RFC 2781, 2.1
    const size_t low = form == TextForm::Utf16LittleEndian ? 0 : 1;
    for (size_t unit = 0; unit < count / 2; ++unit) {
        const char letter = bytes[2 * unit + low];
        const auto high = static_cast<unsigned char>(bytes[2 * unit + 1 - low]);
        const bool isAscii = high == 0 && static_cast<unsigned char>(letter) < 0x80;
        bytes[unit] = isAscii ? letter : (high & 0xfcU) == secondHalf ? '\x80' : '\xff';
    }
    return count / 2;
}

} // namespace cockpit
