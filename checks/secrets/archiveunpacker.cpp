#include "checks/secrets/archiveunpacker.h"

#include "checks/secrets/deflated.h"
#include "checks/secrets/treewalk.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ArchiveWalk)
};

constexpr int kLongestShownName = 1000;

} // namespace

qint64 ArchiveUnpacker::packedBytes() const
{
    return std::max<qint64>(m_outermost ? archive_filter_bytes(m_outermost, -1) : m_packed, 1);
}

void ArchiveUnpacker::stop(const QString &sentence)
{
    if (m_report.isWhole)
        m_report.stoppedBy = sentence;
    m_report.isWhole = false;
}

void ArchiveUnpacker::note(qint64 &count, const QString &path)
{
    ++count;
    if (m_report.named.size() < qsizetype(ArchiveReport::kMostNamed))
        m_report.named += path;
}

bool ArchiveUnpacker::mayGoOn()
{
    if (!m_report.isWhole || m_cancel.isCancelled())
        return false;
    if (m_report.bytes > m_limits.largestTotal)
        stop(Text::tr("It unpacks to more than is read of one archive."));
    else if (m_report.bytes > m_limits.ratioFrom && m_report.bytes / packedBytes() > m_limits.highestRatio)
        stop(Text::tr("It unpacks to more than %1 times its size, as only archives do that are made to fill disks.")
                 .arg(m_limits.highestRatio));
    else if (m_report.entries > m_limits.mostEntries)
        stop(Text::tr("It has more than %1 files.").arg(m_limits.mostEntries));
    else if (m_deadline.hasPassed())
        stop(Text::tr("It took longer than is spent on one archive."));
    return m_report.isWhole;
}

ArchiveUnpacker::Read ArchiveUnpacker::readAll(const ReadPiece &read, Unpacked &unpacked)
{
    while (true) {
        if (!mayGoOn())
            return Read::Stopped;
        const qint64 room = m_limits.largestEntry - unpacked.size();
        if (room < 0)
            return Read::Cut;
        // One byte more than fits tells whether there is more.
        const Piece piece = read(m_piece.data(), static_cast<size_t>(std::min<qint64>(qint64(kPiece), room + 1)));
        m_report.bytes += piece.size;
        unpacked.append(m_piece.constData(), piece.size);
        if (piece.end)
            return *piece.end;
    }
}

// False also for what has texts beside what is packed: it is handed out, too.
bool ArchiveUnpacker::walkNested(const Unpacked &unpacked, const QString &path, int depth,
                                 std::vector<PackedRange> &ranges)
{
    const QByteArrayView bytes = unpacked.view();
    if (!isArchive(bytes, path))
        return false;
    if (depth >= m_limits.deepest) {
        note(m_report.tooDeep, path);
        return false;
    }
    const Deflated form = deflatedForm(bytes);
    if (form != Deflated::No) {
        ranges = walkDeflated(bytes, path, depth + 1);
        return form == Deflated::Stream;
    }
    const ArchivePtr inner = newArchiveReader();
    if (archive_read_open_memory(inner.get(), bytes.data(), static_cast<size_t>(bytes.size())) != ARCHIVE_OK)
        return false;
    return walk(inner.get(), path, depth + 1) && !isRpm(bytes);
}

void ArchiveUnpacker::hand(const Unpacked &unpacked, const QString &path, bool isCut, int depth)
{
    if (isCut)
        ++m_report.cut;
    std::vector<PackedRange> ranges;
    if (walkNested(unpacked, path, depth, ranges))
        return;
    const qsizetype size = std::min<qsizetype>(unpacked.view().size(), m_limits.largestEntry);
    m_onEntry({.path = path,
               .bytes = unpacked.view().first(size),
               .isCut = isCut,
               .depth = depth,
               .kind = m_kind,
               .unpacked = ranges,
               .unpackedAs = path});
}

void ArchiveUnpacker::takeEntry(archive *reader, archive_entry *entry, const QString &name, int depth)
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
    const ReadPiece read = [reader](char *to, size_t most) -> Piece {
        const la_ssize_t size = archive_read_data(reader, to, most);
        if (size == 0)
            return {.end = Read::Whole};
        if (size > 0 || size == ARCHIVE_RETRY || size == ARCHIVE_WARN)
            return {.size = std::max<qint64>(size, 0)};
        const QLatin1StringView words(archive_error_string(reader));
        const bool isLocked = words.contains("ncrypt"_L1) || words.contains("assphrase"_L1);
        return {.end = isLocked ? Read::Encrypted : Read::Broken};
    };
    takeFile(read, path, depth);
}

void ArchiveUnpacker::takeFile(const ReadPiece &readPiece, const QString &path, int depth)
{
    Unpacked unpacked;
    const Read read = readAll(readPiece, unpacked);
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
    const bool isNothing = m_kind == ArchiveEntryKind::Stream && unpacked.size() == 0;
    if (!m_cancel.isCancelled() && !isNothing)
        hand(unpacked, path, read == Read::Cut || read == Read::Stopped, depth);
}

bool ArchiveUnpacker::walk(archive *reader, const QString &name, int depth)
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

Result<ArchiveReport> ArchiveUnpacker::run(archive *reader, int opened, const QString &name, QByteArrayView beginning)
{
    m_outermost = reader;
    if (opened != ARCHIVE_OK || !walk(reader, name, 1))
        return failure(ErrorKind::Protocol, Text::tr("%1 is not an archive that can be read.").arg(name),
                       QString::fromUtf8(archive_error_string(reader)));
    if (isRpm(beginning) && !m_cancel.isCancelled())
        m_onEntry({.path = name, .bytes = beginning, .kind = ArchiveEntryKind::Container});
    return finished(name);
}

Result<ArchiveReport> ArchiveUnpacker::finished(const QString &name)
{
    if (m_cancel.isCancelled())
        return failure(ErrorKind::Cancelled, Text::tr("Looking through %1 was stopped.").arg(name));
    return std::move(m_report);
}

} // namespace cockpit
