// Which test accounts live in a staging environment: by the address at which they are asked who they are, else by those
// at which they sign in.
#pragma once

#include "models/access/actor.h"
#include "models/target.h"

#include <QString>

namespace cockpit {

// "staging.example.com", "api-staging.example.com", "example.dev.vendor.app"… by a whole word of a label. A preview of
// a branch counts as well.
bool isStagingHost(const QString &host);

// Names of hosts of others tell nothing: development and production sign in at one "dev-1x2y.us.auth0.com". Nobody is
// of staging where that is what the person typed as the product's address.
bool isOfStaging(const TestActor &actor, const Target &target);

} // namespace cockpit
