#include "checks/secrets/settings/trackedfiles.h"

#include "checks/secrets/githandles.h"
#include "checks/secrets/gitrepository.h"
#include "checks/secrets/settings/settingsfile.h"
#include "checks/secrets/treewalk.h"

#include <QDir>
#include <QFileInfo>

namespace cockpit::env {

using namespace Qt::StringLiterals;

QStringList trackedEnvFiles(const QString &folder, const CancelToken &cancel)
{
    const auto repository = GitRepository::open(folder, cancel);
    if (!repository || repository->isBare())
        return {};
    git_index *opened = nullptr;
    if (git_repository_index(&opened, repository->handle()) != 0)
        return {};
    const GitIndex index(opened);
    const QString top = QFileInfo(repository->workTree()).canonicalFilePath();
    const QString below = QDir(top).relativeFilePath(QFileInfo(folder).canonicalFilePath());
    const QString prefix = below == "."_L1 ? QString() : below + u'/';
    QStringList tracked;
    for (size_t i = 0; i < git_index_entrycount(index.get()); ++i) {
        const QString path = shownPath(git_index_get_byindex(index.get(), i)->path);
        if (path.startsWith(prefix) && roleOfFile(path) == FileRole::Settings)
            tracked.append(path.sliced(prefix.size()));
    }
    return tracked;
}

} // namespace cockpit::env
