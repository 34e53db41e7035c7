// The command line that brings a package to a version, for the tool that wrote the lock file.
#pragma once

#include "checks/secrets/dependencies/dependency.h"

namespace cockpit {

// Empty: there is none, or the name or version holds anything that a shell could take for more than a word. What stands
// in a lock file may have been written by anybody.
QString updateCommand(const Dependency &package, const QString &version);

} // namespace cockpit
