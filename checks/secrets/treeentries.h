// The entries of a git tree, straight from its bytes: "100644 name\0" and twenty bytes of its object's name, again and
// again. Internal to the folder.
#pragma once

#include <git2/oid.h>

#include <QByteArrayView>

namespace cockpit {

// Folders in each other that are gone into: deeper than the longest path of a file system allows in practice. Each
// level is a call.
constexpr int kDeepestFolder = 512;

enum class TreeEntryKind { File, Folder, Submodule };

struct TreeEntry
{
    TreeEntryKind kind = TreeEntryKind::File; // symbolic links are files, too: their text is where they lead
    QByteArrayView name;
    git_oid id;
};

// Calls visit(const TreeEntry &) for each; false when the tree breaks off, after what could be read.
template<typename Visit>
bool forEachTreeEntry(QByteArrayView tree, const Visit &visit)
{
    while (!tree.isEmpty()) {
        const qsizetype blank = tree.indexOf(' ');
        const qsizetype end = blank < 0 ? -1 : tree.indexOf('\0', blank);
        if (end < 0 || tree.size() < end + 1 + GIT_OID_RAWSZ)
            return false;
        TreeEntry entry;
        const QByteArrayView mode = tree.first(blank);
        if (mode.startsWith("16"))
            entry.kind = TreeEntryKind::Submodule;
        else if (mode.startsWith("4") || mode.startsWith("04"))
            entry.kind = TreeEntryKind::Folder;
        entry.name = tree.sliced(blank + 1, end - blank - 1);
        git_oid_fromraw(&entry.id, reinterpret_cast<const unsigned char *>(tree.data() + end + 1));
        visit(entry);
        tree = tree.sliced(end + 1 + GIT_OID_RAWSZ);
    }
    return true;
}

} // namespace cockpit
