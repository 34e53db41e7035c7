#include "checks/actors/accountstate.h"

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

QString toWord(AccountState value)
{
    switch (value) {
    case AccountState::Usual:
        return u"usual"_s;
    case AccountState::Locked:
        return u"locked"_s;
    case AccountState::Unverified:
        return u"unverified"_s;
    }
    Q_UNREACHABLE();
}

AccountState accountStateOf(const TestActor &actor)
{
    static constexpr std::array locked{"locked"_L1,  "suspended"_L1, "disabled"_L1,
                                       "blocked"_L1, "banned"_L1,    "deactivated"_L1};
    static constexpr std::array unverified{"unverified"_L1, "unconfirmed"_L1};
    const auto is = [&](QLatin1StringView word) { return actor.role.compare(word, Qt::CaseInsensitive) == 0; };
    if (std::ranges::any_of(locked, is))
        return AccountState::Locked;
    return std::ranges::any_of(unverified, is) ? AccountState::Unverified : AccountState::Usual;
}

bool isForSigningIn(const TestActor &actor)
{
    return !isSigningKey(actor) && accountStateOf(actor) == AccountState::Usual;
}

} // namespace cockpit
