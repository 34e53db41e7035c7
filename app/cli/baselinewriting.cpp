#include "app/cli/baselinewriting.h"

#include "checks/secrets/outsidegit.h"

#include <algorithm>

namespace cockpit {

namespace {

bool isFinding(const ReportedSecret &secret)
{
    return secret.standing == Standing::Open || secret.standing == Standing::InBaseline;
}

bool isInGit(const ReportedSecret &secret)
{
    return std::ranges::any_of(secret.places, [](const FoundSecret &place) { return place.history != nullptr; });
}

// Where it lies on the disk: git is asked about an archive, not about what is in it.
FoundSecret onDisk(FoundSecret place)
{
    if (const qsizetype inner = place.path.indexOf("!/"); inner > 0)
        place.path.truncate(inner);
    return place;
}

} // namespace

Result<WrittenBaseline> writtenBaseline(const SecretsReport &report, const QString &root, const LeakBaseline &kept,
                                        const CancelToken &token)
{
    std::vector<FoundSecret> inFiles;
    for (const ReportedSecret &secret : report.secrets) {
        if (isFinding(secret) && !isInGit(secret))
            std::ranges::transform(secret.places, std::back_inserter(inFiles), onDisk);
    }
    const auto outside = fingerprintsOutsideGit(root, inFiles, token);
    WrittenBaseline written;
    std::vector<FoundSecret> accepted;
    for (const ReportedSecret &secret : report.secrets) {
        if (!isFinding(secret))
            continue;
        if (outside.contains(secret.main().hit.fingerprint))
            ++written.outsideGit;
        else
            accepted.push_back(secret.main());
    }
    auto file = leakBaselineFile(kept, accepted, token);
    if (!file)
        return tl::unexpected(file.error());
    written.file = std::move(*file);
    return written;
}

} // namespace cockpit
