#include "checks/secrets/hittrees.h"

#include "checks/secrets/structureobject.h"

#include <algorithm>

namespace cockpit {

namespace {

// Some 15 MB a generation. Linux has about as many different folders in ten thousand commits.
constexpr quint32 kMostBarren = 400'000;
constexpr size_t kMostWeight = 150'000;
// Of the wanted blobs in one commit. A tree that contains itself ten times, ten levels deep, has ten thousand million.
constexpr qint64 kMostPlaces = 200'000;

} // namespace

size_t HitTrees::OidHash::operator()(const git_oid &id) const
{
    size_t hash = 0;
    std::memcpy(&hash, id.id, sizeof hash);
    return hash;
}

std::optional<HitTreePtr> HitTrees::known(const git_oid &tree) const
{
    if (m_barren.contains(tree) || m_olderBarren.contains(tree))
        return HitTreePtr();
    for (const Known *generation : {&m_fruitful, &m_olderFruitful}) {
        if (const auto found = generation->find(tree); found != generation->end())
            return found->second;
    }
    return std::nullopt;
}

void HitTrees::remember(const git_oid &tree, const HitTreePtr &found)
{
    if (!found) {
        if (m_barren.size() >= kMostBarren) {
            std::swap(m_olderBarren, m_barren);
            m_barren.clear();
        }
        m_barren.insert(tree);
        return;
    }
    if (m_weight > kMostWeight) {
        std::swap(m_olderFruitful, m_fruitful);
        m_fruitful.clear();
        m_weight = 0;
    }
    m_weight += 1 + found->blobs.size() + found->folders.size();
    m_fruitful.insert_or_assign(tree, found);
}

HitTreePtr HitTrees::read(const git_oid &tree, int depth)
{
    if (const auto found = known(tree)) {
        if (*found)
            m_fruitful.try_emplace(tree, *found); // young again
        else
            m_barren.insert(tree);
        return *found;
    }
    if (depth > kDeepestFolder) {
        m_isWhole = false;
        return nullptr;
    }
    GitOdbObject object;
    const int code = readStructure(m_odb, tree, object);
    HitTreePtr found;
    if (code < 0 || git_odb_object_type(object.get()) != GIT_OBJECT_TREE)
        ++m_unreadable;
    else
        found = parse(tree,
                      QByteArrayView(static_cast<const char *>(git_odb_object_data(object.get())),
                                     static_cast<qsizetype>(git_odb_object_size(object.get()))),
                      depth);
    remember(tree, found);
    return found;
}

void HitTrees::takeHit(const QByteArray &name, quint32 hit, HitTree &made)
{
    if (made.places >= kMostPlaces) {
        m_isWhole = false;
        return;
    }
    made.blobs.push_back({name, hit});
    ++made.places;
}

// The entry itself, when its name or its file is wanted.
void HitTrees::takeEntry(const TreeEntry &entry, HitTree &made)
{
    if (!m_names.empty()) {
        const auto named = m_names.find(QByteArray::fromRawData(entry.name.data(), entry.name.size()));
        if (named != m_names.end())
            takeHit(named->first, named->second, made);
    }
    if (entry.kind != TreeEntryKind::File)
        return;
    if (const auto hit = m_wanted.find(entry.id))
        takeHit(entry.name.toByteArray(), *hit, made);
}

HitTreePtr HitTrees::parse(const git_oid &tree, QByteArrayView bytes, int depth)
{
    HitTree made{.id = tree};
    const bool isComplete = forEachTreeEntry(bytes, [&](const TreeEntry &entry) {
        takeEntry(entry, made);
        if (entry.kind != TreeEntryKind::Folder)
            return;
        const HitTreePtr below = read(entry.id, depth + 1);
        if (!below)
            return;
        if (made.places + below->places > kMostPlaces) {
            m_isWhole = false;
            return;
        }
        made.folders.push_back({entry.name.toByteArray(), below});
        made.places += below->places;
    });
    if (!isComplete)
        ++m_unreadable;
    if (made.places == 0)
        return nullptr;
    // Git sorts folders as if their names ended in a slash, and a broken tree not at all: sorted again, two can be
    // compared.
    std::ranges::stable_sort(made.blobs, {}, &HitTree::Blob::name);
    std::ranges::stable_sort(made.folders, {}, &HitTree::Folder::name);
    return std::make_shared<const HitTree>(std::move(made));
}

} // namespace cockpit
