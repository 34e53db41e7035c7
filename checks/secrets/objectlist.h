// The names of all objects that a repository stores, in the order in which they are read fastest. Internal to the
// folder.
#pragma once

#include "checks/engine/canceltoken.h"
#include "checks/secrets/oidset.h"

#include <QString>

namespace cockpit {

struct ObjectList
{
    OidSet ids;
    std::vector<QString> brokenPacks; // names of files
};

// Pack after pack in the order of their bytes, then loose objects; those of alternates (clones that share objects),
// too.
ObjectList listObjects(const QString &objectsFolder, const CancelToken &cancel);

} // namespace cockpit
