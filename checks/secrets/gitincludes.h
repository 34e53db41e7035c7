// What the configuration of a repository includes: files anywhere on the machine, which libgit2 opens together with it.
// Internal to the folder.
#pragma once

#include "models/result.h"

#include <QString>

namespace cockpit {

// config: of a folder that was looked through already. Fails with NotPermitted where it, or what it includes, includes
// a pipe, a device or a file of an absurd size. Conditions are not looked at.
[[nodiscard]] Result<void> checkIncludes(const QString &config);

} // namespace cockpit
