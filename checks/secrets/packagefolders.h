// Folders into which tools put other people's packages, and how far down in them a repository can stand: a package's
// top is where somebody clones one of his own, and below it is what the package itself consists of. Internal to the
// folder.
#pragma once

#include "checks/secrets/codefiles.h"

#include <QByteArray>

namespace cockpit {

class PackageFolders
{
public:
    explicit PackageFolders(const QString &root) : m_vendors(root) {}

    // The path, below the root, is inside of such a folder, or is one.
    static bool isAmongPackages(const QByteArray &path);
    // False: below the top of a package. A folder called "vendor" into which nothing was fetched is the product's own,
    // and worth its whole depth. One thread.
    bool isWorthEntering(const QByteArray &folder);

private:
    VendorFolders m_vendors;
};

} // namespace cockpit
