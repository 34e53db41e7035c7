// What becomes of results when a check is no longer asked on a host, because the host plays another role now.
#pragma once

#include "models/projectstate.h"

namespace cockpit {

// Results of the named checks on hosts that are not among theirs go, and the findings that they alone raised are closed
// with a line in the history. Checks that are not named, and results about the whole target, stay. Says whether
// anything changed.
bool forgetUnasked(ProjectState &state, const AskedHosts &asked, const QDateTime &at);

} // namespace cockpit
