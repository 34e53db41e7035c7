// The strings of a PDF's pages (ISO 32000-1, 7.3.4): "(text)" with escapes, and "<74657874>". Internal to the folder.
#pragma once

#include "checks/secrets/encodedparts.h"

#include <string_view>
#include <vector>

namespace cockpit {

constexpr size_t kNoPdfPlace = std::string_view::npos;

bool isPdfBlank(char c); // table 1 of the standard

// Behind the one that begins at a place; kNoPdfPlace: it does not end before `end`, or is none.
size_t endOfPdfString(std::string_view text, size_t at, size_t end);

// What is encoded in the one in [at, end), delimiters included: a part for each escape that other texts do not know
// (escapeparts.h), and for each byte of hexadecimal digits, whose last digit may be missing.
void addPdfParts(std::string_view text, size_t at, size_t end, std::vector<EncodedPart> &parts);

// Of hexadecimal digits, with blanks between them: the byte they stand for.
bool isPdfByte(std::string_view encoded);
char pdfByteOf(std::string_view encoded);

// What stands between two texts that are shown moves nothing: settings of fonts, colours and distances. Where the place
// is set anew nobody knows how far it is from the end of the text before without the widths of its font.
bool movesNoText(std::string_view between);

} // namespace cockpit
