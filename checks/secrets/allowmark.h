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
    bool isWithoutReason = false;  // our own mark without the reason that it needs counts for nothing
};

// "launch-cockpit:allow REASON" or "gitleaks:allow" in these lines. The reason ends where a value begins (their places
// in the lines), where the comment does, and at the end of its line.
AllowMark allowMarkIn(std::string_view lines, const std::vector<size_t> &values);

} // namespace cockpit
