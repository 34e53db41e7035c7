// The baseline of a revision, in git's own form REV:FILE ("HEAD^1:.launch-cockpit-baseline.json"). A guard compares
// with what was accepted before the change: else a change could bring along the file that excuses it.
#pragma once

#include "checks/secrets/gitrepository.h"
#include "checks/secrets/leakbaseline.h"

#include <optional>

namespace cockpit {

struct RevisionBaseline
{
    std::optional<LeakBaseline> baseline; // none: the revision has no such file, and nothing is accepted
    // What the file as the change has it accepts beyond that, or that another key lets nobody tell; a sentence. Empty:
    // nothing.
    QString alsoAccepted;
    bool isRenewed = false; // the change brings it in the form of now: nobody need be told to write it again
};

// What begins with a slash or a dot is a file: "./a:b".
bool namesRevision(const QString &name);

// name: namesRevision(). The change: what is staged, or what HEAD has.
enum class ChangeOf { Index, Head };
// indexFile: as for BlobWalk::staged(). BadInput for an unknown revision, and for a file of it that is no baseline; and
// it fails as the hashes do.
[[nodiscard]] Result<RevisionBaseline> baselineOfRevision(const GitRepository &repository, const QString &name,
                                                          ChangeOf change, const QString &indexFile,
                                                          SlowHashes &hashes);

} // namespace cockpit
