#include "models/wholefile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(WholeFile)
};

tl::unexpected<Error> notWritten(const QFileDevice &file, const QString &path)
{
    const QString shown = QDir::toNativeSeparators(path);
    const QString detail = file.errorString();
    if (QFileInfo(path).isDir())
        return failure(ErrorKind::NotPermitted, Text::tr("%1 is a folder. Choose a file name.").arg(shown), detail);
    if (file.error() == QFileDevice::OpenError || file.error() == QFileDevice::PermissionsError)
        return failure(
            ErrorKind::NotPermitted,
            Text::tr("%1 could not be written. Check that the folder exists and that you may write to it.").arg(shown),
            detail);
    return failure(ErrorKind::Storage, Text::tr("%1 could not be written. The disk may be full.").arg(shown), detail);
}

bool isWritten(QFileDevice &file, const QByteArray &bytes)
{
    // Closing does not tell that what was still in the buffer found no room: flush() does.
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.flush();
}

} // namespace

Result<void> writeWholeFile(const QString &path, const QByteArray &bytes)
{
    // /dev/stdout, /dev/null, a pipe: to put a file in their place would break the machine.
    if (const QFileInfo there(path); there.exists() && !there.isFile()) {
        QFile file(path);
        return isWritten(file, bytes) ? Result<void>() : notWritten(file, path);
    }
    QSaveFile file(path); // a file beside the target, renamed over it
    return isWritten(file, bytes) && file.commit() ? Result<void>() : notWritten(file, path);
}

} // namespace cockpit
