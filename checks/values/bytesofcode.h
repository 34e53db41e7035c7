// Characters that are written as numbers: "\u00e9", "%41".
#pragma once

namespace cockpit {

// -1: no hexadecimal digit.
constexpr int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// A code of at most four digits, as UTF-8. Halves of surrogate pairs stay halves: what is looked for has none.
template<typename Bytes>
void appendUtf8(unsigned code, Bytes &to)
{
    const auto byte = [&to](unsigned bits) { to += static_cast<char>(bits); };
    if (code < 0x80) {
        byte(code);
    } else if (code < 0x800) {
        byte(0xc0 | (code >> 6));
        byte(0x80 | (code & 0x3f));
    } else {
        byte(0xe0 | (code >> 12));
        byte(0x80 | ((code >> 6) & 0x3f));
        byte(0x80 | (code & 0x3f));
    }
}

} // namespace cockpit
