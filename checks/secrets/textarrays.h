// The texts that a PDF shows: "(sk_live_…) Tj", and with distances between them "[(sk)-20(_live_…)] TJ" (ISO 32000-1,
// 9.4.3). A program that sets text with kerning writes a word in as many pieces as it has pairs of letters to move.
// Internal to the folder.
#pragma once

#include "checks/secrets/encodedparts.h"

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace cockpit {

// Finds the joints, from the end of one text to the beginning of the next, in an array and between two operators that
// nothing moves apart: without them it is one text. A distance as wide as most of a blank is one, as it is for who
// reads it. Finds also what is encoded in the texts (pdfstrings.h). Linear in the text, which must outlive it.
class TextArrayFinder
{
public:
    explicit TextArrayFinder(std::string_view text) : m_text(text), m_letters{text.find('j'), text.find('J')} {}

    // The next one that begins at or after a place. Places come in order.
    std::optional<EncodedPart> next(size_t from);

private:
    // The end of a text that was shown, and how far the next one is moved from there.
    struct End
    {
        size_t at = 0; // behind it; 0: there is none
        int distance = 0;
    };

    bool takeNextShown();
    size_t nextOperator();
    bool takeShown(size_t at);
    size_t closeBefore(size_t at) const;
    size_t openOf(size_t from, size_t close) const;
    size_t openOfArray(size_t from, size_t close) const;
    size_t lastOpenOf(size_t from, size_t close) const;
    bool takeTexts(size_t open, size_t close, End end);
    bool takeDistance(size_t &at, size_t end, int &distance) const;

    const std::string_view m_text;
    std::array<size_t, 2> m_letters; // where the next of each kind stands that an operator ends with
    size_t m_at = 0;                 // looked for operators up to here
    size_t m_shown = 0;              // the end of the last one: nothing before it is of the next
    End m_end;                       // of its text
    std::vector<EncodedPart> m_parts;
    size_t m_next = 0; // of them
};

} // namespace cockpit
