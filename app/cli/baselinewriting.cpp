#include "app/cli/baselinewriting.h"

#include "checks/secrets/headfiles.h"

#include <algorithm>

namespace cockpit {

namespace {

bool isFinding(const ReportedSecret &secret)
{
    return secret.standing == Standing::Open || secret.standing == Standing::InBaseline;
}

// Of the findings, by their fingerprints.
Result<std::set<QByteArray>> committedOf(const SecretsReport &report, const HeadLook &look)
{
    // One repository's history was looked at: the root's.
    const HeadFiles sharing(look.root, look.sharedBy, look.settings.token);
    const bool countsHistory = report.history && sharing.isOfSharing(look.root);
    std::set<QByteArray> committed;
    std::vector<FoundSecret> inFiles;
    for (const ReportedSecret &secret : report.secrets) {
        if (!isFinding(secret))
            continue;
        if (countsHistory && std::ranges::any_of(secret.places, isCommitted))
            committed.insert(secret.main().hit.fingerprint);
        else
            std::ranges::copy_if(secret.places, std::back_inserter(inFiles),
                                 [](const FoundSecret &place) { return place.history == nullptr; });
    }
    auto inHead = fingerprintsInHead(inFiles, look);
    if (!inHead)
        return inHead;
    committed.merge(*inHead);
    return committed;
}

} // namespace

Result<WrittenBaseline> writtenBaseline(const SecretsReport &report, const HeadLook &look, const LeakBaseline &kept,
                                        SlowHashes &hashes)
{
    const auto committed = committedOf(report, look);
    if (!committed)
        return tl::unexpected(committed.error());
    WrittenBaseline written;
    std::vector<FoundSecret> accepted;
    for (const ReportedSecret &secret : report.secrets) {
        if (!isFinding(secret))
            continue;
        if (committed->contains(secret.main().hit.fingerprint)) {
            accepted.push_back(secret.main());
            continue;
        }
        ++written.uncommitted;
        written.noLongerAccepted += secret.standing == Standing::InBaseline ? 1 : 0;
    }
    auto file = leakBaselineFile(kept, accepted, hashes);
    if (!file)
        return tl::unexpected(file.error());
    written.file = std::move(*file);
    return written;
}

} // namespace cockpit
