#include "checks/secrets/broughtlines.h"

#include "checks/secrets/githandles.h"
#include "checks/secrets/lfsfile.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>

namespace cockpit {

// Of a file with what it was before.
class BroughtLines::Comparison
{
public:
    Comparison(const Means &means, QByteArrayView now) : m_means(means), m_now(now)
    {
        m_options.context_lines = 0;
        m_options.flags = GIT_DIFF_FORCE_TEXT; // UTF-16 has lines, too
        git_odb *opened = nullptr;
        git_repository_odb(&opened, means.repository);
        m_odb.reset(opened);
    }

    // Waits where they are many. False for too many, and when stopped.
    bool hasRoomFor(qint64 bytes, size_t lines)
    {
        if (bytes > kMostBytes || lines > kMostLines)
            return false;
        if (bytes <= kManyBytes && lines <= kManyLines)
            return true;
        m_hasRoom = m_hasRoom || m_means.waitForRoom();
        return m_hasRoom;
    }

    // Nothing: it cannot be compared.
    std::optional<Ranges> newBeside(const git_oid &version)
    {
        size_t size = 0;
        git_object_t type = GIT_OBJECT_INVALID;
        if (m_means.token.isCancelled() || !m_odb || git_odb_read_header(&size, &type, m_odb.get(), &version) < 0 ||
            !hasRoomFor(static_cast<qint64>(size), 0))
            return std::nullopt;
        git_blob *found = nullptr;
        if (git_blob_lookup(&found, m_means.repository, &version) < 0)
            return std::nullopt;
        const GitBlob before(found);
        const QByteArrayView text(static_cast<const char *>(git_blob_rawcontent(found)),
                                  static_cast<qsizetype>(git_blob_rawsize(found)));
        if (!m_means.readLfs || !isLfsPointer(text, text.size()))
            return newBeside(text);
        // The pointer has none of the file's lines.
        const auto pointer = parseLfsPointer(text);
        if (!pointer || !hasRoomFor(pointer->size, 0))
            return std::nullopt;
        const auto file = m_means.readLfs(text);
        return file ? newBeside(QByteArrayView(file->data(), static_cast<qsizetype>(file->size()))) : std::nullopt;
    }

private:
    using GitBlob = std::unique_ptr<git_blob, FreedBy<git_blob_free>>;

    std::optional<Ranges> newBeside(QByteArrayView before)
    {
        if (!hasRoomFor(before.size(), static_cast<size_t>(std::ranges::count(before, '\n'))))
            return std::nullopt;
        const auto onHunk = [](const git_diff_delta *, const git_diff_hunk *hunk, void *ranges) {
            if (hunk->new_lines > 0)
                static_cast<Ranges *>(ranges)->push_back({hunk->new_start, hunk->new_start + hunk->new_lines - 1});
            return 0;
        };
        Ranges ranges;
        if (git_diff_buffers(before.data(), static_cast<size_t>(before.size()), nullptr, m_now.data(),
                             static_cast<size_t>(m_now.size()), nullptr, &m_options, nullptr, nullptr, onHunk, nullptr,
                             &ranges) < 0)
            return std::nullopt;
        return ranges;
    }

    const Means &m_means;
    QByteArrayView m_now;
    git_diff_options m_options = GIT_DIFF_OPTIONS_INIT;
    GitOdb m_odb;
    bool m_hasRoom = false;
};

BroughtLines::BroughtLines(const Means &means, const EarlierVersions &earlier, QByteArrayView now)
    : m_isAll(earlier.isNew || earlier.places.empty())
{
    if (m_isAll)
        return;
    Comparison comparison(means, now);
    m_isAll = !countLines(now) || !comparison.hasRoomFor(now.size(), m_lineEnds.size());
    for (const std::vector<git_oid> &versions : earlier.places) {
        std::vector<Ranges> place;
        for (const git_oid &version : versions) {
            auto ranges = m_isAll ? std::nullopt : comparison.newBeside(version);
            m_isAll = m_isAll || !ranges;
            if (m_isAll)
                return;
            place.push_back(std::move(*ranges));
        }
        m_places.push_back(std::move(place));
    }
}

// Once for all hits: a file may have thousands. False for too many.
bool BroughtLines::countLines(QByteArrayView now)
{
    for (qsizetype at = now.indexOf('\n'); at >= 0; at = now.indexOf('\n', at + 1)) {
        if (m_lineEnds.size() == kMostLines)
            return false;
        m_lineEnds.push_back(at);
    }
    return true;
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
