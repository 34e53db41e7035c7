#include "checks/secrets/broughtlines.h"

#include <git2.h>

#include <algorithm>
#include <memory>

namespace cockpit {

namespace {

using GitBlob = std::unique_ptr<git_blob, decltype(&git_blob_free)>;

} // namespace

BroughtLines::BroughtLines(git_repository *repository, const EarlierVersions &earlier, QByteArrayView now,
                           const CancelToken &token)
    : m_isAll(earlier.isNew || earlier.places.empty())
{
    if (m_isAll)
        return;
    // Counted once: a file may have thousands of hits.
    for (qsizetype at = now.indexOf('\n'); at >= 0; at = now.indexOf('\n', at + 1))
        m_lineEnds.push_back(at);
    git_diff_options options = GIT_DIFF_OPTIONS_INIT;
    options.context_lines = 0;
    options.flags = GIT_DIFF_FORCE_TEXT; // UTF-16 has lines, too
    const auto onHunk = [](const git_diff_delta *, const git_diff_hunk *hunk, void *ranges) {
        if (hunk->new_lines > 0)
            static_cast<Ranges *>(ranges)->push_back({hunk->new_start, hunk->new_start + hunk->new_lines - 1});
        return 0;
    };
    for (const std::vector<git_oid> &versions : earlier.places) {
        std::vector<Ranges> place;
        for (const git_oid &version : versions) {
            if (token.isCancelled()) {
                m_isAll = true;
                return;
            }
            git_blob *found = nullptr;
            const bool isThere = git_blob_lookup(&found, repository, &version) == 0;
            const GitBlob before(found, git_blob_free);
            Ranges ranges;
            const bool isCompared =
                isThere && git_diff_blob_to_buffer(found, nullptr, now.data(), static_cast<size_t>(now.size()), nullptr,
                                                   &options, nullptr, nullptr, onHunk, nullptr, &ranges) == 0;
            m_isAll = m_isAll || !isCompared;
            place.push_back(std::move(ranges));
        }
        m_places.push_back(std::move(place));
    }
}

// In one of the places it is in none of the versions that were there.
bool BroughtLines::isBrought(qint64 line) const
{
    const auto holds = [line](const Ranges &ranges) {
        const auto range = std::ranges::lower_bound(ranges, line, {}, &Range::last);
        return range != ranges.end() && range->first <= line;
    };
    return std::ranges::any_of(m_places,
                               [&](const std::vector<Ranges> &place) { return std::ranges::all_of(place, holds); });
}

qint64 BroughtLines::lineOf(qsizetype at) const
{
    return 1 + (std::ranges::lower_bound(m_lineEnds, at) - m_lineEnds.begin());
}

bool BroughtLines::bring(qsizetype start, qsizetype end) const
{
    if (m_isAll)
        return true;
    const qint64 last = lineOf(std::max(start, end - 1));
    for (qint64 line = lineOf(start); line <= last; ++line) {
        if (isBrought(line))
            return true;
    }
    return false;
}

} // namespace cockpit
