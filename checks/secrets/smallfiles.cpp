#include "checks/secrets/smallfiles.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SecretGuards)
};

// Where it really is; empty: nowhere below the root.
QString placeBelow(const QString &root, const QString &path)
{
    const QString top = QFileInfo(root).canonicalFilePath();
    const QString place = QFileInfo(QDir(top).filePath(path)).canonicalFilePath();
    return !top.isEmpty() && place.startsWith(top.endsWith(u'/') ? top : top + u'/') ? place : QString();
}

} // namespace

Result<std::optional<QByteArray>> readBelow(const QString &root, const QString &path)
{
    const QString place = placeBelow(root, path);
    if (place.isEmpty())
        return std::nullopt;
    // Not blocking: a pipe waits for a writer. The last name is no link any more.
    const int descriptor =
        ::open(QFile::encodeName(place).constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    struct stat status
    {
    };
    QFile file;
    if (descriptor < 0 || !file.open(descriptor, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle))
        return failure(ErrorKind::NotPermitted, Text::tr("%1 cannot be read.").arg(path));
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode))
        return std::nullopt;
    const QByteArray bytes = file.read(kLargestSettingsFile + 1);
    if (bytes.size() > kLargestSettingsFile)
        return failure(ErrorKind::TooLarge, Text::tr("%1 is larger than 1 MB.").arg(path));
    return bytes;
}

Result<std::map<QString, QByteArray>> readFolderBelow(const QString &root, const QString &folder)
{
    std::map<QString, QByteArray> files;
    const QString place = placeBelow(root, folder);
    if (place.isEmpty())
        return files;
    const QStringList names = QDir(place).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    if (names.size() > kMostSettingsFiles)
        return failure(ErrorKind::TooLarge,
                       Text::tr("%1 holds more than %2 files.").arg(folder, QString::number(kMostSettingsFiles)));
    for (const QString &name : names) {
        auto bytes = readBelow(root, folder + u'/' + name);
        if (!bytes)
            return tl::unexpected(bytes.error());
        if (*bytes)
            files.emplace(name, std::move(**bytes));
    }
    return files;
}

} // namespace cockpit
