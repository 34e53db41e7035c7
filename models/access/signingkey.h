// Among the accounts is a key that is none.
#pragma once

#include "models/access/actor.h"

namespace cockpit {

// An API key whose header is a signature ("Stripe-Signature"): events are signed with it, and it is never sent. It has
// no place in a crew, and no role in the matrix.
bool isSigningKey(const TestActor &actor);

} // namespace cockpit
