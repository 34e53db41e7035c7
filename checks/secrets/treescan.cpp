#include "checks/secrets/treescan.h"

#include "checks/secrets/archivescan.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <thread>
#include <tuple>

#include <poll.h>
#include <unistd.h>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TreeWalk)
};

constexpr unsigned kMostThreads = 16;

// What one thread found: nobody else looks at it before the walk is over.
struct Worker
{
    TextScanner scanner;
    std::vector<FoundSecret> found;
    qint64 bytes = 0;
    qint64 binaries = 0;
    qint64 cutFiles = 0;
    qint64 allowsWithoutReason = 0;
    qint64 archives = 0;
    qint64 archivedTexts = 0;
    QStringList archiveGaps;
};

// By what the file begins with; it stays at its start.
bool isArchiveFile(const WalkedFile &file)
{
    std::array<char, 512> beginning{};
    const ssize_t got = ::pread(file.descriptor, beginning.data(), beginning.size(), 0);
    return got > 0 && isArchive(QByteArrayView(beginning.data(), got), shownPath(file.path));
}

Result<qint64> readSome(int descriptor, char *to, qint64 most, TreeProgress &progress)
{
    for (;;) {
        const ssize_t got = ::read(descriptor, to, static_cast<size_t>(most));
        if (got >= 0) {
            progress.bytes += got;
            return got;
        }
        if (errno != EINTR)
            return failure(ErrorKind::NotPermitted, QString::fromLocal8Bit(std::strerror(errno)));
    }
}

class TreeScanner
{
public:
    TreeScanner(std::vector<Worker> workers, const CancelToken &cancel, TreeProgress &progress)
        : m_workers(std::move(workers)), m_archives(ArchiveLimits{}, cancel), m_progress(progress)
    {
    }

    Result<void> visit(const WalkedFile &file, size_t number)
    {
        Worker &worker = m_workers[number];
        const bool looksPacked = isArchiveFile(file);
        if (looksPacked && visitArchive(file, worker)) {
            ++m_progress.files;
            return {};
        }
        auto scan = worker.scanner.scanStream(
            [&](char *to, qint64 most) { return readSome(file.descriptor, to, most, m_progress); });
        ++m_progress.files;
        if (!scan)
            return tl::unexpected(scan.error());
        if (looksPacked && scan->isBinary && worker.archiveGaps.size() < TreeScan::kMostGaps)
            worker.archiveGaps += Text::tr("%1 looks like an archive and could not be opened: it was not looked at.")
                                      .arg(shownPath(file.path));
        keep(worker, file.path, *scan);
        return {};
    }

    TreeScan merged(WalkTotals walk)
    {
        TreeScan all;
        all.walk = std::move(walk);
        for (Worker &worker : m_workers) {
            std::ranges::move(worker.found, std::back_inserter(all.found));
            all.bytes += worker.bytes;
            all.binaries += worker.binaries;
            all.cutFiles += worker.cutFiles;
            all.allowsWithoutReason += worker.allowsWithoutReason;
            all.archives += worker.archives;
            all.archivedTexts += worker.archivedTexts;
            all.archiveGaps += worker.archiveGaps;
        }
        all.archiveGaps = all.archiveGaps.mid(0, TreeScan::kMostGaps);
        std::ranges::sort(all.found, [](const FoundSecret &one, const FoundSecret &other) {
            return std::tie(one.path, one.hit.offset) < std::tie(other.path, other.hit.offset);
        });
        return all;
    }

private:
    // False for what only begins like an archive.
    bool visitArchive(const WalkedFile &file, Worker &worker)
    {
        const QString shown = shownPath(file.path);
        ArchiveScan archive;
        const auto looked = m_archives.scanFile(file.descriptor, shown, worker.scanner, archive);
        if (!looked && looked.error().kind == ErrorKind::Protocol) {
            ::lseek(file.descriptor, 0, SEEK_SET);
            return false;
        }
        m_progress.bytes += archive.bytes;
        ++worker.archives;
        worker.archivedTexts += archive.texts;
        worker.bytes += archive.bytes;
        worker.cutFiles += archive.cutTexts;
        worker.allowsWithoutReason += archive.allowsWithoutReason;
        if (worker.archiveGaps.size() < TreeScan::kMostGaps)
            worker.archiveGaps += gapSentences(archive.report, shown);
        for (ArchivedHit &found : archive.found) {
            const QByteArray path = file.path + found.inner;
            keepHit(worker, path, weightOf(path), std::move(found.hit));
        }
        return true;
    }

    void keepHit(Worker &worker, const QByteArray &path, PlaceWeight weight, SecretHit hit)
    {
        if (m_kept.fetch_add(1) >= TreeScan::kMostFound) {
            ++worker.cutFiles;
            return;
        }
        hit.severity = weighed(hit.severity, weight);
        worker.found.push_back({std::move(hit), path, weight});
    }

    void keep(Worker &worker, const QByteArray &path, TextScan &scan)
    {
        worker.bytes += scan.bytes;
        worker.binaries += scan.isBinary ? 1 : 0;
        worker.allowsWithoutReason += scan.allowsWithoutReason;
        const PlaceWeight weight = scan.hits.empty() ? PlaceWeight::Full : weightOf(path);
        const size_t before = m_kept.fetch_add(scan.hits.size());
        const size_t room = TreeScan::kMostFound - std::min(before, TreeScan::kMostFound);
        worker.cutFiles += scan.isCut || scan.hits.size() > room ? 1 : 0;
        for (size_t i = 0; i < std::min(room, scan.hits.size()); ++i) {
            SecretHit &hit = scan.hits[i];
            hit.severity = weighed(hit.severity, weight);
            worker.found.push_back({std::move(hit), path, weight});
        }
    }

    std::vector<Worker> m_workers;
    ArchiveScanner m_archives;
    TreeProgress &m_progress;
    std::atomic<size_t> m_kept{0};
};

// Waits for more in steps, so that a stop is heard while nobody writes.
Result<qint64> readWaiting(int descriptor, char *to, qint64 most, const CancelToken &cancel, TreeProgress &progress)
{
    constexpr int step = static_cast<int>(kLongestBlindWait.count());
    while (!cancel.isCancelled()) {
        pollfd waiting{descriptor, POLLIN, 0};
        if (::poll(&waiting, 1, step) == 0)
            continue;
        return readSome(descriptor, to, most, progress);
    }
    return 0;
}

} // namespace

Result<TreeScan> scanInput(int descriptor, const std::shared_ptr<const PatternSet> &patterns,
                           const ScanSettings &settings, TreeProgress &progress)
{
    auto scanner = TextScanner::make(patterns, settings);
    if (!scanner)
        return tl::unexpected(scanner.error());
    auto text = scanner->scanStream(
        [&](char *to, qint64 most) { return readWaiting(descriptor, to, most, settings.token, progress); });
    if (!text)
        return tl::unexpected(text.error());
    ++progress.files;
    TreeScan scan;
    scan.walk.files = 1;
    scan.walk.isStopped = settings.token.isCancelled();
    scan.bytes = text->bytes;
    scan.binaries = text->isBinary ? 1 : 0;
    scan.cutFiles = text->isCut ? 1 : 0;
    scan.allowsWithoutReason = text->allowsWithoutReason;
    for (SecretHit &hit : text->hits)
        scan.found.push_back({std::move(hit), "-"});
    return scan;
}

Result<TreeScan> scanTree(const QString &root, const std::shared_ptr<const PatternSet> &patterns,
                          const ScanSettings &settings, TreeProgress &progress)
{
    const unsigned threads = std::clamp(std::thread::hardware_concurrency(), 1U, kMostThreads);
    std::vector<Worker> workers;
    for (unsigned i = 0; i < threads; ++i) {
        auto scanner = TextScanner::make(patterns, settings);
        if (!scanner)
            return tl::unexpected(scanner.error());
        workers.push_back({std::move(*scanner), {}});
    }
    TreeScanner scanner(std::move(workers), settings.token, progress);
    return walkTree(root, {static_cast<int>(threads), settings.token},
                    [&](const WalkedFile &file, size_t worker) { return scanner.visit(file, worker); })
        .map([&](const WalkTotals &walk) { return scanner.merged(walk); });
}

} // namespace cockpit
