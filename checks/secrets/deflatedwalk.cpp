// How what is compressed with zlib is unpacked: streams by themselves, and those of PDFs.
#include "checks/secrets/archiveunpacker.h"
#include "checks/secrets/deflated.h"

#include <algorithm>
#include <utility>

namespace cockpit {

using namespace Qt::StringLiterals;

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
std::vector<PackedRange> ArchiveUnpacker::walkDeflated(QByteArrayView packed, const QString &name, int depth)
{
    ++m_report.archives;
    if (deflatedForm(packed) == Deflated::Pdf)
        return walkPdf(packed, name, depth);
    walkStreams(packed, name, depth);
    return {};
}

// Nothing in a stream tells of what stands behind it: another one, or anything else.
void ArchiveUnpacker::walkStreams(QByteArrayView packed, const QString &name, int depth)
{
    bool isDamaged = false;
    bool isNext = true;
    qsizetype taken = 0;
    for (int number = 1; isNext; ++number) {
        const QString path = number == 1 ? name : name + "!/stream "_L1 + QString::number(number);
        Inflater inflater(packed);
        takeStream(inflater, path, depth, m_kind);
        isDamaged = inflater.isDamaged();
        taken = inflater.taken();
        // Where neither is told a limit ended it, and the report says so.
        if (!mayGoOn() || (!isDamaged && !inflater.hasEnded()))
            return;
        packed = packed.sliced(isDamaged ? 0 : taken);
        isNext = !isDamaged && deflatedForm(packed) == Deflated::Stream;
    }
    handRest(packed, isDamaged ? std::optional(taken) : std::nullopt, name, depth);
}

// As it stands: what is damaged may never have been a stream, and is not opened again. damagedAt: what is before it
// was unpacked.
void ArchiveUnpacker::handRest(QByteArrayView rest, std::optional<qsizetype> damagedAt, const QString &name, int depth)
{
    const bool isPadding = std::ranges::all_of(rest, [](char byte) { return byte == '\0'; });
    if (isPadding)
        return;
    ++m_report.entries;
    const QString path = name + "!/rest"_L1;
    const bool isCut = rest.size() > m_limits.largestEntry;
    rest = rest.first(std::min<qsizetype>(rest.size(), m_limits.largestEntry));
    if (damagedAt) {
        m_report.cut += isCut ? 1 : 0;
        const PackedRange unpacked{0, *damagedAt};
        m_onEntry({.path = path,
                   .bytes = rest,
                   .isCut = isCut,
                   .depth = depth,
                   .kind = m_kind,
                   .unpacked = {&unpacked, 1},
                   .unpackedAs = name});
        return;
    }
    Unpacked copy;
    copy.append(rest.data(), rest.size());
    hand(copy, path, isCut, depth);
}

std::vector<PackedRange> ArchiveUnpacker::walkPdf(QByteArrayView packed, const QString &name, int depth)
{
    std::vector<PackedRange> ranges;
    int number = 0;
    for (PdfPlace place = nextPdfStream(packed, 0); place.at >= 0 && mayGoOn();
         place = nextPdfStream(packed, place.at)) {
        if (!place.isStream)
            continue;
        Inflater inflater(packed.sliced(place.at));
        takeStream(inflater, name + "!/stream "_L1 + QString::number(++number), depth, ArchiveEntryKind::Stream);
        ranges.push_back({place.at, place.at + inflater.taken()});
        place.at += inflater.taken();
    }
    return ranges;
}

Result<ArchiveReport> ArchiveUnpacker::runDeflated(QByteArrayView packed, bool isCut, const QString &name)
{
    m_packed = packed.size();
    m_report.cut += isCut ? 1 : 0;
    const std::vector<PackedRange> ranges = walkDeflated(packed, name, 1);
    if (deflatedForm(packed) == Deflated::Pdf && !m_cancel.isCancelled())
        m_onEntry({.path = name,
                   .bytes = packed,
                   .isCut = isCut,
                   .kind = ArchiveEntryKind::Container,
                   .unpacked = ranges,
                   .unpackedAs = name});
    return finished(name);
}

} // namespace cockpit
