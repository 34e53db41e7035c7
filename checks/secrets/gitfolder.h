// What must be true of a repository's folder before libgit2 opens it: it reads what is there, and would wait for a pipe
// forever. Internal to the folder.
#pragma once

#include "models/result.h"

#include <QString>

namespace cockpit {

// start: the folder from which a repository is looked for, upwards. Fails with NotPermitted where its .git leads to a
// folder elsewhere that does not know of it, or where there are pipes, devices or files of an absurd size in it or
// among what its configuration includes. Where there is no repository at all it has nothing to say.
[[nodiscard]] Result<void> checkGitFolder(const QString &start);

} // namespace cockpit
