// The variable of the environment that has what a test account signs in with, where there is no keychain: on a build
// server.
#pragma once

#include "models/access/actor.h"

#include <QByteArray>

namespace cockpit {

// "LAUNCH_COCKPIT_SECRET_ANNA__ADMIN" of "Anna, admin": capitals, and "_" for each character that is neither a letter
// of ASCII nor a digit.
QByteArray secretVariable(const TestActor &actor);

} // namespace cockpit
