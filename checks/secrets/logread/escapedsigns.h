// Signs that JSON has as the number of their character: "\u003c" for "<". Encoders that think of browsers write < > &
// so (Go's, and with it Docker's logs; Rails), some quotes and = as well (.NET, Gson). RFC 8259, section 7.
#pragma once

#include <cstddef>
#include <string_view>

namespace cockpit {

struct EscapedSign
{
    char sign = '\0'; // of ASCII
    size_t size = 0;  // in bytes; 0: there is none
};

// at: of its backslash.
EscapedSign escapedSignAt(std::string_view text, size_t at);
// The one that ends at `end`, with all backslashes in front of it: a text in a text has more of them.
EscapedSign escapedSignBefore(std::string_view text, size_t end);

} // namespace cockpit
