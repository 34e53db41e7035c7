#include "checks/secrets/historyscanner.h"

#include "checks/secrets/blobwalkstate.h"
#include "checks/secrets/broughtlines.h"
#include "checks/secrets/ownsettings.h"
#include "checks/secrets/scanthreads.h"
#include "checks/secrets/treewalk.h"
#include "models/freedmemory.h"

#include <QCoreApplication>

#include <algorithm>
#include <system_error>
#include <thread>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(HistoryScan)
};

constexpr qsizetype kDecidesArchive = 512;
constexpr qsizetype kMostArchiveGaps = 20;

// Histories hold each version of an archive: less time for each than for one that somebody points at.
ArchiveLimits limitsInHistory()
{
    ArchiveLimits limits;
    limits.largestTotal = qint64(512) << 20;
    limits.longest = std::chrono::seconds(30);
    return limits;
}

// For sentences: its path is not known yet, and `git show` takes the name of its object.
QString archiveOf(const BlobText &text)
{
    constexpr qsizetype tells = 12;
    return text.path.isEmpty()
               ? Text::tr("The archive %1 of the history").arg(QString::fromLatin1(text.id.first(tells)))
               : shownPath(text.path);
}

} // namespace

HistoryScanner::HistoryScanner(const BlobWalk &walk, const std::shared_ptr<const PatternSet> &patterns,
                               const ScanSettings &settings, HistoryProgress &progress)
    : m_walk(walk),
      m_patterns(patterns),
      m_settings(settings),
      m_progress(progress),
      m_archives(limitsInHistory(), settings.token)
{
}

Result<void> HistoryScanner::read()
{
    const unsigned threads = scanThreads(m_settings.threads);
    std::vector<Result<void>> results(threads);
    std::vector<std::thread> others;
    try {
        for (unsigned more = 1; more < threads; ++more)
            others.emplace_back([this, &result = results[more]] {
                result = work();
                wipeUnusedStack();
            });
    } catch (const std::system_error &) {
        // Fewer threads take longer, nothing else.
    }
    results.front() = work();
    for (std::thread &thread : others)
        thread.join();
    if (m_trouble)
        return tl::unexpected<Error>(*m_trouble);
    // A worker that could not open the repository left its share to the others.
    return results.front();
}

Result<void> HistoryScanner::work()
{
    auto scanner = TextScanner::make(m_patterns, m_settings);
    if (!scanner)
        return tl::unexpected(scanner.error());
    auto reader = m_walk.reader();
    if (!reader)
        return tl::unexpected(reader.error());
    while (!m_isTroubled) {
        const auto text = reader->next();
        if (!text)
            break;
        if (const auto looked = look(*text, *scanner, *reader); !looked)
            noteTrouble(looked.error());
        m_progress.bytes += text->bytes.size();
        m_progress.done = m_walk.counts().done;
    }
    return {};
}

Result<void> HistoryScanner::look(const BlobText &text, TextScanner &scanner, const BlobReader &reader)
{
    if (text.kind == BlobKind::EntryNames)
        return lookAtNames(text, scanner);
    if (isPerson(text.kind))
        return lookAtPerson(text, scanner);
    const bool looksPacked =
        text.kind == BlobKind::File && isArchive(text.bytes.first(std::min(kDecidesArchive, text.bytes.size())), {});
    const Result<bool> isArchived = looksPacked ? lookIntoArchive(text, scanner) : Result<bool>(false);
    if (!isArchived || *isArchived)
        return isArchived.map([](bool) {});
    TextScan scan = scanned(text, scanner);
    m_bytes += scan.bytes;
    m_binaries += scan.isPassedOver() ? 1 : 0;
    m_cutTexts += scan.isCut ? 1 : 0;
    if (looksPacked && (scan.isBinary || scan.isProgram)) {
        ++m_unseenArchives;
        noteGaps({Text::tr("%1 looks like one and could not be opened: it was not looked at.").arg(archiveOf(text))});
    }
    keep(text, scan.hits, reader);
    if (scan.ended)
        return tl::unexpected(std::move(*scan.ended));
    return {};
}

// A message is a text, and so is what is called like settings, whatever bytes stand in it.
TextScan HistoryScanner::scanned(const BlobText &text, TextScanner &scanner)
{
    const std::string_view bytes(text.bytes.data(), static_cast<size_t>(text.bytes.size()));
    // Of most files the name is known at the end.
    const bool isNamed = text.kind != BlobKind::File || !text.path.isEmpty();
    scanner.setLanguage(isNamed ? std::optional(languageOf(text.path)) : std::nullopt);
    if (text.kind != BlobKind::File)
        return scanner.scan(bytes, Programs::AsText);
    TextScan scan = scanner.scan(bytes);
    const bool isSettings = (scan.isBinary || scan.isProgram) && !text.path.isEmpty() && mayBeOwnSettings(text.path);
    return isSettings ? scanner.scan(bytes, Programs::AsText) : std::move(scan);
}

// What stood there before the change is kept, too: it tells where a value that was brought still stands.
void HistoryScanner::keep(const BlobText &text, std::vector<SecretHit> &hits, const BlobReader &reader)
{
    if (hits.empty())
        return;
    const BroughtLines lines = reader.broughtLines(text);
    std::vector<SecretHit> old;
    const auto firstOld = std::stable_partition(hits.begin(), hits.end(), [&lines](const SecretHit &hit) {
        return lines.bring(hit.offset, hit.offset + hit.length);
    });
    std::move(firstOld, hits.end(), std::back_inserter(old));
    hits.erase(firstOld, hits.end());
    m_ledger.add({.object = text.id, .kind = text.kind, .path = text.path}, hits);
    m_ledger.add({.object = text.id, .kind = text.kind, .path = text.path, .isBrought = false}, old);
}

// Each by itself, wherever files and folders have it.
Result<void> HistoryScanner::lookAtNames(const BlobText &text, TextScanner &scanner)
{
    std::vector<std::string_view> names;
    std::string_view rest(text.bytes.data(), static_cast<size_t>(text.bytes.size()));
    for (size_t end = rest.find('\0'); end != std::string_view::npos; end = rest.find('\0')) {
        names.push_back(rest.substr(0, end));
        rest.remove_prefix(end + 1);
    }
    return scanner.scanNames(names, [&](size_t piece, TextScan &scan) {
        for (SecretHit &hit : scan.hits) {
            hit.line = 1;
            hit.column = 1;
        }
        const QByteArray name(names[piece].data(), static_cast<qsizetype>(names[piece].size()));
        m_ledger.add({.kind = BlobKind::File, .isInName = true, .name = name}, scan.hits);
    });
}

// The name or the address by itself.
Result<void> HistoryScanner::lookAtPerson(const BlobText &text, TextScanner &scanner)
{
    const std::string_view only(text.bytes.data(), static_cast<size_t>(text.bytes.size()));
    scanner.setLanguage(languageOf(text.path));
    return scanner.scanNames({&only, 1}, [&](size_t, TextScan &scan) { m_people.add(text, std::move(scan.hits)); });
}

Result<void> HistoryScanner::placePeople(const GitRepository &repository)
{
    const auto odb = openOdb(repository);
    if (!odb)
        return tl::unexpected(odb.error());
    m_people.place(m_walk, odb->get(), m_settings.token);
    return {};
}

Result<bool> HistoryScanner::lookIntoArchive(const BlobText &text, TextScanner &scanner)
{
    ArchiveScan archive;
    const auto looked = m_archives.scanBytes(text.bytes, archiveOf(text), scanner, archive);
    if (!looked && looked.error().kind == ErrorKind::Protocol)
        return false; // it only begins like one
    for (ArchivedHit &found : archive.found) {
        std::vector<SecretHit> one{std::move(found.hit)};
        m_ledger.add(
            {.object = text.id, .kind = text.kind, .path = text.path, .inner = found.inner, .isInName = found.isInName},
            one);
    }
    noteArchive(text, archive);
    if (archive.trouble)
        return tl::unexpected<Error>(*archive.trouble);
    return true;
}

void HistoryScanner::noteArchive(const BlobText &text, const ArchiveScan &archive)
{
    ++m_archivesRead;
    m_bytes += archive.bytes;
    m_archivedBinaries += archive.binaries;
    m_binaries += archive.isClosed ? 1 : 0;
    m_cutTexts += archive.cutTexts;
    const ArchiveReport &report = archive.report;
    m_unseenArchives += report.isWhole && report.cut + report.encrypted + report.broken + report.tooDeep == 0 ? 0 : 1;
    noteGaps(archive.gaps(archiveOf(text)));
}

void HistoryScanner::noteGaps(const QStringList &gaps)
{
    const std::lock_guard lock(m_mutex);
    if (m_archiveGaps.size() < kMostArchiveGaps)
        m_archiveGaps += gaps;
}

// A stop is no trouble: the walk hears it, too.
void HistoryScanner::noteTrouble(const Error &trouble)
{
    if (trouble.kind == ErrorKind::Cancelled)
        return;
    const std::lock_guard lock(m_mutex);
    if (!m_trouble)
        m_trouble = trouble;
    m_isTroubled = true;
}

void HistoryScanner::fill(HistoryScan &scan, const BlobGaps &gaps) const
{
    scan.counts = m_walk.counts();
    scan.commits = static_cast<qint64>(m_walk.commits().size());
    scan.bytes = m_bytes;
    scan.binaries = m_binaries + scan.counts.largeMedia;
    scan.archivedBinaries = m_archivedBinaries;
    scan.archives = m_archivesRead;
    scan.unseen = scan.counts.tooLarge + scan.counts.unreadable + scan.counts.tooDeep + m_unseenArchives + m_cutTexts +
                  (m_ledger.isCut() ? 1 : 0) + (gaps.isOfChange ? scan.counts.lfsPointers : 0);
    scan.gaps = gapSentences(scan.counts, gaps) + m_archiveGaps;
    if (m_cutTexts > 0)
        scan.gaps += Text::tr("%n file(s) in the history have more secrets than are listed.", nullptr,
                              static_cast<int>(m_cutTexts));
    if (m_ledger.isCut())
        scan.gaps += Text::tr("So many versions of files hold secrets that not all are listed: where one first "
                              "appeared may be earlier than is said.");
}

} // namespace cockpit
