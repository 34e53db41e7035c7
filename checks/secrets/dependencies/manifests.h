// Files in which a product asks for packages without saying which versions it gets: a lock file beside it has to.
#pragma once

#include "checks/secrets/dependencies/dependency.h"

#include <QByteArray>

namespace cockpit {

// A manifest that is looked at for this; by its file name.
bool isAskingManifest(const QString &fileName);
// It asks for packages of a registry. Text that is none of its form asks for nothing.
bool asksForPackages(const QString &fileName, const QByteArray &bytes);
// The lock file answers for the manifest, in the same folder or in one above. Both by file name.
bool isAnsweredBy(const QString &manifest, const QString &lockFile);

} // namespace cockpit
