#include "checks/secrets/repositoryitself.h"

#include "checks/secrets/gitfolder.h"

#include <QFileInfo>

namespace cockpit {

bool isRepositoryItself(const QString &path)
{
    const auto located = locateGitFolder(path);
    // A product may have a HEAD and a folder of objects; with one of references it is git's.
    return located && located->workTree.isEmpty() && located->folder == QFileInfo(path).canonicalFilePath() &&
           QFileInfo(located->folder + QStringLiteral("/refs")).isDir();
}

} // namespace cockpit
