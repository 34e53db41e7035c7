// Git's trees, reduced to what leads to the wanted blobs and names. Internal to the folder.
#pragma once

#include "checks/secrets/githandles.h"
#include "checks/secrets/oidset.h"
#include "checks/secrets/treeentries.h"

#include <QByteArray>

#include <map>
#include <unordered_map>

namespace cockpit {

struct HitTree;
using HitTreePtr = std::shared_ptr<const HitTree>; // null: nothing wanted stands below

// Names of files and folders, and their numbers: they follow those of the wanted objects.
using WantedNames = std::map<QByteArray, quint32>;

struct HitTree
{
    struct Blob // or a folder with a wanted name
    {
        QByteArray name;
        quint32 hit = 0; // its number among the wanted
    };
    struct Folder
    {
        QByteArray name;
        HitTreePtr tree;
    };

    git_oid id;
    std::vector<Blob> blobs;     // by name
    std::vector<Folder> folders; // by name
    qint64 places = 0;           // of wanted blobs, below it
};

// Remembers which trees it read, in two generations that are bounded: commits that follow each other share nearly all.
class HitTrees
{
public:
    HitTrees(git_odb *odb, const OidSet &wanted, const WantedNames &names)
        : m_odb(odb), m_wanted(wanted), m_names(names)
    {
    }

    HitTreePtr read(const git_oid &tree) { return read(tree, 0); }

    qint64 unreadable() const { return m_unreadable; }
    bool isWhole() const { return m_isWhole; }

private:
    struct OidHash
    {
        size_t operator()(const git_oid &id) const;
    };
    struct OidEqual
    {
        bool operator()(const git_oid &a, const git_oid &b) const { return git_oid_cmp(&a, &b) == 0; }
    };
    using Known = std::unordered_map<git_oid, HitTreePtr, OidHash, OidEqual>;

    HitTreePtr read(const git_oid &tree, int depth);
    HitTreePtr parse(const git_oid &tree, QByteArrayView bytes, int depth);
    void takeEntry(const TreeEntry &entry, HitTree &made);
    void takeHit(const QByteArray &name, quint32 hit, HitTree &made);
    std::optional<HitTreePtr> known(const git_oid &tree) const;
    void remember(const git_oid &tree, const HitTreePtr &found);

    git_odb *m_odb;
    const OidSet &m_wanted;
    const WantedNames &m_names;
    OidSet m_barren; // trees without anything wanted
    OidSet m_olderBarren;
    Known m_fruitful;
    Known m_olderFruitful;
    size_t m_weight = 0; // entries in the fruitful ones
    qint64 m_unreadable = 0;
    bool m_isWhole = true;
};

} // namespace cockpit
