// Files whose bytes are pictures, sounds, films, letters' shapes or compressed: nobody's keys stand in them in clear.
#pragma once

#include <string_view>

namespace cockpit {

// By the first bytes (16 tell all).
bool isMedia(std::string_view beginning);

// Whether a file, by its first bytes (32 tell all), keeps something compressed or encrypted beside what stands in it in
// the clear. PDFs are among them even where their streams are opened: the letters of their pages are often numbers of
// shapes.
bool hasClosedParts(std::string_view beginning);

} // namespace cockpit
