#include "checks/secrets/archiveunpacker.h"

#include "checks/secrets/deflated.h"
#include "checks/secrets/treewalk.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

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
bool ArchiveUnpacker::walkNested(const Unpacked &unpacked, const QString &path, int depth)
{
    const QByteArrayView bytes = unpacked.view();
    if (!isArchive(bytes, path))
        return false;
    if (depth >= m_limits.deepest) {
        note(m_report.tooDeep, path);
        return false;
    }
    const Deflated form = deflatedForm(bytes);
    if (form != Deflated::No)
        walkDeflated(bytes, path, depth + 1);
    if (form != Deflated::No)
        return form == Deflated::Stream;
    const ArchivePtr inner = newArchiveReader();
    if (archive_read_open_memory(inner.get(), bytes.data(), static_cast<size_t>(bytes.size())) != ARCHIVE_OK)
        return false;
    return walk(inner.get(), path, depth + 1) && !isRpm(bytes);
}

void ArchiveUnpacker::hand(const Unpacked &unpacked, const QString &path, bool isCut, int depth)
{
    if (isCut)
        ++m_report.cut;
    if (walkNested(unpacked, path, depth))
        return;
    const qsizetype size = std::min<qsizetype>(unpacked.view().size(), m_limits.largestEntry);
    m_onEntry({.path = path, .bytes = unpacked.view().first(size), .isCut = isCut, .depth = depth, .kind = m_kind});
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

// Whatever looks packed in a PDF may be something else, and a PDF is never said to be read whole.
void ArchiveUnpacker::takeStream(Inflater &inflater, const QString &path, int depth, ArchiveEntryKind kind)
{
    ++m_report.entries;
    const ReadPiece read = [&inflater, kind](char *to, size_t most) -> Piece {
        const qsizetype size = inflater.read(to, most);
        if (size > 0)
            return {.size = size};
        return {.end = size == 0 || kind == ArchiveEntryKind::Stream ? Read::Whole : Read::Broken};
    };
    const ArchiveEntryKind outer = std::exchange(m_kind, kind);
    takeFile(read, path, depth);
    m_kind = outer;
}

// A stream by itself is a file; those of a PDF stand among other things.
void ArchiveUnpacker::walkDeflated(QByteArrayView packed, const QString &name, int depth)
{
    ++m_report.archives;
    if (deflatedForm(packed) == Deflated::Stream)
        walkStreams(packed, name, depth);
    else
        walkPdf(packed, name, depth);
}

// Nothing in a stream tells of what stands behind it: another one, or anything else.
void ArchiveUnpacker::walkStreams(QByteArrayView packed, const QString &name, int depth)
{
    bool isDamaged = false;
    bool isNext = true;
    for (int number = 1; isNext; ++number) {
        const QString path = number == 1 ? name : name + "!/stream "_L1 + QString::number(number);
        Inflater inflater(packed);
        takeStream(inflater, path, depth, m_kind);
        isDamaged = inflater.isDamaged();
        // Where neither is told a limit ended it, and the report says so.
        if (!mayGoOn() || (!isDamaged && !inflater.hasEnded()))
            return;
        packed = packed.sliced(isDamaged ? 0 : inflater.taken());
        isNext = !isDamaged && deflatedForm(packed) == Deflated::Stream;
    }
    handRest(packed, isDamaged, name, depth);
}

// As it stands: what is damaged may never have been a stream, and is not opened again.
void ArchiveUnpacker::handRest(QByteArrayView rest, bool isDamaged, const QString &name, int depth)
{
    const bool isPadding = std::ranges::all_of(rest, [](char byte) { return byte == '\0'; });
    if (isPadding)
        return;
    ++m_report.entries;
    const QString path = name + "!/rest"_L1;
    const bool isCut = rest.size() > m_limits.largestEntry;
    rest = rest.first(std::min<qsizetype>(rest.size(), m_limits.largestEntry));
    if (isDamaged) {
        m_report.cut += isCut ? 1 : 0;
        m_onEntry({.path = path, .bytes = rest, .isCut = isCut, .depth = depth, .kind = m_kind});
        return;
    }
    Unpacked copy;
    copy.append(rest.data(), rest.size());
    hand(copy, path, isCut, depth);
}

void ArchiveUnpacker::walkPdf(QByteArrayView packed, const QString &name, int depth)
{
    int number = 0;
    for (PdfPlace place = nextPdfStream(packed, 0); place.at >= 0 && mayGoOn();
         place = nextPdfStream(packed, place.at)) {
        if (!place.isStream)
            continue;
        Inflater inflater(packed.sliced(place.at));
        takeStream(inflater, name + "!/stream "_L1 + QString::number(++number), depth, ArchiveEntryKind::Stream);
        place.at += inflater.taken();
    }
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

Result<ArchiveReport> ArchiveUnpacker::runDeflated(QByteArrayView packed, bool isCut, const QString &name)
{
    m_packed = packed.size();
    m_report.cut += isCut ? 1 : 0;
    if (deflatedForm(packed) == Deflated::Pdf)
        m_onEntry({.path = name, .bytes = packed, .isCut = isCut, .kind = ArchiveEntryKind::Container});
    walkDeflated(packed, name, 1);
    return finished(name);
}

Result<ArchiveReport> ArchiveUnpacker::finished(const QString &name)
{
    if (m_cancel.isCancelled())
        return failure(ErrorKind::Cancelled, Text::tr("Looking through %1 was stopped.").arg(name));
    return std::move(m_report);
}

} // namespace cockpit
