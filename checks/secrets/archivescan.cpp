#include "checks/secrets/archivescan.h"

#include "checks/secrets/namescan.h"
#include "checks/secrets/ownsettings.h"
#include "checks/secrets/unsearched.h"

#include <algorithm>
#include <set>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

void count(ArchiveEntryKind kind, const TextScan &text, ArchiveScan &scan)
{
    switch (kind) {
    case ArchiveEntryKind::File:
        scan.texts += text.isPassedOver() ? 0 : 1;
        scan.programs += text.isProgram && !text.isClosed ? 1 : 0;
        scan.binaries += text.isPassedOver() ? 1 : 0;
        break;
    case ArchiveEntryKind::Container:
        scan.isClosed = text.isPassedOver();
        break;
    case ArchiveEntryKind::Stream:
        break;
    }
}

// What was found in what was unpacked of an entry before. Its hits are the last ones.
std::set<QByteArray> foundUnpacked(const ArchiveScan &scan, const QByteArray &inner)
{
    std::set<QByteArray> values;
    const auto isOf = [&inner](const QByteArray &place) {
        return place.startsWith(inner) && (place.size() == inner.size() || place.sliced(inner.size()).startsWith("!/"));
    };
    for (auto one = scan.found.crbegin(); one != scan.found.crend() && isOf(one->inner); ++one)
        values.insert(one->hit.fingerprint);
    return values;
}

// Of the same bytes, each value once.
void leaveOutUnpacked(std::vector<SecretHit> &hits, const ArchiveEntry &entry, const ArchiveScan &scan,
                      const QByteArray &inner)
{
    const auto isUnpacked = [&entry](const SecretHit &hit) {
        const auto range = std::ranges::upper_bound(entry.unpacked, hit.offset, {}, &PackedRange::to);
        return range != entry.unpacked.end() && range->from <= hit.offset;
    };
    if (entry.unpacked.empty() || std::ranges::none_of(hits, isUnpacked))
        return;
    const std::set<QByteArray> known = foundUnpacked(scan, inner);
    std::erase_if(hits, [&](const SecretHit &hit) { return isUnpacked(hit) && known.contains(hit.fingerprint); });
}

OnArchiveEntry lookerAt(const QString &shown, TextScanner &scanner, NameScan &names, ArchiveScan &scan)
{
    return [&scan, &scanner, &names, start = shown.size()](const ArchiveEntry &entry) {
        if (entry.kind == ArchiveEntryKind::File)
            names.add(entry.path.sliced(start).toUtf8());
        const std::string_view bytes(entry.bytes.data(), static_cast<size_t>(entry.bytes.size()));
        scanner.setLanguage(languageOf(entry.path.sliced(start).toUtf8()));
        TextScan text = scanner.scan(bytes);
        if ((text.isBinary || text.isProgram) && mayBeOwnSettings(entry.path.sliced(start).toUtf8()))
            text = scanner.scan(bytes, Programs::AsText);
        if (text.trouble())
            scan.trouble = *text.trouble();
        count(entry.kind, text, scan);
        scan.bytes += text.bytes;
        scan.cutTexts += text.isCut ? 1 : 0;
        scan.vainMarks += text.vainMarks;
        leaveOutUnpacked(text.hits, entry, scan,
                         entry.unpackedAs.sliced(std::min(start, entry.unpackedAs.size())).toUtf8());
        const QByteArray inner = text.hits.empty() ? QByteArray() : entry.path.sliced(start).toUtf8();
        for (SecretHit &hit : text.hits)
            scan.found.push_back({std::move(hit), inner});
    };
}

Result<void> kept(Result<ArchiveReport> report, NameScan &names, ArchiveScan &scan)
{
    if (auto looked = names.finish(); !looked && looked.error().kind != ErrorKind::Cancelled)
        scan.trouble = std::move(looked.error());
    return report.map([&scan](ArchiveReport &whole) { scan.report = std::move(whole); });
}

NameScan::OnName keeperIn(ArchiveScan &scan)
{
    return [&scan](const QByteArray &path, SecretHit hit) { scan.found.push_back({std::move(hit), path, true}); };
}

} // namespace

QStringList ArchiveScan::gaps(const QString &shown) const
{
    QStringList gaps = gapSentences(report, shown);
    if (trouble)
        gaps += unsearchedSentence(shown, *trouble);
    return gaps;
}

Result<void> ArchiveScanner::scanFile(int descriptor, const QString &shown, TextScanner &scanner, ArchiveScan &scan)
{
    const std::lock_guard one(m_one);
    NameScan names(scanner, keeperIn(scan));
    return kept(walkArchiveDescriptor(descriptor, shown, m_limits, lookerAt(shown, scanner, names, scan), m_cancel),
                names, scan);
}

Result<void> ArchiveScanner::scanBytes(QByteArrayView bytes, const QString &shown, TextScanner &scanner,
                                       ArchiveScan &scan)
{
    const std::lock_guard one(m_one);
    NameScan names(scanner, keeperIn(scan));
    return kept(walkArchive(bytes, shown, m_limits, lookerAt(shown, scanner, names, scan), m_cancel), names, scan);
}

} // namespace cockpit
