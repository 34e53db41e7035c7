#include "checks/secrets/blobplace.h"

#include "checks/secrets/commitgraph.h"
#include "checks/secrets/commitnote.h"
#include "checks/secrets/githeads.h"
#include "checks/secrets/hittrees.h"
#include "checks/secrets/trailwalk.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BlobPlace)
};

constexpr quint8 groupOf(Holder holder)
{
    return static_cast<quint8>(holder);
}

constexpr Holder holderOf(quint8 group)
{
    return static_cast<Holder>(group);
}

// The paths of what stands in a tree.
void addPaths(const HitTree &tree, const QByteArray &folder, std::vector<std::vector<QByteArray>> &paths)
{
    for (const HitTree::Folder &below : tree.folders)
        addPaths(*below.tree, folder + below.name + '/', paths);
    for (const HitTree::Blob &blob : tree.blobs) {
        if (paths[blob.hit].size() < BlobPlace::kMostPaths)
            paths[blob.hit].push_back(folder + blob.name);
    }
}

class PlaceSearch
{
public:
    PlaceSearch(const GitRepository &repository, git_odb *odb, const CancelToken &cancel)
        : m_repository(repository),
          m_odb(odb),
          m_cancel(cancel),
          m_graph(odb, cancel),
          m_heads(gitHeads(repository, cancel))
    {
    }

    Result<PlaceReport> run(const std::vector<QByteArray> &ids, const std::vector<QByteArray> &names,
                            const std::vector<QByteArray> &otherCommits);

private:
    bool readGraph(const std::vector<QByteArray> &otherCommits);
    std::vector<git_oid> headsOf(Holder holder) const;
    bool walk(HitTrees &trees);
    void followBareReferences(HitTrees &trees);
    void markHead(HitTrees &trees);
    BlobPlace placeOf(const QByteArray &id) const;
    BlobPlace placeOfTrail(BlobPlace place, quint32 hit) const;
    BlobPlace placeOfNote(BlobPlace place, const git_oid &id) const;
    Result<PlaceReport> stopped() const
    {
        return failure(ErrorKind::Cancelled, Text::tr("The search through the history was stopped."));
    }

    const GitRepository &m_repository;
    git_odb *m_odb;
    CancelToken m_cancel;
    CommitGraph m_graph;
    GitHeads m_heads;
    OidSet m_wanted;
    WantedNames m_names;
    std::vector<Trail> m_trails; // by number in m_wanted, and behind them by number in m_names
    std::vector<std::vector<QByteArray>> m_headPaths;
    qint64 m_commits = 0;
};

bool PlaceSearch::readGraph(const std::vector<QByteArray> &otherCommits)
{
    std::vector<git_oid> others;
    for (const QByteArray &id : otherCommits) {
        git_oid parsed;
        if (id.size() == GIT_OID_HEXSZ && git_oid_fromstr(&parsed, id.constData()) == 0)
            others.push_back(parsed);
    }
    using enum Holder;
    for (const Holder holder : {PushedBranch, Branch, Tag, Note, OtherReference, Stash}) {
        if (!m_graph.addReachable(headsOf(holder), groupOf(holder)))
            return false;
    }
    return m_graph.addReachable(m_heads.reflogs, groupOf(Reflog)) && m_graph.addReachable(others, groupOf(Nothing));
}

std::vector<git_oid> PlaceSearch::headsOf(Holder holder) const
{
    std::vector<git_oid> heads;
    for (size_t i = 0; i < m_heads.references.size(); ++i) {
        if (m_heads.holders[i] == holder)
            heads.push_back(m_heads.references[i]);
    }
    if (holder == Holder::Stash)
        heads.insert(heads.end(), m_heads.stashes.begin(), m_heads.stashes.end());
    return heads;
}

// The strongest reach first: what it has is not looked for in the others.
bool PlaceSearch::walk(HitTrees &trees)
{
    const std::vector<quint32> order = m_graph.oldestFirst();
    TrailWalk walk(trees, m_trails);
    for (const Reach reach : {Reach::References, Reach::Stash, Reach::Reflog, Reach::Unreachable}) {
        walk.start(reach);
        for (const quint32 commit : order) {
            if (m_cancel.isCancelled())
                return false;
            if (!m_graph.isThere(commit) || reachOf(holderOf(m_graph.at(commit).group)) != reach)
                continue;
            walk.step(commit, m_graph.at(commit).tree, holderOf(m_graph.at(commit).group));
            ++m_commits;
        }
        walk.finish();
    }
    return true;
}

// A tag may point at a blob or a folder without any commit, as git's own repository does with its maintainer's key.
void PlaceSearch::followBareReferences(HitTrees &trees)
{
    for (size_t i = 0; i < m_heads.references.size(); ++i) {
        const git_oid &head = m_heads.references[i];
        const Holder holder = m_heads.holders[i];
        if (m_graph.find(head))
            continue;
        if (const auto hit = m_wanted.find(head)) {
            m_trails[*hit].reach = reachOf(holder);
            m_trails[*hit].holders.add(holder);
            continue;
        }
        size_t size = 0;
        git_object_t type = GIT_OBJECT_INVALID;
        if (git_odb_read_header(&size, &type, m_odb, &head) < 0 || type != GIT_OBJECT_TREE)
            continue;
        std::vector<std::vector<QByteArray>> paths(m_trails.size());
        if (const HitTreePtr tree = trees.read(head))
            addPaths(*tree, QByteArray(), paths);
        for (size_t hit = 0; hit < m_trails.size(); ++hit) {
            if (paths[hit].empty())
                continue;
            if (m_trails[hit].paths.empty())
                m_trails[hit].paths = paths[hit];
            m_trails[hit].reach = reachOf(holder);
            m_trails[hit].holders.add(holder);
        }
    }
}

void PlaceSearch::markHead(HitTrees &trees)
{
    m_headPaths.assign(m_trails.size(), {});
    git_oid head;
    if (git_reference_name_to_id(&head, m_repository.handle(), "HEAD") < 0)
        return;
    const auto commit = m_graph.find(head);
    if (!commit)
        return;
    if (const HitTreePtr tree = trees.read(m_graph.at(*commit).tree))
        addPaths(*tree, QByteArray(), m_headPaths);
}

BlobPlace PlaceSearch::placeOfNote(BlobPlace place, const git_oid &id) const
{
    place.first = readNote(m_odb, id);
    place.last = place.first;
    const auto commit = m_graph.find(id);
    if (commit) {
        place.holders.add(holderOf(m_graph.at(*commit).group));
        place.reach = reachOf(holderOf(m_graph.at(*commit).group));
        place.commits = 1;
    }
    const auto isSame = [&](const git_oid &tag) { return git_oid_cmp(&tag, &id) == 0; };
    if (std::ranges::any_of(m_heads.annotations, isSame)) {
        place.reach = Reach::References;
        place.holders.add(Holder::Tag);
    }
    return place;
}

BlobPlace PlaceSearch::placeOf(const QByteArray &id) const
{
    BlobPlace place{.id = id};
    git_oid parsed;
    if (id.size() != GIT_OID_HEXSZ || git_oid_fromstr(&parsed, id.constData()) < 0)
        return place; // a text beside the objects
    const quint32 hit = m_wanted.find(parsed).value();
    const Trail &trail = m_trails[hit];
    if (!trail.first && !trail.reach)
        return placeOfNote(std::move(place), parsed);
    return placeOfTrail(std::move(place), hit);
}

BlobPlace PlaceSearch::placeOfTrail(BlobPlace place, quint32 hit) const
{
    const Trail &trail = m_trails[hit];
    place.reach = trail.reach.value_or(Reach::Unreachable);
    place.isInHead = !m_headPaths[hit].empty();
    place.paths = m_headPaths[hit];
    place.hasMorePaths = trail.hasMorePaths;
    for (const QByteArray &path : trail.paths) {
        if (std::ranges::find(place.paths, path) != place.paths.end())
            continue;
        if (place.paths.size() < BlobPlace::kMostPaths)
            place.paths.push_back(path);
        else
            place.hasMorePaths = true;
    }
    place.holders = trail.holders;
    place.commits = trail.commits;
    place.firstOrder = static_cast<qint64>(trail.firstAt);
    place.lastOrder = static_cast<qint64>(trail.lastAt);
    if (trail.first)
        place.first = readNote(m_odb, m_graph.id(*trail.first));
    if (trail.last)
        place.last = readNote(m_odb, m_graph.id(*trail.last));
    return place;
}

Result<PlaceReport> PlaceSearch::run(const std::vector<QByteArray> &ids, const std::vector<QByteArray> &names,
                                     const std::vector<QByteArray> &otherCommits)
{
    for (const QByteArray &id : ids) {
        git_oid parsed;
        if (id.size() == GIT_OID_HEXSZ && git_oid_fromstr(&parsed, id.constData()) == 0)
            m_wanted.insert(parsed);
    }
    for (const QByteArray &name : names)
        m_names.try_emplace(name, m_wanted.size() + static_cast<quint32>(m_names.size()));
    m_trails.resize(m_wanted.size() + m_names.size());
    HitTrees trees(m_odb, m_wanted, m_names);
    if (!readGraph(otherCommits) || !walk(trees))
        return stopped();
    followBareReferences(trees);
    markHead(trees);
    PlaceReport report;
    for (const QByteArray &id : ids)
        report.places.push_back(placeOf(id));
    for (const QByteArray &name : names)
        report.places.push_back(placeOfTrail({.name = name}, m_names.at(name)));
    report.commits = m_commits;
    report.unreadable = trees.unreadable() + static_cast<qint64>(m_graph.broken().size());
    report.isWhole = trees.isWhole();
    return report;
}

} // namespace

QStringList toWords(Holders holders)
{
    constexpr std::array words{"pushed_branch"_L1, "branch"_L1, "tag"_L1,    "note"_L1,
                               "reference"_L1,     "stash"_L1,  "reflog"_L1, "nothing"_L1};
    static_assert(words.size() == kHolders);
    QStringList held;
    for (size_t i = 0; i < words.size(); ++i) {
        if (holders.has(static_cast<Holder>(i)))
            held << words[i];
    }
    return held;
}

QString toWord(Reach value)
{
    switch (value) {
    case Reach::References:
        return u"references"_s;
    case Reach::Stash:
        return u"stash"_s;
    case Reach::Reflog:
        return u"reflog"_s;
    case Reach::Unreachable:
        return u"unreachable"_s;
    }
    Q_UNREACHABLE();
}

Result<PlaceReport> findPlaces(const GitRepository &repository, const std::vector<QByteArray> &ids,
                               const std::vector<QByteArray> &otherCommits, const CancelToken &cancel,
                               const std::vector<QByteArray> &names)
{
    git_odb *opened = nullptr;
    if (git_repository_odb(&opened, repository.handle()) < 0)
        return failure(
            ErrorKind::Protocol,
            Text::tr("The objects of the repository at %1 could not be opened.").arg(repository.commonFolder()),
            lastGitError());
    const GitOdb odb(opened);
    return PlaceSearch(repository, opened, cancel).run(ids, names, otherCommits);
}

} // namespace cockpit
