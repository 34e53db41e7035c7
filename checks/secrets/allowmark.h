// A remark in a file that a secret on the same line may stay.
#pragma once

#include <QString>

#include <optional>
#include <string_view>
#include <vector>

namespace cockpit {

struct AllowMark
{
    std::optional<QString> reason; // empty text: of a mark of gitleaks, which asks for none
    // There is one that counts for nothing: our own without the reason that it needs, or one that is no comment behind
    // the value.
    bool isInVain = false;
};

// The line that a value stands on, or the lines of a value of several.
struct MarkedLine
{
    std::string_view text;
    size_t valueStart = 0; // in the text
    size_t valueEnd = 0;
    std::vector<size_t> values = {}; // where each value on it begins: a reason ends there
    bool isCut = false;              // its beginning is too far away to be looked at: what is quoted is not known
};

// "launch-cockpit:allow REASON" or "gitleaks:allow" behind the value, in a comment: what stands in quotes is a part of
// the program, which nobody wrote for whoever reads it. The reason ends where a value begins, where the comment does,
// and at the end of its line.
AllowMark allowMarkOn(const MarkedLine &line);

} // namespace cockpit
