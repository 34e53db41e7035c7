#include "app/scratch.h"

#include <QDir>

#include <unistd.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kPrefix = "launch-cockpit-"_L1;

std::unique_ptr<QLockFile> lockIn(const QString &folder)
{
    auto lock = std::make_unique<QLockFile>(folder + "/in-use"_L1);
    // Only the end of the process that holds it makes a lock worthless, however old it is.
    lock->setStaleLockTime(0);
    return lock;
}

// Folders without a lock file are somebody else's, or are just being made.
bool isOurs(const QFileInfo &folder)
{
    return !folder.isSymLink() && folder.ownerId() == getuid() && QFile::exists(folder.filePath() + "/in-use"_L1);
}

void removeLeftovers()
{
    const auto folders =
        QDir(QDir::tempPath()).entryInfoList({kPrefix + u'*'}, QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks);
    for (const QFileInfo &folder : folders) {
        if (isOurs(folder) && lockIn(folder.filePath())->tryLock())
            QDir(folder.filePath()).removeRecursively();
    }
}

} // namespace

Scratch::Scratch()
{
    // Qt knows no path for one that is not there, and would then make the folder wherever the program was started.
    if (QDir::tempPath().isEmpty())
        return;
    removeLeftovers();
    m_folder = std::make_unique<QTemporaryDir>(QDir::temp().filePath(kPrefix + "XXXXXX"_L1));
    if (!m_folder->isValid())
        return;
    m_lock = lockIn(m_folder->path());
    m_lock->tryLock();
}

} // namespace cockpit
