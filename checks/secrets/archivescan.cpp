#include "checks/secrets/archivescan.h"

#include <algorithm>

namespace cockpit {

namespace {

OnArchiveEntry lookerAt(const QString &shown, TextScanner &scanner, ArchiveScan &scan)
{
    return [&scan, &scanner, start = shown.size()](const ArchiveEntry &entry) {
        TextScan text = scanner.scan(std::string_view(entry.bytes.data(), static_cast<size_t>(entry.bytes.size())));
        scan.texts += text.isBinary ? 0 : 1;
        scan.binaries += text.isBinary ? 1 : 0;
        scan.bytes += text.bytes;
        scan.cutTexts += text.isCut ? 1 : 0;
        scan.allowsWithoutReason += text.allowsWithoutReason;
        const QByteArray inner = text.hits.empty() ? QByteArray() : entry.path.sliced(start).toUtf8();
        for (SecretHit &hit : text.hits)
            scan.found.push_back({std::move(hit), inner});
    };
}

Result<void> kept(Result<ArchiveReport> report, ArchiveScan &scan)
{
    return report.map([&scan](ArchiveReport &whole) { scan.report = std::move(whole); });
}

} // namespace

Result<void> ArchiveScanner::scanFile(int descriptor, const QString &shown, TextScanner &scanner, ArchiveScan &scan)
{
    const std::lock_guard one(m_one);
    return kept(walkArchiveDescriptor(descriptor, shown, m_limits, lookerAt(shown, scanner, scan), m_cancel), scan);
}

Result<void> ArchiveScanner::scanBytes(QByteArrayView bytes, const QString &shown, TextScanner &scanner,
                                       ArchiveScan &scan)
{
    const std::lock_guard one(m_one);
    return kept(walkArchive(bytes, shown, m_limits, lookerAt(shown, scanner, scan), m_cancel), scan);
}

} // namespace cockpit
