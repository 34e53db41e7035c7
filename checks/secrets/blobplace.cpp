#include "checks/secrets/blobplace.h"

#include "checks/secrets/commitgraph.h"
#include "checks/secrets/githeads.h"
#include "checks/secrets/hittrees.h"
#include "checks/secrets/treewalk.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BlobPlace)
};

constexpr quint8 groupOf(Reach reach)
{
    return static_cast<quint8>(reach);
}

// "Name <mail> 1700000000 +0130" behind "author " or "tagger ".
CommitNote noteOf(QByteArrayView object, const git_oid &id)
{
    CommitNote note{.id = hexOf(id)};
    const QByteArrayView head = object.first(std::max<qsizetype>(object.indexOf("\n\n"), 0));
    const bool isTag = head.startsWith("object ");
    const QByteArrayView word = isTag ? QByteArrayView("\ntagger ") : QByteArrayView("\nauthor ");
    const qsizetype start = head.indexOf(word);
    if (start < 0)
        return note;
    QByteArrayView line = head.sliced(start + word.size());
    if (const qsizetype end = line.indexOf('\n'); end >= 0)
        line = line.first(end);
    const qsizetype open = line.lastIndexOf('<');
    const qsizetype close = line.lastIndexOf('>');
    if (open < 0 || close < open)
        return note;
    // As a terminal may show them: an author may be called anything.
    note.author = shownPath(line.first(open).trimmed());
    note.mail = shownPath(line.sliced(open + 1, close - open - 1));
    const QList<QByteArray> time = line.sliced(close + 1).trimmed().toByteArray().split(' ');
    const int zone = time.value(1).toInt(); // "+0130": hours and minutes
    constexpr int day = 24 * 60 * 60;
    note.authoredAt =
        QDateTime::fromSecsSinceEpoch(time.value(0).toLongLong(), Qt::OffsetFromUTC,
                                      std::clamp((zone / 100 * 60 + zone % 100) * 60, -day / 2, day * 14 / 24));
    return note;
}

std::optional<CommitNote> readNote(git_odb *odb, const git_oid &id)
{
    git_odb_object *opened = nullptr;
    const int code = git_odb_read(&opened, odb, &id);
    const GitOdbObject object(opened);
    if (code < 0)
        return std::nullopt;
    const git_object_t type = git_odb_object_type(opened);
    if (type != GIT_OBJECT_COMMIT && type != GIT_OBJECT_TAG)
        return std::nullopt;
    return noteOf(QByteArrayView(static_cast<const char *>(git_odb_object_data(opened)),
                                 static_cast<qsizetype>(git_odb_object_size(opened))),
                  id);
}

// What one blob has seen of the walk so far.
struct Trail
{
    std::optional<Reach> reach; // settled once a walk with this reach met it
    std::vector<QByteArray> paths;
    bool hasMorePaths = false;
    std::optional<quint32> first; // commits' numbers
    std::optional<quint32> last;
    size_t firstAt = 0; // positions in the walk
    size_t lastAt = 0;
    qint64 commits = 0;
    qint64 standing = 0; // places in the tree that the walk is at
    size_t since = 0;    // the position in the walk at which it came to stand there
};

// Walks a sequence of commits and compares each tree with the one before, in the parts that differ. How long a blob
// stands is counted when it goes: a commit that changed nothing wanted costs nothing.
class TrailWalk
{
public:
    TrailWalk(HitTrees &trees, std::vector<Trail> &trails) : m_trees(trees), m_trails(trails) {}

    void start(Reach reach) { m_reach = reach; }
    void step(quint32 commit, const git_oid &tree)
    {
        m_at = m_position++;
        m_commit = commit;
        moveTo(m_trees.read(tree));
        m_before = commit;
    }
    // After the last commit of a reach.
    void finish()
    {
        m_at = m_position;
        moveTo(nullptr);
    }

private:
    void moveTo(const HitTreePtr &next)
    {
        QByteArray path;
        compare(m_tree.get(), next.get(), path);
        m_tree = next;
    }
    void compare(const HitTree *before, const HitTree *after, QByteArray &path);
    void compareBlobs(const HitTree *before, const HitTree *after, const QByteArray &path);
    void enter(quint32 hit, const QByteArray &folder, const QByteArray &name);
    void leave(quint32 hit);

    HitTrees &m_trees;
    std::vector<Trail> &m_trails;
    Reach m_reach = Reach::References;
    HitTreePtr m_tree;
    size_t m_position = 0;
    size_t m_at = 0;
    quint32 m_commit = 0;
    quint32 m_before = 0; // the commit whose tree is left
};

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

void TrailWalk::leave(quint32 hit)
{
    Trail &trail = m_trails[hit];
    if (trail.reach != m_reach || --trail.standing > 0)
        return;
    trail.commits += static_cast<qint64>(m_at - trail.since);
    trail.last = m_before;
    trail.lastAt = m_at;
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

    Result<PlaceReport> run(const std::vector<QByteArray> &ids, const std::vector<QByteArray> &otherCommits);

private:
    bool readGraph(const std::vector<QByteArray> &otherCommits);
    bool walk(HitTrees &trees);
    void followBareReferences(HitTrees &trees);
    void markHead(HitTrees &trees);
    BlobPlace placeOf(const QByteArray &id) const;
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
    std::vector<Trail> m_trails; // by number in m_wanted
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
    return m_graph.addReachable(m_heads.references, groupOf(Reach::References)) &&
           m_graph.addReachable(m_heads.reflogs, groupOf(Reach::Reflog)) &&
           m_graph.addReachable(others, groupOf(Reach::Unreachable));
}

// The strongest reach first: what it has is not looked for in the others.
bool PlaceSearch::walk(HitTrees &trees)
{
    const std::vector<quint32> order = m_graph.oldestFirst();
    TrailWalk walk(trees, m_trails);
    for (const Reach reach : {Reach::References, Reach::Reflog, Reach::Unreachable}) {
        walk.start(reach);
        for (const quint32 commit : order) {
            if (m_cancel.isCancelled())
                return false;
            if (m_graph.at(commit).group != groupOf(reach))
                continue;
            walk.step(commit, m_graph.at(commit).tree);
            ++m_commits;
        }
        walk.finish();
    }
    return true;
}

// A tag may point at a blob or a folder without any commit, as git's own repository does with its maintainer's key.
void PlaceSearch::followBareReferences(HitTrees &trees)
{
    for (const git_oid &head : m_heads.references) {
        if (m_graph.find(head))
            continue;
        if (const auto hit = m_wanted.find(head)) {
            m_trails[*hit].reach = Reach::References;
            continue;
        }
        size_t size = 0;
        git_object_t type = GIT_OBJECT_INVALID;
        if (git_odb_read_header(&size, &type, m_odb, &head) < 0 || type != GIT_OBJECT_TREE)
            continue;
        std::vector<std::vector<QByteArray>> paths(m_wanted.size());
        if (const HitTreePtr tree = trees.read(head))
            addPaths(*tree, QByteArray(), paths);
        for (quint32 hit = 0; hit < m_wanted.size(); ++hit) {
            if (paths[hit].empty())
                continue;
            if (m_trails[hit].paths.empty())
                m_trails[hit].paths = paths[hit];
            m_trails[hit].reach = Reach::References;
        }
    }
}

void PlaceSearch::markHead(HitTrees &trees)
{
    m_headPaths.assign(m_wanted.size(), {});
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
        place.reach = static_cast<Reach>(m_graph.at(*commit).group);
        place.commits = 1;
    }
    const auto isSame = [&](const git_oid &tag) { return git_oid_cmp(&tag, &id) == 0; };
    if (std::ranges::any_of(m_heads.annotations, isSame))
        place.reach = Reach::References;
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
    place.commits = trail.commits;
    place.firstOrder = static_cast<qint64>(trail.firstAt);
    place.lastOrder = static_cast<qint64>(trail.lastAt);
    if (trail.first)
        place.first = readNote(m_odb, m_graph.id(*trail.first));
    if (trail.last)
        place.last = readNote(m_odb, m_graph.id(*trail.last));
    return place;
}

Result<PlaceReport> PlaceSearch::run(const std::vector<QByteArray> &ids, const std::vector<QByteArray> &otherCommits)
{
    for (const QByteArray &id : ids) {
        git_oid parsed;
        if (id.size() == GIT_OID_HEXSZ && git_oid_fromstr(&parsed, id.constData()) == 0)
            m_wanted.insert(parsed);
    }
    m_trails.resize(m_wanted.size());
    HitTrees trees(m_odb, m_wanted);
    if (!readGraph(otherCommits) || !walk(trees))
        return stopped();
    followBareReferences(trees);
    markHead(trees);
    PlaceReport report;
    for (const QByteArray &id : ids)
        report.places.push_back(placeOf(id));
    report.commits = m_commits;
    report.unreadable = trees.unreadable() + static_cast<qint64>(m_graph.broken().size());
    report.isWhole = trees.isWhole();
    return report;
}

} // namespace

Result<PlaceReport> findPlaces(const GitRepository &repository, const std::vector<QByteArray> &ids,
                               const std::vector<QByteArray> &otherCommits, const CancelToken &cancel)
{
    git_odb *opened = nullptr;
    if (git_repository_odb(&opened, repository.handle()) < 0)
        return failure(
            ErrorKind::Protocol,
            Text::tr("The objects of the repository at %1 could not be opened.").arg(repository.commonFolder()),
            lastGitError());
    const GitOdb odb(opened);
    return PlaceSearch(repository, opened, cancel).run(ids, otherCommits);
}

} // namespace cockpit
