// A text with what is encoded in it decoded, in place: keywords that stand in the plain text beside an encoded value
// stay beside it. Once: what comes out is not decoded again.
#pragma once

#include "checks/secrets/wipedmemory.h"

#include <string_view>
#include <vector>

namespace cockpit {

struct EncodedPart; // encodedparts.h

enum class Through {
    Plain,
    Base64,
    UrlEncoded, // %41
    Escaped,    // \u0041, \u{41}, \x41, \101, \/, \", \n, &#65;, &#x41;
    Utf16,      // the whole file
    Strings,    // a text in a program
    Joined,     // literals that the code puts together, and the pieces of a PDF's text
};

// A part of the view and the part of the source that it comes from, in bytes.
struct DecodedPart
{
    size_t viewStart = 0;
    size_t viewEnd = 0;
    size_t sourceStart = 0;
    size_t sourceEnd = 0;
    Through through = Through::Plain;
    // Of base64: the decoded bytes that one of the view stands for, and those before the first.
    size_t step = 1;
    size_t shift = 0;
};

// Reused from text to text, so that memory is taken once. One thread.
class DecodedView
{
public:
    // False when nothing in the text is encoded; text() is empty then. Base64 counts from 24 characters on, and only
    // when text comes out; literals that are joined stand in it as one. Linear in the text.
    bool build(std::string_view source);
    std::string_view text() const { return m_text; }

    struct Place
    {
        size_t start = 0;
        size_t end = 0;
        Through through = Through::Plain; // of the first encoded part that the place touches
    };
    // Where a place of the view stands in the source.
    Place sourceOf(size_t viewStart, size_t viewEnd) const;

private:
    void copyContext(std::string_view source, size_t from, size_t to, bool isLast);
    void appendBase64(std::string_view source, const EncodedPart &found);
    void append(std::string_view bytes, size_t sourceStart, size_t sourceEnd, Through through);
    size_t partAt(size_t viewPosition) const;

    WipedBytes m_text;
    WipedBytes m_decoded;
    std::vector<DecodedPart> m_parts;
};

} // namespace cockpit
