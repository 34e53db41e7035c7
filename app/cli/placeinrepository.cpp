#include "app/cli/placeinrepository.h"

#include <QDir>
#include <QFileInfo>

namespace cockpit {

using namespace Qt::StringLiterals;

QString prefixIn(const GitRepository &repository, const QString &path)
{
    if (repository.isBare())
        return {};
    const QFileInfo at(path);
    const QString folder = at.isDir() ? at.canonicalFilePath() : QFileInfo(at.canonicalFilePath()).absolutePath();
    const QString below = QDir(QFileInfo(repository.workTree()).canonicalFilePath()).relativeFilePath(folder);
    const bool isRoot = below.isEmpty() || below == u"."_s || below.startsWith(u".."_s);
    return isRoot ? QString() : below + u'/';
}

} // namespace cockpit
