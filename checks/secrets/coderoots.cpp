#include "checks/secrets/coderoots.h"

#include "checks/secrets/gitrepository.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SecretGuards)
};

} // namespace

CodeRoots codeRootsOf(const std::vector<LocalSource> &sources, const CancelToken &cancel)
{
    CodeRoots roots;
    for (const LocalSource &source : sourcesOf(SourceKind::Code, sources)) {
        const QString shown = QDir::toNativeSeparators(source.path);
        if (!QFileInfo::exists(source.path)) {
            roots.gaps += Text::tr("%1 is not there.").arg(shown);
            continue;
        }
        const auto repository = GitRepository::open(source.path, cancel);
        if (repository && repository->isBare()) {
            roots.gaps += Text::tr("%1 is a repository without files (bare): name a clone of it.").arg(shown);
            continue;
        }
        const QString folder =
            QDir::cleanPath(repository ? repository->workTree() : QFileInfo(source.path).absoluteFilePath());
        if (!roots.folders.contains(folder))
            roots.folders += folder;
    }
    return roots;
}

} // namespace cockpit
