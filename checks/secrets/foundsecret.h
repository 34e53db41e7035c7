// A secret and where it stands: in a file, in an archive, in text that came in, or in a repository's past.
#pragma once

#include "checks/secrets/blobplace.h"
#include "checks/secrets/blobwalk.h"
#include "checks/secrets/placeweight.h"
#include "checks/secrets/textscanner.h"

#include <memory>

namespace cockpit {

// How much is known of what leads to a place.
enum class Placing {
    Known,
    HalfRead, // commits or folders are damaged: no branch is known to have it, and one may
    Stopped,  // before it was looked for: git has it, and that is all
};

// What git knows of a place.
struct HistoryPlace
{
    BlobKind kind = BlobKind::File;
    bool isStaged = false; // in the index: no commit has it yet
    QByteArray object;     // 40 hexadecimal digits: of the version that line and column are of; empty beside objects
    Reach reach = Reach::Unreachable;
    Holders holders; // of all commits that have it; none where no commit does, or where they were not looked for
    // Of the first version that has the value under this path, and of the last one.
    std::optional<CommitNote> first;
    std::optional<CommitNote> last;
    qint64 commits = 0;    // that have it in their tree, at least
    bool isInHead = false; // the commit that is checked out has it under this path
    Placing placing = Placing::Known;
    std::vector<QByteArray> otherPaths; // of the same versions; BlobPlace::kMostPaths at most
};

struct FoundSecret
{
    SecretHit hit;   // its severity is weighed by the place
    QByteArray path; // below the root; "app.apk!/assets/index.js" in an archive; empty: there is none
    PlaceWeight weight = PlaceWeight::Full;
    std::shared_ptr<const HistoryPlace> history = nullptr; // of what git has; else it is a file as it is now
    bool isInName = false;   // the path's last name has it, and not the file: line and column are of no text
    bool isInBinary = false; // the file is no text, and was looked at for its name (Programs::AsText)
    qsizetype inner =
        0; // how much of the path's end names a place in an archive: a folder's name may end with "!", too

    bool isPacked() const { return inner > 0; }
    QByteArray file() const { return path.chopped(inner); } // that holds it: the archive; empty: there is none
};

} // namespace cockpit
