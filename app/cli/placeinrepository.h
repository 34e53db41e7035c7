// Where a folder stands in its repository.
#pragma once

#include "checks/secrets/gitrepository.h"

namespace cockpit {

// "shop/" for a folder of this name in the repository; empty for its root, and for what is bare.
QString prefixIn(const GitRepository &repository, const QString &path);

} // namespace cockpit
