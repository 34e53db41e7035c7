#include "checks/secrets/treescan.h"

#include "checks/secrets/archivescan.h"
#include "checks/secrets/descriptorreading.h"
#include "checks/secrets/lfsfile.h"
#include "checks/secrets/namescan.h"
#include "checks/secrets/ownsettings.h"
#include "checks/secrets/repositoryitself.h"
#include "checks/secrets/scanthreads.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <tuple>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TreeWalk)
};

// What one thread found: nobody else looks at it before the walk is over.
struct Worker
{
    std::unique_ptr<TextScanner> scanner; // stays in its place: the names are looked at with it, too
    std::unique_ptr<NameScan> names = nullptr;
    std::vector<FoundSecret> found = {};
    qint64 bytes = 0;
    qint64 binaries = 0;
    qint64 programs = 0;
    qint64 cutFiles = 0;
    qint64 vainMarks = 0;
    qint64 archives = 0;
    qint64 archivedTexts = 0;
    qint64 archivedBinaries = 0;
    QStringList archiveGaps = {};
    qint64 lfsPointers = 0;
    QStringList lfsNames = {}; // of the first of them
};

constexpr qsizetype kMostLfsNames = 3;

struct Beginning
{
    bool isArchive = false;
    bool isLfsPointer = false;
};

// By what the file begins with; it stays at its start.
Beginning beginningOf(const WalkedFile &file)
{
    std::array<char, 512> bytes{};
    const ssize_t got = ::pread(file.descriptor, bytes.data(), bytes.size(), 0);
    const QByteArrayView beginning(bytes.data(), std::max<ssize_t>(got, 0));
    return {.isArchive = got > 0 && isArchive(beginning, shownPath(file.path)),
            .isLfsPointer = isLfsPointer(beginning, file.size)};
}

// Empty where there is none.
QString lfsSentence(qint64 pointers, const QStringList &names)
{
    if (pointers == 0)
        return {};
    const QString first = names.mid(0, kMostLfsNames).join(", "_L1);
    const qint64 others = pointers - std::min<qint64>(pointers, kMostLfsNames);
    const QString all = others == 0 ? first : Text::tr("%1 and %2 more").arg(first, QString::number(others));
    return Text::tr("Git LFS: only the pointer is here, and the file was not looked at, of %1. To have them here: git "
                    "lfs pull")
        .arg(all);
}

Result<qint64> readCounting(int descriptor, char *to, qint64 most, TreeProgress &progress)
{
    auto got = readSome(descriptor, to, most);
    progress.bytes += got.value_or(0);
    return got;
}

class TreeScanner
{
public:
    TreeScanner(std::vector<Worker> workers, const CancelToken &cancel, TreeProgress &progress)
        : m_workers(std::move(workers)), m_archives(ArchiveLimits{}, cancel), m_progress(progress)
    {
        for (Worker &worker : m_workers)
            worker.names =
                std::make_unique<NameScan>(*worker.scanner, [this, &worker](const QByteArray &path, SecretHit hit) {
                    keepHit(worker, {.hit = std::move(hit), .path = path, .isInName = true});
                });
    }

    Result<void> visit(const WalkedFile &file, size_t number)
    {
        Worker &worker = m_workers[number];
        worker.names->add(file.path);
        const auto [looksPacked, isPointer] = beginningOf(file);
        if (isPointer)
            noteLfsPointer(worker, file.path);
        if (looksPacked && visitArchive(file, worker)) {
            ++m_progress.files;
            return {};
        }
        const ReadBytes read = [&](char *to, qint64 most) {
            return readCounting(file.descriptor, to, most, m_progress);
        };
        worker.scanner->setLanguage(languageOf(file.path));
        auto scan = worker.scanner->scanStream(read);
        const bool isNoText = scan && (scan->isBinary || scan->isProgram);
        const bool isSettings = isNoText && !looksPacked && mayBeOwnSettings(file.path);
        if (isSettings && ::lseek(file.descriptor, 0, SEEK_SET) == 0)
            scan = worker.scanner->scanStream(read, Programs::AsText);
        ++m_progress.files;
        if (!scan)
            return tl::unexpected(scan.error());
        if (looksPacked && isNoText && worker.archiveGaps.size() < TreeScan::kMostGaps)
            worker.archiveGaps += Text::tr("%1 looks like an archive and could not be opened: it was not looked at.")
                                      .arg(shownPath(file.path));
        keep(worker, file.path, *scan, isSettings);
        if (const Error *trouble = scan->trouble())
            return tl::unexpected<Error>(*trouble);
        return {};
    }

    TreeScan merged(WalkTotals walk)
    {
        TreeScan all;
        QStringList lfsNames;
        all.walk = std::move(walk);
        for (Worker &worker : m_workers) {
            if (const auto named = worker.names->finish(); !named && named.error().kind != ErrorKind::Cancelled)
                all.archiveGaps +=
                    Text::tr("The names of files were not searched for secrets: %1").arg(named.error().message);
            std::ranges::move(worker.found, std::back_inserter(all.found));
            all.bytes += worker.bytes;
            all.binaries += worker.binaries;
            all.programs += worker.programs;
            all.cutFiles += worker.cutFiles;
            all.vainMarks += worker.vainMarks;
            all.archives += worker.archives;
            all.archivedTexts += worker.archivedTexts;
            all.archivedBinaries += worker.archivedBinaries;
            all.archiveGaps += worker.archiveGaps;
            all.lfsPointers += worker.lfsPointers;
            lfsNames += worker.lfsNames;
        }
        lfsNames.sort();
        if (const QString sentence = lfsSentence(all.lfsPointers, lfsNames); !sentence.isEmpty())
            all.archiveGaps.prepend(sentence);
        all.archiveGaps.removeDuplicates(); // what no worker has the memory for
        all.archiveGaps = all.archiveGaps.mid(0, TreeScan::kMostGaps);
        const auto keyOf = [](const FoundSecret &found) {
            return std::tie(found.path, found.isInName, found.hit.offset, found.hit.fingerprint);
        };
        std::ranges::sort(all.found,
                          [&](const FoundSecret &one, const FoundSecret &other) { return keyOf(one) < keyOf(other); });
        // Several workers saw files of one folder, and its name.
        const auto isSame = [&](const FoundSecret &one, const FoundSecret &other) {
            return one.isInName && keyOf(one) == keyOf(other);
        };
        all.found.erase(std::unique(all.found.begin(), all.found.end(), isSame), all.found.end());
        return all;
    }

private:
    static void noteLfsPointer(Worker &worker, const QByteArray &path)
    {
        ++worker.lfsPointers;
        if (worker.lfsNames.size() < kMostLfsNames)
            worker.lfsNames += shownPath(path);
    }

    // False for what only begins like an archive.
    bool visitArchive(const WalkedFile &file, Worker &worker)
    {
        const QString shown = shownPath(file.path);
        ArchiveScan archive;
        const auto looked = m_archives.scanFile(file.descriptor, shown, *worker.scanner, archive);
        if (!looked && looked.error().kind == ErrorKind::Protocol) {
            ::lseek(file.descriptor, 0, SEEK_SET);
            return false;
        }
        m_progress.bytes += archive.bytes;
        ++worker.archives;
        worker.archivedTexts += archive.texts;
        worker.programs += archive.programs;
        worker.archivedBinaries += archive.binaries;
        worker.binaries += archive.isClosed ? 1 : 0;
        worker.bytes += archive.bytes;
        worker.cutFiles += archive.cutTexts;
        worker.vainMarks += archive.vainMarks;
        if (worker.archiveGaps.size() < TreeScan::kMostGaps)
            worker.archiveGaps += archive.gaps(shown);
        for (ArchivedHit &found : archive.found)
            keepHit(worker, {.hit = std::move(found.hit),
                             .path = file.path + found.inner,
                             .isInName = found.isInName,
                             .inner = found.inner.size()});
        return true;
    }

    void keepHit(Worker &worker, FoundSecret found)
    {
        if (m_kept.fetch_add(1) >= TreeScan::kMostFound) {
            ++worker.cutFiles;
            return;
        }
        found.weight = weightOf(found.path);
        found.hit.severity = weighed(found.hit.severity, found.weight);
        worker.found.push_back(std::move(found));
    }

    void keep(Worker &worker, const QByteArray &path, TextScan &scan, bool isInBinary)
    {
        worker.bytes += scan.bytes;
        worker.binaries += scan.isPassedOver() ? 1 : 0;
        worker.programs += scan.isProgram && !scan.isClosed ? 1 : 0;
        worker.vainMarks += scan.vainMarks;
        const PlaceWeight weight = scan.hits.empty() ? PlaceWeight::Full : weightOf(path);
        const size_t before = m_kept.fetch_add(scan.hits.size());
        const size_t room = TreeScan::kMostFound - std::min(before, TreeScan::kMostFound);
        worker.cutFiles += scan.isCut || scan.hits.size() > room ? 1 : 0;
        for (size_t i = 0; i < std::min(room, scan.hits.size()); ++i) {
            SecretHit &hit = scan.hits[i];
            hit.severity = weighed(hit.severity, weight);
            worker.found.push_back({.hit = std::move(hit), .path = path, .weight = weight, .isInBinary = isInBinary});
        }
    }

    std::vector<Worker> m_workers;
    ArchiveScanner m_archives;
    TreeProgress &m_progress;
    std::atomic<size_t> m_kept{0};
};

enum class GitsOwn { Scanned, LeftOut };

// By the path below the folder of a repository.
bool isGitsOwn(const QByteArray &path)
{
    static const QByteArrayList all{"objects", "refs", "HEAD", "index", "packed-refs"};
    return all.contains(path);
}

Result<TreeScan> scanFolder(const QString &root, const std::shared_ptr<const PatternSet> &patterns,
                            const ScanSettings &settings, TreeProgress &progress, GitsOwn gitsOwn)
{
    const bool leavesOut = gitsOwn == GitsOwn::LeftOut;
    const unsigned threads = scanThreads(settings.threads);
    std::vector<Worker> workers;
    workers.reserve(threads);
    for (unsigned i = 0; i < threads; ++i) {
        auto scanner = TextScanner::make(patterns, settings);
        if (!scanner)
            return tl::unexpected(scanner.error());
        workers.push_back({std::make_unique<TextScanner>(std::move(*scanner))});
    }
    TreeScanner scanner(std::move(workers), settings.token, progress);
    OutsideSettings outside(root);
    const WalkSettings walk{.threads = static_cast<int>(threads),
                            .token = settings.token,
                            .sawLink = [&outside](const QByteArray &path) { outside.note(path); },
                            .enters = [=](const QByteArray &folder) { return !leavesOut || !isGitsOwn(folder); }};
    std::atomic<qint64> leftOut{0};
    const auto visit = [&](const WalkedFile &file, size_t worker) -> Result<void> {
        if (!leavesOut || !isGitsOwn(file.path))
            return scanner.visit(file, worker);
        ++leftOut;
        return {};
    };
    return walkTree(root, walk, visit).map([&](const WalkTotals &totals) {
        TreeScan scan = scanner.merged(totals);
        scan.walk.files -= leftOut;
        scan.outside = outside.files();
        return scan;
    });
}

} // namespace

Result<TreeScan> scanTree(const QString &root, const std::shared_ptr<const PatternSet> &patterns,
                          const ScanSettings &settings, TreeProgress &progress)
{
    return scanFolder(root, patterns, settings, progress, GitsOwn::Scanned);
}

Result<TreeScan> scanBesideHistory(const QString &repository, const std::shared_ptr<const PatternSet> &patterns,
                                   const ScanSettings &settings, TreeProgress &progress)
{
    return scanFolder(repository, patterns, settings, progress, GitsOwn::LeftOut);
}

} // namespace cockpit
