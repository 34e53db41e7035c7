// What secrets in files of settings that git does not have say about a launch. Internal to the folder.
#pragma once

#include "checks/secrets/leak.h"
#include "models/finding.h"

namespace cockpit {

// "not_ignored" and "outside_git", one for each file that has an open secret and is not ignored; kMostLeakFindings at
// most.
std::vector<Finding> findingsOf(const std::vector<OwnSettingsFile> &files);

} // namespace cockpit
