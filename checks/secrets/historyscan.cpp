#include "checks/secrets/historyscan.h"

#include "checks/secrets/historyscanner.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(HistoryScan)
};

// Without the submodules that somebody looks at.
BlobGaps gapsBeside(const QStringList &lookedAt, BlobGaps gaps, const GitRepository &repository)
{
    QStringList places;
    for (const QString &place : lookedAt)
        places << QFileInfo(place).canonicalFilePath();
    const QDir tree(repository.workTree());
    std::erase_if(gaps.submodules, [&](const QByteArray &path) {
        const QString place = QFileInfo(tree.filePath(QFile::decodeName(path))).canonicalFilePath();
        return !place.isEmpty() && places.contains(place);
    });
    return gaps;
}

} // namespace

Result<HistoryScan> scanHistory(const GitRepository &repository, const BlobWalk &walk,
                                const std::shared_ptr<const PatternSet> &patterns, const ScanSettings &settings,
                                HistoryProgress &progress, const QStringList &lookedAt)
{
    HistoryScanner scanner(walk, patterns, settings, progress);
    progress.objects = walk.counts().objects;
    progress.stage = HistoryStage::Reading;
    if (auto read = scanner.read(); !read)
        return tl::unexpected(read.error());
    if (auto placed = scanner.placePeople(repository); !placed)
        return tl::unexpected(placed.error());
    HistoryScan scan;
    scanner.fill(scan, gapsBeside(lookedAt, walk.gaps(), repository));
    progress.stage = HistoryStage::Placing;
    // What is staged has its paths; the rest is asked for once, whatever the number of objects.
    const std::vector<QByteArray> objects = scanner.ledger().objectsWithoutPath();
    const std::vector<QByteArray> names = scanner.ledger().names();
    std::vector<BlobPlace> places;
    bool isHalfRead = false;
    if (!objects.empty() || !names.empty()) {
        const auto report = findPlaces(repository, objects, walk.commits(), settings.token, names);
        if (!report && report.error().kind != ErrorKind::Cancelled)
            return tl::unexpected(report.error());
        if (report) {
            places = report->places;
            isHalfRead = report->unreadable > 0;
            if (isHalfRead)
                scan.gaps += Text::tr("%n commit(s) or folder(s) of the history are broken: places in them may be "
                                      "missing.",
                                      nullptr, static_cast<int>(report->unreadable));
            if (!report->isWhole)
                scan.gaps += Text::tr("The history has more folders than are followed: some paths may be missing.");
        }
    }
    scan.isStopped = settings.token.isCancelled();
    scan.found = scanner.ledger().found(places, isHalfRead);
    scan.vainMarks = std::ranges::count_if(
        scan.found, [](const FoundSecret &found) { return found.hit.markTrouble != MarkTrouble::None; });
    return scan;
}

} // namespace cockpit
