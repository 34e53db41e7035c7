#include "checks/secrets/inputscan.h"

#include "checks/secrets/descriptorreading.h"

#include <poll.h>

namespace cockpit {

namespace {

// Waits for more in steps, so that a stop is heard while nobody writes.
Result<qint64> readWaiting(int descriptor, char *to, qint64 most, const CancelToken &cancel, TreeProgress &progress)
{
    constexpr int step = static_cast<int>(kLongestBlindWait.count());
    while (!cancel.isCancelled()) {
        pollfd waiting{descriptor, POLLIN, 0};
        if (::poll(&waiting, 1, step) == 0)
            continue;
        auto got = readSome(descriptor, to, most);
        progress.bytes += got.value_or(0);
        return got;
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
    if (const Error *trouble = text->trouble())
        return tl::unexpected<Error>(*trouble);
    ++progress.files;
    TreeScan scan;
    scan.walk.files = 1;
    scan.walk.isStopped = settings.token.isCancelled();
    scan.bytes = text->bytes;
    scan.binaries = text->isPassedOver() ? 1 : 0;
    scan.programs = text->isProgram && !text->isClosed ? 1 : 0;
    scan.cutFiles = text->isCut ? 1 : 0;
    scan.vainMarks = text->vainMarks;
    for (SecretHit &hit : text->hits)
        scan.found.push_back({std::move(hit), "-"});
    return scan;
}

} // namespace cockpit
