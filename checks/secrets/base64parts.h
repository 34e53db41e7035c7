// Long runs of base64 that text comes out of. Internal to the folder.
#pragma once

#include "checks/secrets/encodedparts.h"

#include <array>

namespace cockpit {

// It hops by the shortest length: where the alphabet's last place of a run is not, none can be. The text must outlive
// it.
class Base64Finder
{
public:
    explicit Base64Finder(std::string_view text) : m_text(text) {}
    ~Base64Finder() { wipeMemory(m_beginning.data(), m_beginning.size()); }
    Q_DISABLE_COPY_MOVE(Base64Finder)

    // The next one that begins at or after a place.
    std::optional<EncodedPart> next(size_t from);

private:
    std::optional<EncodedPart> behindWords(size_t start, size_t end);
    size_t endOfLine(size_t at) const;
    size_t endOfRunAt(size_t start, size_t lineEnd);
    size_t endOfRun(size_t lineStart, size_t end) const;
    bool endsLine(size_t at) const;
    size_t endOfPadding(size_t at) const;
    enum class Holds { Nothing, Text, WideText };
    Holds whatIsIn(size_t start, size_t end);
    Holds whatIsWithin(std::string_view run, size_t bytes);

    static constexpr size_t kTestedForText = 96; // decoded bytes that tell whether text comes out

    const std::string_view m_text;
    std::array<char, kTestedForText> m_beginning{};
    size_t m_walkedLine = 0; // where the first line of the run that was walked last ends
    size_t m_walkedTo = 0;   // and where the run does
};

// The whole value, with or without its padding, is base64 that text comes out of.
bool isBase64OfText(std::string_view value);

// Replaces what is in `out`. What is not of the alphabet, the end of a line, is passed over.
void decodeBase64Into(std::string_view encoded, WipedBytes &out);

} // namespace cockpit
