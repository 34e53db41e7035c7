// A setting as a file has it, value and all. It lives while its file is read, and is overwritten when it goes: what is
// kept of it is an env::Setting (setting.h).
#pragma once

#include "checks/secrets/wipedmemory.h"
#include "models/localsource.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cockpit::env {

// A copy on the heap, however short: bytes inside of a string object are not overwritten when it moves.
inline WipedBytes wipedCopy(std::string_view bytes)
{
    constexpr size_t beyondInside = 32;
    WipedBytes copy;
    copy.reserve(bytes.size() < beyondInside ? beyondInside : bytes.size());
    return copy.append(bytes);
}

struct RawSetting
{
    std::string name;
    WipedBytes value;
    int line = 0; // from 1
    // False: the file has the name alone, or says where the value comes from (a vault, the machine that starts it).
    bool hasValue = true;
    std::optional<Environment> environment = {}; // that the file itself names
    bool isScoped = false;                       // beside this very setting, which tells more than any name of the file
    bool isOfAll = false;                        // the file gives it to every environment
    bool isUnreadable = false; // the file has the value in a form that it alone cannot be read from: no value is here
    std::string scope = {};    // as the file calls its environment, where that is not the environment's own word
};

// What one file holds.
struct RawSettings
{
    std::vector<RawSetting> settings;
    std::vector<std::string> envFiles; // that a compose file refers to
    bool isCut = false;                // more than is read of one file
};

constexpr size_t kMostSettings = 5000; // of one file: the largest products have a few hundred

} // namespace cockpit::env
