// The arrays of texts that a PDF shows with distances between them: "[(sk)-20(_live_…)] TJ" (ISO 32000-1, 9.4.3). A
// program that sets text with kerning writes a word in as many pieces as it has pairs of letters to move. Internal to
// the folder.
#pragma once

#include "checks/secrets/encodedparts.h"

#include <optional>
#include <string_view>
#include <vector>

namespace cockpit {

// Finds the joints, from the parenthesis that ends one text to the one that begins the next: without them the array is
// one text. A distance as wide as most of a blank is one, as it is for who reads it. Texts in hexadecimal digits are
// left as they are. Linear in the text, which must outlive it.
class TextArrayFinder
{
public:
    explicit TextArrayFinder(std::string_view text) : m_text(text) {}

    // The next one that begins at or after a place. Places come in order.
    std::optional<EncodedPart> next(size_t from);

private:
    bool takeNextArray();
    size_t closeBefore(size_t shown) const;
    size_t openOf(size_t from, size_t close) const;
    size_t endOfText(size_t at, size_t end) const;
    bool takeJoints(size_t open, size_t close);
    bool takeDistance(size_t &at, size_t end, int &distance) const;

    const std::string_view m_text;
    size_t m_at = 0;    // looked for the operator up to here
    size_t m_shown = 0; // the end of the last one: nothing before it is of the next
    std::vector<EncodedPart> m_joints;
    size_t m_next = 0; // of them
};

} // namespace cockpit
