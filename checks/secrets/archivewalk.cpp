#include "checks/secrets/archivewalk.h"

#include "checks/secrets/archiveunpacker.h"
#include "checks/secrets/deflated.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ArchiveWalk)
};

// The beginning of a file; no more than `most` bytes, and one more tells whether there are.
void readBeginning(int descriptor, qint64 most, Unpacked &beginning)
{
    constexpr qsizetype pieceBytes = qsizetype(128) << 10;
    QByteArray piece(pieceBytes, '\0');
    while (beginning.size() <= most) {
        const auto wanted = static_cast<size_t>(std::min<qint64>(piece.size(), most + 1 - beginning.size()));
        const ssize_t got = ::pread(descriptor, piece.data(), wanted, beginning.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        beginning.append(piece.constData(), got);
    }
    Unpacked::wipe(piece);
}

// A regular file, and not what a link leads to: a pipe would block, a device never end.
int openRegular(const QString &path)
{
    const int file = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
    struct stat status
    {
    };
    if (file >= 0 && ::fstat(file, &status) == 0 && S_ISREG(status.st_mode))
        return file;
    if (file >= 0)
        ::close(file);
    return -1;
}

} // namespace

Result<ArchiveReport> walkArchiveFile(const QString &path, const QString &name, const ArchiveLimits &limits,
                                      const OnArchiveEntry &onEntry, const CancelToken &cancel)
{
    const int file = openRegular(path);
    if (file < 0)
        return failure(ErrorKind::NotPermitted, Text::tr("%1 could not be opened, or is no regular file.").arg(name),
                       QString::fromLocal8Bit(std::strerror(errno)));
    auto report = walkArchiveDescriptor(file, name, limits, onEntry, cancel);
    ::close(file);
    return report;
}

Result<ArchiveReport> walkArchiveDescriptor(int descriptor, const QString &name, const ArchiveLimits &limits,
                                            const OnArchiveEntry &onEntry, const CancelToken &cancel)
{
    constexpr qint64 decides = 512;
    constexpr qint64 headersOfRpm = qint64(4) << 20; // those of the largest packages have a megabyte
    ArchiveUnpacker walk(limits, onEntry, cancel);
    Unpacked first;
    readBeginning(descriptor, decides, first);
    if (deflatedForm(first.view()) != Deflated::No) {
        Unpacked packed;
        readBeginning(descriptor, limits.largestEntry, packed);
        const qsizetype size = std::min<qint64>(packed.size(), limits.largestEntry);
        return walk.runDeflated(packed.view().first(size), size < packed.size(), name);
    }
    Unpacked clear;
    if (isRpm(first.view()))
        readBeginning(descriptor, headersOfRpm, clear);
    const ArchivePtr reader = newArchiveReader();
    constexpr size_t block = size_t(64) << 10;
    const int opened = archive_read_open_fd(reader.get(), descriptor, block);
    return walk.run(reader.get(), opened, name, clear.view());
}

Result<ArchiveReport> walkArchive(QByteArrayView bytes, const QString &name, const ArchiveLimits &limits,
                                  const OnArchiveEntry &onEntry, const CancelToken &cancel)
{
    ArchiveUnpacker walk(limits, onEntry, cancel);
    if (deflatedForm(bytes) != Deflated::No)
        return walk.runDeflated(bytes, false, name);
    const ArchivePtr reader = newArchiveReader();
    const int opened = archive_read_open_memory(reader.get(), bytes.data(), static_cast<size_t>(bytes.size()));
    return walk.run(reader.get(), opened, name, bytes);
}

} // namespace cockpit
