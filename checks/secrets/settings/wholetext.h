// One file as text, up to a bound.
#pragma once

#include "checks/secrets/treewalk.h"
#include "checks/secrets/wipedmemory.h"

#include <string_view>

namespace cockpit::env {

struct WholeText
{
    WipedBytes bytes; // UTF-16 as a byte per unit
    bool isBinary = false;
    bool isCut = false; // there is more

    std::string_view view() const { return {bytes.data(), bytes.size()}; }
};

constexpr size_t kLargestText = 1 << 20; // of settings and of code that people write

// NotPermitted with what the system says.
[[nodiscard]] Result<WholeText> wholeText(const WalkedFile &file, size_t most = kLargestText);

} // namespace cockpit::env
