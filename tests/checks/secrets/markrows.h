// A text with a remark, and what becomes of it.
#pragma once

#include <string>

namespace cockpit::test {

// KEY stands where the value does, and MARK where the remark does.
struct MarkRow
{
    const char *name;
    const char *path;
    std::string text;
    const char *expected; // "counts", "text", "code", "undecided", "before", "no reason", "longer", "far", "none"
};

} // namespace cockpit::test
