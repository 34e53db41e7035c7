#include "checks/secrets/textform.h"

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

TextForm formByNuls(std::string_view beginning)
{
    if (beginning.find('\0') == std::string_view::npos)
        return TextForm::Bytes;
    std::array<size_t, 2> nuls{}; // at even and at odd places
    for (size_t i = 0; i < beginning.size(); ++i)
        nuls[i % 2] += beginning[i] == '\0' ? 1 : 0;
    const size_t units = beginning.size() / 2;
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
    return {formByNuls(beginning), 0};
}

size_t narrowUtf16(char *bytes, size_t count, TextForm form)
{
    const size_t low = form == TextForm::Utf16LittleEndian ? 0 : 1;
    for (size_t unit = 0; unit < count / 2; ++unit) {
        const char letter = bytes[2 * unit + low];
        const bool isAscii = bytes[2 * unit + 1 - low] == 0 && static_cast<unsigned char>(letter) < 0x80;
        bytes[unit] = isAscii ? letter : '\x80';
    }
    return count / 2;
}

} // namespace cockpit
