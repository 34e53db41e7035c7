// Which test account is tried where one may come to harm: locked by wrong passwords, sent letters, given another
// password. Always one in its usual state: an account that is there to show that it is locked tells nothing there.
#pragma once

#include "models/access/actor.h"

#include <QUrl>

#include <vector>

namespace cockpit {

// The throw-away account: one that signs in by form or JSON first, as the login is tried with that one, then one that
// asks to sign in otherwise. Null where the project has none. The pointer belongs to `actors`.
const TestActor *throwAwayAmong(const std::vector<TestActor> &actors);

// Who signs in with a password, by form or JSON, at that door; empty: at any. A throw-away account before others. Null
// where nobody does.
const TestActor *signsInAt(const QUrl &door, const std::vector<TestActor> &actors);

} // namespace cockpit
