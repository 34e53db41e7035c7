// What an account of a role may do on a route.
#pragma once

#include "models/result.h"

#include <QString>

#include <optional>
#include <vector>

namespace cockpit {

enum class Allowance {
    Allowed,
    OwnOnly, // what belongs to its own tenant (or itself), and nothing of others
    Denied,
};
QString toWord(Allowance value);
std::optional<Allowance> allowanceFromWord(QStringView word);
QString labelOf(Allowance value);

struct AccessRule
{
    QString method, path, host; // of the Route; path with its templates
    QString role;               // of a TestActor; empty: signed out
    Allowance allowance = Allowance::Denied;
    bool isGuessed = false; // neither a person nor a document said it

    bool operator==(const AccessRule &) const = default;
};

constexpr std::size_t kMostAccessRules = 100'000;

// Method in capitals, role a word; BadInput with a sentence for what is no rule.
[[nodiscard]] Result<AccessRule> checkedRule(AccessRule rule);
// All of them; of two about one cell the later counts. BadInput for more than kMostAccessRules.
[[nodiscard]] Result<std::vector<AccessRule>> checkedRules(const std::vector<AccessRule> &rules);

} // namespace cockpit
