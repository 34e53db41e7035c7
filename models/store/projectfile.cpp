#include "models/store/projectfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSysInfo>
#include <QtEndian>

#include <cerrno>
#include <csignal>
#include <sys/stat.h>

namespace cockpit::store {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ProjectStore)
};

constexpr int kHeaderBytes = 100;
constexpr int kUserVersionAt = 60;
constexpr int kApplicationIdAt = 68;
constexpr QByteArrayView kMagic("SQLite format 3\0", 16);

qint32 bigEndianAt(const QByteArray &header, int offset)
{
    return qFromBigEndian<qint32>(header.constData() + offset);
}

QString shown(const QString &path)
{
    return QDir::toNativeSeparators(path);
}

tl::unexpected<Error> lockFailure(const QLockFile &lock, const QString &path)
{
    if (lock.error() == QLockFile::PermissionError)
        return failure(ErrorKind::NotPermitted,
                       Text::tr("The folder of %1 is read-only, so nothing can be saved there. Open it to look only, "
                                "or copy it to a folder of your own.")
                           .arg(shown(path)));
    if (lock.error() == QLockFile::LockFailedError)
        return failure(
            ErrorKind::NotPermitted,
            Text::tr("%1 is open in another window. Close it there, or open it here to look only.").arg(shown(path)));
    return failure(ErrorKind::Storage,
                   Text::tr("%1 cannot be opened for saving. The disk may be full.").arg(shown(path)));
}

} // namespace

Error damagedFile(const QString &path, const QString &detail)
{
    return {ErrorKind::Storage,
            Text::tr("%1 is damaged and was left as it is. Restore a copy, for example from your backup or from the "
                     "file ending in .bak beside it.")
                .arg(shown(path)),
            detail};
}

Error newerFile(const QString &path)
{
    return {ErrorKind::Storage,
            Text::tr("%1 was made by a newer version of Launch Cockpit and was left as it is. Update the program to "
                     "open it.")
                .arg(shown(path))};
}

Result<FileHeader> readHeader(const QString &path)
{
    const QFileInfo entry(path);
    if (!entry.exists())
        return failure(ErrorKind::NotFound, Text::tr("There is no file %1.").arg(shown(path)));
    if (!entry.isFile())
        return failure(ErrorKind::BadInput, Text::tr("%1 is not a file.").arg(shown(path)));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::NotPermitted,
                       Text::tr("You may not read %1. Ask its owner, or open a copy of your own.").arg(shown(path)),
                       file.errorString());

    const QByteArray header = file.read(kHeaderBytes);
    if (header.isEmpty())
        return failure(ErrorKind::BadInput,
                       Text::tr("%1 is empty: it is not a Launch Cockpit project.").arg(shown(path)));
    const bool isDatabase = header.startsWith(kMagic) && header.size() == kHeaderBytes;
    const qint32 applicationId = isDatabase ? bigEndianAt(header, kApplicationIdAt) : 0;
    if (applicationId != kApplicationId)
        return failure(ErrorKind::BadInput, Text::tr("%1 is not a Launch Cockpit project.").arg(shown(path)));
    return FileHeader{applicationId, bigEndianAt(header, kUserVersionAt)};
}

quint64 fileIdentity(const QString &path)
{
    struct stat entry = {};
    if (::stat(QFile::encodeName(path).constData(), &entry) != 0)
        return 0;
    return (static_cast<quint64>(entry.st_dev) << 48) ^ static_cast<quint64>(entry.st_ino);
}

bool isOpenElsewhere(const QString &path)
{
    const QLockFile lock(path + u".lock"_s);
    qint64 process = 0;
    QString host, program;
    if (!lock.getLockInfo(&process, &host, &program) || process == QCoreApplication::applicationPid())
        return false;
    // EPERM: it lives, and is somebody else's.
    return host != QSysInfo::machineHostName() || ::kill(static_cast<pid_t>(process), 0) == 0 || errno == EPERM;
}

Result<std::unique_ptr<QLockFile>> lockForWriting(const QString &path)
{
    // SQLite would open a read-only file all the same, and fail only at the first save.
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly))
        return failure(ErrorKind::NotPermitted,
                       Text::tr("%1 is read-only, so nothing can be saved in it. Open it to look only, or copy it to a "
                                "folder of your own.")
                           .arg(shown(path)),
                       file.errorString());
    file.close();
    auto lock = std::make_unique<QLockFile>(path + u".lock"_s);
    // Never stale by age: a window may stay open for weeks. A lock of a process that is gone is still recognised.
    lock->setStaleLockTime(0);
    if (!lock->tryLock(0))
        return lockFailure(*lock, path);
    return lock;
}

} // namespace cockpit::store
