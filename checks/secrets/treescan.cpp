#include "checks/secrets/treescan.h"

#include <QCoreApplication>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <thread>
#include <tuple>

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
};

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
    TreeScanner(std::vector<Worker> workers, TreeProgress &progress)
        : m_workers(std::move(workers)), m_progress(progress)
    {
    }

    Result<void> visit(const WalkedFile &file, size_t number)
    {
        Worker &worker = m_workers[number];
        auto scan = worker.scanner.scanStream(
            [&](char *to, qint64 most) { return readSome(file.descriptor, to, most, m_progress); });
        ++m_progress.files;
        if (!scan)
            return tl::unexpected(scan.error());
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
        }
        std::ranges::sort(all.found, [](const FoundSecret &one, const FoundSecret &other) {
            return std::tie(one.path, one.hit.offset) < std::tie(other.path, other.hit.offset);
        });
        return all;
    }

private:
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
    TreeProgress &m_progress;
    std::atomic<size_t> m_kept{0};
};

} // namespace

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
    TreeScanner scanner(std::move(workers), progress);
    return walkTree(root, {static_cast<int>(threads), settings.token},
                    [&](const WalkedFile &file, size_t worker) { return scanner.visit(file, worker); })
        .map([&](const WalkTotals &walk) { return scanner.merged(walk); });
}

} // namespace cockpit
