// How the bytes of a file hold text, if they do.
#pragma once

#include <cstddef>
#include <string_view>

namespace cockpit {

enum class TextForm {
    Bytes, // UTF-8, or any other alphabet that keeps ASCII
    Utf16LittleEndian,
    Utf16BigEndian,
    Binary, // NULs in what was looked at, and no text around them
};

// This much of a file decides.
constexpr size_t kDecidesForm = 8000;

struct FormFound
{
    TextForm form = TextForm::Bytes;
    size_t markBytes = 0; // of the byte order mark: two of UTF-16, three of UTF-8 (RFC 3629, 6)
};
// beginning: the first kDecidesForm bytes, or all of a shorter file. Without a mark it is UTF-16 when every second byte
// is a NUL, or nearly so. Lines with a NUL among them are text all the same: one byte that went astray, or a list with
// NULs between its entries, hides nothing.
FormFound formOf(std::string_view beginning);

// UTF-16 as one byte per unit, in place, so that places stay half of what they were: what is no ASCII becomes 0xff, and
// the second half of a surrogate pair 0x80, which goes on with a character as in UTF-8. Takes an even number of bytes;
// returns how many it wrote.
size_t narrowUtf16(char *bytes, size_t count, TextForm form);

} // namespace cockpit
