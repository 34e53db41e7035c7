#include "checks/secrets/newblobs.h"

#include "checks/secrets/commitgraph.h"
#include "checks/secrets/structureobject.h"
#include "checks/secrets/treeentries.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(NewBlobs)
};

constexpr quint8 kKnownGroup = 0;
constexpr quint8 kNewGroup = 1;

struct Entry
{
    TreeEntryKind kind;
    QByteArray name;
    git_oid id;
};

class Collector
{
public:
    Collector(git_odb *odb, const CancelToken &cancel) : m_odb(odb), m_cancel(cancel) {}

    // All blobs of the tree, so that what only moved does not count. Of folders too deep to go into nothing is known:
    // what the change has of them is new, and looked at.
    void addKnown(const git_oid &tree, int depth = 0);
    // The blobs of a tree that none of the others has in the same place. Folders too deep to go into are counted.
    void addNew(const git_oid &tree, const std::vector<git_oid> &others, int depth = 0);

    NewObjects found;

private:
    std::vector<Entry> entriesOf(const git_oid &tree);

    git_odb *m_odb;
    CancelToken m_cancel;
    OidSet m_known;
    OidSet m_knownTrees;
};

std::vector<Entry> Collector::entriesOf(const git_oid &tree)
{
    std::vector<Entry> entries;
    GitOdbObject object;
    const int code = readStructure(m_odb, tree, object);
    const bool isTree = code == 0 && git_odb_object_type(object.get()) == GIT_OBJECT_TREE;
    const auto add = [&](const TreeEntry &entry) {
        if (entry.kind != TreeEntryKind::Submodule)
            entries.push_back({entry.kind, entry.name.toByteArray(), entry.id});
    };
    if (!isTree || !forEachTreeEntry(QByteArrayView(static_cast<const char *>(git_odb_object_data(object.get())),
                                                    static_cast<qsizetype>(git_odb_object_size(object.get()))),
                                     add))
        ++found.unreadable;
    std::ranges::stable_sort(entries, {}, &Entry::name);
    return entries;
}

void Collector::addKnown(const git_oid &tree, int depth)
{
    if (depth > kDeepestFolder || m_cancel.isCancelled() || !m_knownTrees.insert(tree).second)
        return;
    for (const Entry &entry : entriesOf(tree)) {
        if (entry.kind == TreeEntryKind::Folder)
            addKnown(entry.id, depth + 1);
        else
            m_known.insert(entry.id);
    }
}

void Collector::addNew(const git_oid &tree, const std::vector<git_oid> &others, int depth)
{
    if (m_cancel.isCancelled() || m_knownTrees.contains(tree))
        return;
    if (depth > kDeepestFolder) {
        ++found.tooDeep;
        return;
    }
    std::vector<std::vector<Entry>> otherEntries;
    otherEntries.reserve(others.size());
    for (const git_oid &other : others)
        otherEntries.push_back(entriesOf(other));
    for (const Entry &entry : entriesOf(tree)) {
        std::vector<git_oid> otherFolders;
        std::vector<git_oid> otherFiles;
        bool isOld = false;
        for (const std::vector<Entry> &list : otherEntries) {
            const auto same = std::ranges::lower_bound(list, entry.name, {}, &Entry::name);
            if (same == list.end() || same->name != entry.name)
                continue;
            isOld = isOld || git_oid_cmp(&same->id, &entry.id) == 0;
            if (same->kind == TreeEntryKind::Folder)
                otherFolders.push_back(same->id);
            else
                otherFiles.push_back(same->id);
        }
        if (isOld)
            continue;
        if (entry.kind == TreeEntryKind::Folder)
            addNew(entry.id, otherFolders, depth + 1);
        else if (!m_known.contains(entry.id))
            found.earlier[found.ids.insert(entry.id).first].add(std::move(otherFiles));
    }
}

} // namespace

Result<NewObjects> newObjects(git_odb *odb, const GitHeads &heads, const git_oid &base, const CancelToken &cancel)
{
    const auto stopped = [] {
        return failure(ErrorKind::Cancelled, Text::tr("The search through the history was stopped."));
    };
    CommitGraph graph(odb, cancel);
    if (!graph.addReachable({base}, kKnownGroup) || !graph.addReachable(heads.references, kNewGroup))
        return stopped();
    Collector collector(odb, cancel);
    if (const auto commit = graph.find(base))
        collector.addKnown(graph.at(*commit).tree);
    for (const quint32 commit : graph.oldestFirst()) {
        if (cancel.isCancelled())
            return stopped();
        if (graph.at(commit).group != kNewGroup)
            continue;
        std::vector<git_oid> parents;
        for (const quint32 parent : graph.parentsOf(commit))
            parents.push_back(graph.at(parent).tree);
        collector.addNew(graph.at(commit).tree, parents);
        collector.found.ids.insert(graph.id(commit));
    }
    for (const git_oid &tag : heads.annotations)
        collector.found.ids.insert(tag);
    if (cancel.isCancelled())
        return stopped();
    collector.found.unreadable += static_cast<qint64>(graph.broken().size());
    return std::move(collector.found);
}

} // namespace cockpit
