#include "checks/secrets/trailwalk.h"

#include <algorithm>

namespace cockpit {

namespace {

// Calls onPair(before, after) for the elements of two lists by name; null where one has none.
template<typename List, typename OnPair>
void pairByName(const List &before, const List &after, const OnPair &onPair)
{
    auto old = before.begin();
    auto now = after.begin();
    while (old != before.end() || now != after.end()) {
        if (now == after.end() || (old != before.end() && old->name < now->name))
            onPair(&*old++, nullptr);
        else if (old == before.end() || now->name < old->name)
            onPair(nullptr, &*now++);
        else
            onPair(&*old++, &*now++);
    }
}

const HitTree kNothing{};

} // namespace

void TrailWalk::compareBlobs(const HitTree *before, const HitTree *after, const QByteArray &path)
{
    pairByName(before->blobs, after->blobs, [&](const HitTree::Blob *old, const HitTree::Blob *now) {
        if (old && now && old->hit == now->hit)
            return;
        if (now)
            enter(now->hit, path, now->name);
        if (old)
            leave(old->hit);
    });
}

void TrailWalk::compare(const HitTree *before, const HitTree *after, QByteArray &path)
{
    if (before == after || (before && after && git_oid_cmp(&before->id, &after->id) == 0))
        return;
    before = before ? before : &kNothing;
    after = after ? after : &kNothing;
    const qsizetype length = path.size();
    pairByName(before->folders, after->folders, [&](const HitTree::Folder *old, const HitTree::Folder *now) {
        path.append(old ? old->name : now->name).append('/');
        compare(old ? old->tree.get() : nullptr, now ? now->tree.get() : nullptr, path);
        path.truncate(length);
    });
    compareBlobs(before, after, path);
}

void TrailWalk::enter(quint32 hit, const QByteArray &folder, const QByteArray &name)
{
    Trail &trail = m_trails[hit];
    if (trail.reach.value_or(m_reach) != m_reach)
        return; // commits with a stronger reach have it already
    trail.reach = m_reach;
    if (trail.standing++ == 0)
        trail.since = m_at;
    if (!trail.first) {
        trail.first = m_commit;
        trail.firstAt = m_at;
    }
    const QByteArray path = folder + name;
    if (std::ranges::find(trail.paths, path) != trail.paths.end())
        return;
    if (trail.paths.size() < BlobPlace::kMostPaths)
        trail.paths.push_back(path);
    else
        trail.hasMorePaths = true;
}

// Of the commits from one position to before another.
void TrailWalk::addHolders(size_t from, size_t to, Holders &holders) const
{
    for (size_t holder = 0; holder < m_steps.size(); ++holder) {
        const auto step = std::ranges::lower_bound(m_steps[holder], from);
        if (step != m_steps[holder].end() && *step < to)
            holders.add(static_cast<Holder>(holder));
    }
}

void TrailWalk::leave(quint32 hit)
{
    Trail &trail = m_trails[hit];
    if (trail.reach != m_reach || --trail.standing > 0)
        return;
    trail.commits += static_cast<qint64>(m_at - trail.since);
    addHolders(trail.since, m_at, trail.holders);
    trail.last = m_before;
    trail.lastAt = m_at;
}

} // namespace cockpit
