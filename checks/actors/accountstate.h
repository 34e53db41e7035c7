// Test accounts that are there to show a state, not to sign in: one that is locked, one whose address was never
// confirmed. The person says so by the role of the account.
#pragma once

#include "models/access/actor.h"

#include <QString>

namespace cockpit {

enum class AccountState {
    Usual,
    Locked,     // by its role: "locked", "suspended", "disabled", "blocked", "banned", "deactivated"
    Unverified, // by its role: "unverified", "unconfirmed"
};
QString toWord(AccountState value);
AccountState accountStateOf(const TestActor &actor);
// Somebody's account, in its usual state.
bool isForSigningIn(const TestActor &actor);

} // namespace cockpit
