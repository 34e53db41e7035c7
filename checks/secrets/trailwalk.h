// A walk over commits that tells where wanted blobs stand, and for how long. Internal to the folder.
#pragma once

#include "checks/secrets/blobplace.h"
#include "checks/secrets/hittrees.h"

#include <array>
#include <optional>
#include <vector>

namespace cockpit {

// What one blob has seen of the walk so far.
struct Trail
{
    std::optional<Reach> reach; // settled once a walk with this reach met it
    std::vector<QByteArray> paths;
    bool hasMorePaths = false;
    std::optional<quint32> first; // commits' numbers
    std::optional<quint32> last;
    Holders holders;    // of these commits
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
    void step(quint32 commit, const git_oid &tree, Holder holder)
    {
        m_steps[static_cast<size_t>(holder)].push_back(m_position);
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
    void addHolders(size_t from, size_t to, Holders &holders) const;

    HitTrees &m_trees;
    std::vector<Trail> &m_trails;
    Reach m_reach = Reach::References;
    HitTreePtr m_tree;
    std::array<std::vector<size_t>, kHolders> m_steps; // the positions of commits that each holds, in order
    size_t m_position = 0;
    size_t m_at = 0;
    quint32 m_commit = 0;
    quint32 m_before = 0; // the commit whose tree is left
};

} // namespace cockpit
