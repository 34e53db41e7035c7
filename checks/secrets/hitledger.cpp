#include "checks/secrets/hitledger.h"

#include "checks/secrets/historyscan.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace cockpit {

namespace {

// What stands beside git's objects stands in files of the repository.
QByteArray pathOfKind(BlobKind kind)
{
    switch (kind) {
    case BlobKind::File:
    case BlobKind::LfsPointer:
    case BlobKind::CommitMessage:
    case BlobKind::TagMessage:
    case BlobKind::Author:
    case BlobKind::Committer:
    case BlobKind::Tagger:
    case BlobKind::EntryNames: // which stand in paths of their own
        return {};
    case BlobKind::ReferenceNames:
        return ".git/refs";
    case BlobKind::ReflogMessages:
        return ".git/logs";
    case BlobKind::Configuration:
        return ".git/config";
    }
    Q_UNREACHABLE();
}

// A version that has the value, before versions are put together.
struct Version
{
    const SecretHit *hit = nullptr;
    const BlobPlace *place = nullptr; // none: stopped, staged, or beside the objects
    const HitOrigin *origin = nullptr;

    Reach reach() const { return place ? place->reach : Reach::Unreachable; }
};

qint64 secondsOf(const std::optional<CommitNote> &note)
{
    return note && note->authoredAt.isValid() ? note->authoredAt.toSecsSinceEpoch() : 0;
}

// Of those that a change brought, the strongest reach, and of that the earliest.
bool isEarlier(const Version &one, const Version &other)
{
    const auto keyOf = [](const Version &version) {
        const BlobPlace *place = version.place;
        return std::tuple(!version.origin->isBrought, version.reach(), place ? place->firstOrder : 0,
                          place ? secondsOf(place->first) : 0, version.origin->object, version.hit->offset);
    };
    return keyOf(one) < keyOf(other);
}

// HEAD's, else the last one of the strongest reach.
bool isLater(const Version &one, const Version &other)
{
    const auto keyOf = [](const Version &version) {
        const BlobPlace *place = version.place;
        return std::tuple(place && place->isInHead, -static_cast<int>(version.reach()), place ? place->lastOrder : 0,
                          place ? secondsOf(place->last) : 0);
    };
    return keyOf(one) > keyOf(other);
}

void addOtherPaths(HistoryPlace &history, const BlobPlace &place)
{
    for (size_t i = 1; i < place.paths.size() && history.otherPaths.size() < BlobPlace::kMostPaths; ++i) {
        if (std::ranges::find(history.otherPaths, place.paths[i]) == history.otherPaths.end())
            history.otherPaths.push_back(place.paths[i]);
    }
}

std::shared_ptr<const HistoryPlace> historyOf(const std::vector<Version> &versions, bool isHalfRead)
{
    const Version &first = *std::ranges::min_element(versions, isEarlier);
    const Version &last = *std::ranges::min_element(versions, isLater);
    auto history = std::make_shared<HistoryPlace>();
    history->kind = first.origin->kind;
    history->object = first.origin->object;
    const bool isBeside = first.origin->object.isEmpty() && first.origin->name.isEmpty();
    history->isStaged = !isBeside && !first.origin->path.isEmpty();
    if (isBeside || history->isStaged) {
        // Names of branches are pushed; reflogs and the configuration stay on this machine.
        history->reach = first.origin->kind == BlobKind::ReferenceNames ? Reach::References : Reach::Reflog;
        return history;
    }
    history->reach = first.reach();
    if (!first.place) {
        history->placing = Placing::Stopped;
        return history;
    }
    // What is missing may be what a branch leads through.
    if (isHalfRead && first.reach() != Reach::References)
        history->placing = Placing::HalfRead;
    history->first = first.place->first;
    history->last = last.place->last;
    std::set<const BlobPlace *> counted; // a value may stand twice in a version
    for (const Version &version : versions) {
        if (!version.place || !counted.insert(version.place).second)
            continue;
        history->commits += version.place->commits;
        history->holders.add(version.place->holders);
        history->isInHead = history->isInHead || version.place->isInHead;
        addOtherPaths(*history, *version.place);
    }
    return history;
}

FoundSecret secretOf(const QByteArray &path, const std::vector<Version> &versions, bool isHalfRead)
{
    const Version &first = *std::ranges::min_element(versions, isEarlier);
    FoundSecret secret{.hit = *first.hit, .path = path, .inner = first.origin->inner.size()};
    const SecretHit &latest = *std::ranges::min_element(versions, isLater)->hit;
    secret.hit.allowed = latest.allowed;
    secret.hit.markTrouble = latest.markTrouble;
    secret.hit.marks = latest.marks;
    secret.hit.settleMarks(languageOf(path));
    secret.history = historyOf(versions, isHalfRead);
    secret.isInName = std::ranges::all_of(versions, [](const Version &version) { return version.origin->isInName; });
    secret.weight = path.isEmpty() ? PlaceWeight::Full : weightOf(path);
    secret.hit.severity = weighed(secret.hit.severity, secret.weight);
    return secret;
}

} // namespace

void HitLedger::add(const HitOrigin &origin, std::vector<SecretHit> &hits)
{
    if (hits.empty())
        return;
    const std::lock_guard lock(m_mutex);
    for (SecretHit &hit : hits) {
        const auto known = m_values.constFind(hit.fingerprint);
        const bool isNew = known == m_values.cend();
        const bool hasRoom = m_kept.size() < HistoryScan::kMostHits ||
                             (isNew && m_kept.size() < HistoryScan::kMostHits + HistoryScan::kMostValues);
        if (!hasRoom) {
            m_isCut = true;
            continue;
        }
        if (isNew) {
            m_values.insert(hit.fingerprint, hit.masked);
        } else {
            hit.fingerprint = known.key();
            hit.masked = known.value();
        }
        m_kept.push_back({origin, std::move(hit)});
    }
}

std::vector<QByteArray> HitLedger::objectsWithoutPath() const
{
    std::set<QByteArray> objects;
    for (const Kept &kept : m_kept) {
        if (kept.origin.path.isEmpty() && !kept.origin.object.isEmpty())
            objects.insert(kept.origin.object);
    }
    return {objects.begin(), objects.end()};
}

std::vector<QByteArray> HitLedger::names() const
{
    std::set<QByteArray> all;
    for (const Kept &kept : m_kept) {
        if (!kept.origin.name.isEmpty())
            all.insert(kept.origin.name);
    }
    return {all.begin(), all.end()};
}

std::vector<FoundSecret> HitLedger::found(const std::vector<BlobPlace> &places, bool isHalfRead) const
{
    QHash<QByteArray, const BlobPlace *> byObject;
    QHash<QByteArray, const BlobPlace *> byName;
    for (const BlobPlace &place : places) {
        if (place.name.isEmpty())
            byObject.insert(place.id, &place);
        else
            byName.insert(place.name, &place);
    }
    // What has no path is one for each kind of text; what is in no commit at all, and stopped, for each object.
    using Key = std::tuple<QByteArray, BlobKind, QByteArray, QByteArray>; // path, kind, object, fingerprint
    std::map<Key, std::vector<Version>> byPlace;
    for (const Kept &kept : m_kept) {
        const BlobPlace *place =
            kept.origin.name.isEmpty() ? byObject.value(kept.origin.object) : byName.value(kept.origin.name);
        QByteArray path = kept.origin.path;
        if (path.isEmpty() && !place)
            path = kept.origin.name;
        if (path.isEmpty())
            path = place && !place->paths.empty() ? place->paths.front() : pathOfKind(kept.origin.kind);
        const bool isNameless = path.isEmpty() && kept.origin.kind == BlobKind::File;
        byPlace[{path + kept.origin.inner, kept.origin.kind, isNameless ? kept.origin.object : QByteArray(),
                 kept.hit.fingerprint}]
            .push_back({&kept.hit, place, &kept.origin});
    }
    std::vector<FoundSecret> all;
    all.reserve(byPlace.size());
    for (const auto &[key, versions] : byPlace) {
        const bool isBrought =
            std::ranges::any_of(versions, [](const Version &version) { return version.origin->isBrought; });
        if (isBrought)
            all.push_back(secretOf(std::get<0>(key), versions, isHalfRead));
    }
    return all;
}

} // namespace cockpit
