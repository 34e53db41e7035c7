// For which environments an export of a hosting provider or of GitLab gives a setting its value.
#pragma once

#include "models/localsource.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cockpit::env {

struct SettingScope
{
    // Empty: nothing says what kind of environment it is. It is then one of its own, and no other's settings are its.
    std::optional<Environment> environment;
    std::string name; // as the export has it ("review/*"); empty where it is the environment's own word

    auto operator<=>(const SettingScope &) const = default;
};

// Beside a name: GitLab's text, where "*" is all; Vercel's list of targets, and the ids of environments that a team
// made there itself.
bool isScopeKey(std::string_view key);

// What stands beside one setting.
struct ScopesOfSetting
{
    std::set<SettingScope> scopes;
    bool isOfAll = false;

    void take(std::string_view key, std::string_view value);
};

// Of one file: "*" means each environment that has no value of its own.
class ScopesOfFile
{
public:
    // Of all settings, before the first question.
    void note(const std::string &name, const ScopesOfSetting &setting);
    // Empty: nothing beside the setting says more than the file does.
    std::vector<SettingScope> scopesOf(const std::string &name, const ScopesOfSetting &setting) const;
    // It is for all, and each of them has a value of its own.
    bool isUnused(const std::string &name, const ScopesOfSetting &setting) const;

private:
    std::set<Environment> open(const std::string &name) const;

    std::set<Environment> m_known;
    std::map<std::string, std::set<Environment>> m_taken; // by the names of settings
    bool m_areNamed = false;                              // scopes other than "*"
};

} // namespace cockpit::env
