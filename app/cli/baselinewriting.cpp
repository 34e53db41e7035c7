#include "app/cli/baselinewriting.h"

#include "checks/secrets/headfiles.h"

#include <algorithm>

namespace cockpit {

namespace {

bool isFinding(const ReportedSecret &secret)
{
    return secret.standing == Standing::Open || secret.standing == Standing::InBaseline;
}

bool isOfFile(const FoundSecret &place)
{
    return place.history == nullptr;
}

// What git has of the findings.
class Committed
{
public:
    [[nodiscard]] static Result<Committed> of(const SecretsReport &report, const HeadLook &look)
    {
        Committed all;
        // One repository's history was looked at: the root's.
        const HeadFiles sharing(look.root, look.sharedBy, look.settings.token);
        all.m_countsHistory = report.history && sharing.isOfSharing(look.root);
        std::vector<FoundSecret> inFiles;
        for (const ReportedSecret &secret : report.secrets) {
            if (isFinding(secret) && !all.isInHistory(secret))
                std::ranges::copy_if(secret.places, std::back_inserter(inFiles), isOfFile);
        }
        auto inHead = placesInHead(inFiles, look);
        if (!inHead)
            return tl::unexpected(inHead.error());
        all.m_inHead = std::move(*inHead);
        return all;
    }

    // The one that matters most of those that a commit has: others find nothing in a file that only lies here, and need
    // not know what it holds. Null: there is none.
    const FoundSecret *placeOf(const ReportedSecret &secret) const
    {
        const auto place =
            std::ranges::find_if(secret.places, [&](const FoundSecret &one) { return hasPlace(secret, one); });
        return place == secret.places.end() ? nullptr : &*place;
    }

private:
    bool isInHistory(const ReportedSecret &secret) const
    {
        return m_countsHistory && std::ranges::any_of(secret.places, isCommitted);
    }

    bool hasPlace(const ReportedSecret &secret, const FoundSecret &place) const
    {
        if (!isOfFile(place))
            return m_countsHistory && isCommitted(place);
        const bool isThere = m_countsHistory && std::ranges::any_of(secret.places, [&place](const FoundSecret &other) {
                                 return isCommitted(other) && other.path == place.path;
                             });
        return isThere || m_inHead.contains(headPlaceOf(place));
    }

    bool m_countsHistory = false;
    HeadPlaces m_inHead;
};

} // namespace

Result<WrittenBaseline> writtenBaseline(const SecretsReport &report, const HeadLook &look, const LeakBaseline &kept,
                                        SlowHashes &hashes)
{
    const auto committed = Committed::of(report, look);
    if (!committed)
        return tl::unexpected(committed.error());
    WrittenBaseline written;
    std::vector<FoundSecret> accepted;
    for (const ReportedSecret &secret : report.secrets) {
        if (!isFinding(secret))
            continue;
        if (const FoundSecret *place = committed->placeOf(secret)) {
            accepted.push_back(*place);
            continue;
        }
        ++written.uncommitted;
        written.noLongerAccepted += secret.standing == Standing::InBaseline ? 1 : 0;
    }
    auto file = leakBaselineFile(kept, accepted, hashes);
    if (!file)
        return tl::unexpected(file.error());
    written.file = std::move(*file);
    written.accepted = static_cast<qsizetype>(accepted.size());
    return written;
}

} // namespace cockpit
