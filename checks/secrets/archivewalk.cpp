#include "checks/secrets/archivewalk.h"

#include "checks/secrets/treewalk.h"
#include "checks/secrets/unpacked.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ArchiveWalk)
};

// Between two looks at the token and the limits.
constexpr size_t kPiece = size_t(128) << 10;
constexpr int kLongestShownName = 1000;

struct FreeArchive
{
    void operator()(archive *opened) const { archive_read_free(opened); }
};
using ArchivePtr = std::unique_ptr<archive, FreeArchive>;

ArchivePtr newReader()
{
    ArchivePtr reader(archive_read_new());
    // One by one: "all" would start programs for filters that the library lacks.
    archive_read_support_filter_gzip(reader.get());
    archive_read_support_filter_bzip2(reader.get());
    archive_read_support_filter_xz(reader.get());
    archive_read_support_filter_zstd(reader.get());
    archive_read_support_format_zip(reader.get());
    archive_read_support_format_tar(reader.get());
    archive_read_support_format_raw(reader.get()); // a single compressed file
    return reader;
}

bool isOddPath(QByteArrayView path)
{
    const bool isAbsolute = path.startsWith('/') || path.startsWith('\\') || (path.size() > 1 && path[1] == ':');
    QByteArray slashes = path.toByteArray();
    slashes.replace('\\', '/');
    return isAbsolute || slashes == ".." || slashes.startsWith("../") || slashes.contains("/../") ||
           slashes.endsWith("/..");
}

class ArchiveWalk
{
public:
    ArchiveWalk(const ArchiveLimits &limits, const OnArchiveEntry &onEntry, const CancelToken &cancel)
        : m_limits(limits),
          m_onEntry(onEntry),
          m_cancel(cancel),
          m_deadline(Deadline::in(limits.longest)),
          m_piece(kPiece, '\0')
    {
    }
    ArchiveWalk(const ArchiveWalk &) = delete;
    ArchiveWalk &operator=(const ArchiveWalk &) = delete;
    ~ArchiveWalk() { Unpacked::wipe(m_piece); }

    Result<ArchiveReport> run(archive *reader, int opened, const QString &name);

private:
    enum class Read { Whole, Cut, Encrypted, Broken, Stopped };

    // False for what is no archive at all.
    bool walk(archive *reader, const QString &name, int depth);
    void takeEntry(archive *reader, archive_entry *entry, const QString &name, int depth);
    Read readEntry(archive *reader, Unpacked &unpacked);
    void hand(const Unpacked &unpacked, const QString &path, bool isCut, int depth);
    bool walkNested(const Unpacked &unpacked, const QString &path, int depth);
    bool mayGoOn();
    void stop(const QString &sentence);
    void note(qint64 &count, const QString &path);

    const ArchiveLimits &m_limits;
    const OnArchiveEntry &m_onEntry;
    CancelToken m_cancel;
    Deadline m_deadline;
    QByteArray m_piece;
    ArchiveReport m_report;
    archive *m_outermost = nullptr;
};

void ArchiveWalk::stop(const QString &sentence)
{
    if (m_report.isWhole)
        m_report.stoppedBy = sentence;
    m_report.isWhole = false;
}

void ArchiveWalk::note(qint64 &count, const QString &path)
{
    ++count;
    if (m_report.named.size() < qsizetype(ArchiveReport::kMostNamed))
        m_report.named += path;
}

bool ArchiveWalk::mayGoOn()
{
    if (!m_report.isWhole || m_cancel.isCancelled())
        return false;
    const qint64 packed = std::max<qint64>(archive_filter_bytes(m_outermost, -1), 1);
    if (m_report.bytes > m_limits.largestTotal)
        stop(Text::tr("It unpacks to more than is read of one archive."));
    else if (m_report.bytes > m_limits.ratioFrom && m_report.bytes / packed > m_limits.highestRatio)
        stop(Text::tr("It unpacks to more than %1 times its size, as only archives do that are made to fill disks.")
                 .arg(m_limits.highestRatio));
    else if (m_report.entries > m_limits.mostEntries)
        stop(Text::tr("It has more than %1 files.").arg(m_limits.mostEntries));
    else if (m_deadline.hasPassed())
        stop(Text::tr("It took longer than is spent on one archive."));
    return m_report.isWhole;
}

ArchiveWalk::Read ArchiveWalk::readEntry(archive *reader, Unpacked &unpacked)
{
    while (true) {
        if (!mayGoOn())
            return Read::Stopped;
        const qint64 room = m_limits.largestEntry - unpacked.size();
        if (room < 0)
            return Read::Cut;
        // One byte more than fits tells whether there is more.
        const auto most = static_cast<size_t>(std::min<qint64>(qint64(kPiece), room + 1));
        const la_ssize_t size = archive_read_data(reader, m_piece.data(), most);
        if (size == 0)
            return Read::Whole;
        if (size == ARCHIVE_RETRY)
            continue;
        if (size < 0 && size != ARCHIVE_WARN) {
            const QLatin1StringView words(archive_error_string(reader));
            const bool isLocked = words.contains("ncrypt"_L1) || words.contains("assphrase"_L1);
            return isLocked ? Read::Encrypted : Read::Broken;
        }
        if (size > 0) {
            m_report.bytes += size;
            unpacked.append(m_piece.constData(), size);
        }
    }
}

bool ArchiveWalk::walkNested(const Unpacked &unpacked, const QString &path, int depth)
{
    if (!isArchive(unpacked.view(), path))
        return false;
    if (depth >= m_limits.deepest) {
        note(m_report.tooDeep, path);
        return false;
    }
    const ArchivePtr inner = newReader();
    const QByteArrayView bytes = unpacked.view();
    if (archive_read_open_memory(inner.get(), bytes.data(), static_cast<size_t>(bytes.size())) != ARCHIVE_OK)
        return false;
    return walk(inner.get(), path, depth + 1);
}

void ArchiveWalk::hand(const Unpacked &unpacked, const QString &path, bool isCut, int depth)
{
    if (isCut)
        ++m_report.cut;
    if (walkNested(unpacked, path, depth))
        return;
    const qsizetype size = std::min<qsizetype>(unpacked.view().size(), m_limits.largestEntry);
    m_onEntry({.path = path, .bytes = unpacked.view().first(size), .isCut = isCut, .depth = depth});
}

QByteArray nameOf(archive_entry *entry)
{
    // Which of the two there is depends on the archive and on the locale.
    for (const char *name : {archive_entry_pathname_utf8(entry), archive_entry_pathname(entry)}) {
        if (name)
            return name;
    }
    return {};
}

void ArchiveWalk::takeEntry(archive *reader, archive_entry *entry, const QString &name, int depth)
{
    ++m_report.entries;
    const QByteArray inner = nameOf(entry);
    if (isOddPath(inner))
        ++m_report.oddPaths;
    // A single compressed file is called "data" by the library.
    const bool isSingle = archive_format(reader) == ARCHIVE_FORMAT_RAW;
    const QString path = isSingle ? name : name + "!/"_L1 + shownPath(inner).left(kLongestShownName);
    if (archive_entry_is_data_encrypted(entry)) {
        note(m_report.encrypted, path);
        return;
    }
    Unpacked unpacked;
    const Read read = readEntry(reader, unpacked);
    switch (read) {
    case Read::Encrypted:
        note(m_report.encrypted, path);
        return;
    case Read::Broken:
        note(m_report.broken, path);
        break; // what came before may hold a key
    case Read::Whole:
    case Read::Cut:
    case Read::Stopped:
        break;
    }
    if (!m_cancel.isCancelled())
        hand(unpacked, path, read == Read::Cut || read == Read::Stopped, depth);
}

bool ArchiveWalk::walk(archive *reader, const QString &name, int depth)
{
    for (bool isFirst = true; mayGoOn(); isFirst = false) {
        archive_entry *entry = nullptr;
        const int code = archive_read_next_header(reader, &entry);
        if (code == ARCHIVE_EOF) {
            m_report.archives += isFirst ? 1 : 0; // an empty one
            return true;
        }
        if (code == ARCHIVE_RETRY)
            continue;
        const bool isUsable = code == ARCHIVE_OK || code == ARCHIVE_WARN;
        // Any bytes pass for a "raw" archive: without a compression around them they are none.
        const bool isPlainFile = archive_format(reader) == ARCHIVE_FORMAT_RAW && archive_filter_count(reader) <= 1;
        if (isFirst && isPlainFile)
            return false;
        m_report.archives += isFirst ? 1 : 0;
        if (!isUsable) {
            note(m_report.broken, name);
            if (code == ARCHIVE_FATAL)
                return true;
            continue;
        }
        if (archive_entry_filetype(entry) == AE_IFREG || archive_entry_filetype(entry) == 0)
            takeEntry(reader, entry, name, depth);
        else
            ++m_report.entries; // folders, links, devices: names without a text
    }
    return true;
}

Result<ArchiveReport> ArchiveWalk::run(archive *reader, int opened, const QString &name)
{
    m_outermost = reader;
    if (opened != ARCHIVE_OK || !walk(reader, name, 1))
        return failure(ErrorKind::Protocol, Text::tr("%1 is not an archive that can be read.").arg(name),
                       QString::fromUtf8(archive_error_string(reader)));
    if (m_cancel.isCancelled())
        return failure(ErrorKind::Cancelled, Text::tr("Looking through %1 was stopped.").arg(name));
    return std::move(m_report);
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

bool isArchive(QByteArrayView firstBytes, QStringView name)
{
    const QByteArrayView xz("\xfd"
                            "7zXZ"); // in two: "\xfd7" would be one number
    const QByteArrayView marks[] = {"PK\x03\x04", "PK\x05\x06", "\x1f\x8b\x08", "\x28\xb5\x2f\xfd", "BZh", xz};
    const auto starts = [&](QByteArrayView mark) { return firstBytes.startsWith(mark); };
    if (std::ranges::any_of(marks, starts))
        return true;
    constexpr qsizetype tarMark = 257;
    if (firstBytes.size() >= tarMark + 5 && firstBytes.sliced(tarMark, 5) == "ustar")
        return true;
    constexpr qsizetype tarHeader = 512;
    return firstBytes.size() >= tarHeader && name.endsWith(u".tar", Qt::CaseInsensitive);
}

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
    const ArchivePtr reader = newReader();
    constexpr size_t block = size_t(64) << 10;
    const int opened = archive_read_open_fd(reader.get(), descriptor, block);
    return ArchiveWalk(limits, onEntry, cancel).run(reader.get(), opened, name);
}

Result<ArchiveReport> walkArchive(QByteArrayView bytes, const QString &name, const ArchiveLimits &limits,
                                  const OnArchiveEntry &onEntry, const CancelToken &cancel)
{
    const ArchivePtr reader = newReader();
    const int opened = archive_read_open_memory(reader.get(), bytes.data(), static_cast<size_t>(bytes.size()));
    return ArchiveWalk(limits, onEntry, cancel).run(reader.get(), opened, name);
}

} // namespace cockpit
