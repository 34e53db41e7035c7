// A place in a text, in bytes.
#pragma once

#include <cstddef>

namespace cockpit {

struct ValueSpan
{
    size_t start = 0;
    size_t end = 0;

    bool operator==(const ValueSpan &) const = default;
};

} // namespace cockpit
