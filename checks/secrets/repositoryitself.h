// A folder that is a git repository itself: a bare one, or the .git of a working tree.
#pragma once

#include "checks/secrets/treescan.h"

namespace cockpit {

// What stands in a .git of the folder is not asked for: a walk passes that over.
bool isRepositoryItself(const QString &path);

// As scanTree() of such a folder whose history is looked at, too: without the objects, the references and the index,
// which are that history. What git is set to, its hooks and what else lies there is looked at: an address of a remote
// has a password, and a server's folder holds files of its owner.
[[nodiscard]] Result<TreeScan> scanBesideHistory(const QString &repository,
                                                 const std::shared_ptr<const PatternSet> &patterns,
                                                 const ScanSettings &settings, TreeProgress &progress);

} // namespace cockpit
