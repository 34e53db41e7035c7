// Files whose bytes are pictures, sounds, films, letters' shapes or compressed: nobody's keys stand in them in clear.
#pragma once

#include <string_view>

namespace cockpit {

// By the first bytes (16 tell all).
bool isMedia(std::string_view beginning);

} // namespace cockpit
