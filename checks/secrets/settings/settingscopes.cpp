#include "checks/secrets/settings/settingscopes.h"

#include "checks/values/oneof.h"
#include "models/pathwords.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace cockpit::env {

namespace {

using namespace std::string_view_literals;

constexpr auto kGitLab = "environment_scope"sv;
constexpr std::array kScopeKeys{kGitLab, "target"sv, "customEnvironmentIds"sv};
constexpr size_t kLongestScope = 100;

} // namespace

bool isScopeKey(std::string_view key)
{
    return isOneOf(key, kScopeKeys);
}

void ScopesOfSetting::take(std::string_view key, std::string_view value)
{
    if (value.empty() || value.size() > kLongestScope)
        return;
    if (value == "*"sv) {
        isOfAll = true;
        return;
    }
    const auto words = QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
    const auto named = environmentOfScope(words);
    // "target" is also a word of build tools: what says nothing there is no environment.
    if (!named && key == "target"sv)
        return;
    const bool isOwnWord = named && toWord(*named) == words;
    scopes.insert({named, isOwnWord ? std::string() : std::string(value)});
}

void ScopesOfFile::note(const std::string &name, const ScopesOfSetting &setting)
{
    for (const SettingScope &scope : setting.scopes) {
        m_areNamed = true;
        if (!scope.environment)
            continue;
        m_known.insert(*scope.environment);
        m_taken[name].insert(*scope.environment);
    }
    // Whatever else there is, what all environments get is what customers get.
    if (setting.isOfAll)
        m_known.insert(Environment::Production);
}

std::set<Environment> ScopesOfFile::open(const std::string &name) const
{
    const auto taken = m_taken.find(name);
    if (taken == m_taken.end())
        return m_known;
    std::set<Environment> left;
    std::ranges::set_difference(m_known, taken->second, std::inserter(left, left.end()));
    return left;
}

std::vector<SettingScope> ScopesOfFile::scopesOf(const std::string &name, const ScopesOfSetting &setting) const
{
    std::set<SettingScope> all = setting.scopes;
    if (setting.isOfAll && m_areNamed) {
        for (const Environment environment : open(name))
            all.insert({environment, {}});
    }
    return {all.begin(), all.end()};
}

bool ScopesOfFile::isUnused(const std::string &name, const ScopesOfSetting &setting) const
{
    return setting.isOfAll && setting.scopes.empty() && m_areNamed && open(name).empty();
}

} // namespace cockpit::env
