// Which of the values that were found the last commit has, so that whoever gets the code has them anyway.
#pragma once

#include "checks/secrets/foundsecret.h"

#include <set>

namespace cockpit {

// The place itself tells: a look at the history saw a commit with the value that a branch, a tag or another reference
// leads to. A stash, a reflog, the index and what nothing leads to are of this machine alone, and so are the names of
// branches and the settings, which stand in no commit.
bool isCommitted(const FoundSecret &place);

struct HeadLook
{
    QString root;     // below which the files' paths lie; empty: none of them is a file (standard input)
    QString sharedBy; // as for HeadFiles
    std::shared_ptr<const PatternSet> patterns;
    ScanSettings settings; // with the key that the values were found with
};

// Fingerprints, and the file on the disk that has them: of what stands in an archive, the archive.
using HeadPlaces = std::set<std::pair<QByteArray, QByteArray>>;
HeadPlaces::value_type headPlaceOf(const FoundSecret &file);

// Those of the files that stand under the same path in the commit that is checked out. It is searched as the file was:
// that git has a file of this name, or has it in the index, says nothing of the value. Fails with Cancelled, and where
// the search has not the memory.
[[nodiscard]] Result<HeadPlaces> placesInHead(const std::vector<FoundSecret> &files, const HeadLook &look);

} // namespace cockpit
