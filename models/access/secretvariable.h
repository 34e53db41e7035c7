// The variable of the environment that has what a test account signs in with, where there is no keychain: on a build
// server; and those that have what came by mail to it.
#pragma once

#include "models/access/mailedlink.h"

#include <QByteArray>

namespace cockpit {

// "LAUNCH_COCKPIT_SECRET_ANNA__ADMIN" of "Anna, admin": capitals, and "_" for each character that is neither a letter
// of ASCII nor a digit.
QByteArray secretVariable(const TestActor &actor);
// "LAUNCH_COCKPIT_RESET_LINK_ANNA__ADMIN", "LAUNCH_COCKPIT_SECOND_RESET_LINK_…", "LAUNCH_COCKPIT_OLD_RESET_LINK_…" and
// the same of INVITE_LINK, "LAUNCH_COCKPIT_INVITE_MAIL_…" and "LAUNCH_COCKPIT_ONE_TIME_CODE_…"; the account's name is
// spelled as above.
QByteArray mailedVariable(const TestActor &actor, MailedValue value);

} // namespace cockpit
