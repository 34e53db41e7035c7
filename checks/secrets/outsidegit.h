// Values that lie in the folder of the code and that git does not have: in a dump that it ignores, in a file of a
// minute ago.
#pragma once

#include "checks/secrets/foundsecret.h"
#include "checks/secrets/gitstanding.h"

#include <map>

namespace cockpit {

// The fingerprints of those that stand in nothing but such files below the root, with Ignored, or Untracked where one
// of these files is not ignored. What is not asked before the stop, and what git cannot be asked about (an archive's
// entry), counts as in git.
std::map<QByteArray, GitStanding> fingerprintsOutsideGit(const QString &root, const std::vector<FoundSecret> &found,
                                                         const CancelToken &token);

} // namespace cockpit
