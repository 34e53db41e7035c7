// Characters that are written as escapes: %41, \u0041, \u{41}, \x41, \101, \/, \", \n, &#65;, &#x41;. Internal to the
// folder.
#pragma once

#include "checks/secrets/encodedparts.h"

namespace cockpit {

// The text must outlive it.
class EscapeFinder
{
public:
    explicit EscapeFinder(std::string_view text) : m_text(text) {}

    // The next one that begins at or after a place.
    std::optional<EncodedPart> next(size_t from) const;

private:
    bool isSign(size_t at) const; // of an escape's beginning
    size_t nextSign(size_t from) const;
    std::optional<EncodedPart> escapeAt(size_t at) const;
    size_t backslashLength(size_t at) const;
    size_t referenceLength(size_t at) const;
    size_t bracedLength(size_t at, size_t head, char end, bool isHexadecimal) const;
    bool isHex(size_t at, size_t digits) const;

    const std::string_view m_text;
};

// escape: one of those. Adds what it stands for, in UTF-8.
void decodeEscapeInto(std::string_view escape, WipedBytes &out);

} // namespace cockpit
