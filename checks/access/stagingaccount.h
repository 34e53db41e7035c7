// Which test accounts live in a staging environment: by the addresses at which they sign in and are asked who they are.
#pragma once

#include "models/access/actor.h"

#include <QString>

namespace cockpit {

// "staging.example.com", "api-staging.example.com", "example.dev.vendor.app"… by a whole word of a label. A preview of
// a branch counts as well.
bool isStagingHost(const QString &host);

bool isOfStaging(const TestActor &actor);

} // namespace cockpit
