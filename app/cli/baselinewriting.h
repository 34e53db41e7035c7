// The baseline that a look writes: what of its findings goes into the file.
#pragma once

#include "app/report/secretsreport.h"
#include "checks/secrets/committedvalues.h"

namespace cockpit {

struct WrittenBaseline
{
    QByteArray file;        // its bytes
    qsizetype accepted = 0; // values that went into it
    // Values that were left out, for no commit has them.
    qsizetype uncommitted = 0;
    qsizetype noLongerAccepted = 0; // of these: the baseline that was compared with had them
};

// Of the findings, those that a commit has: of all that references lead to (HEAD is one), where the look was at the
// history; else of the one that is checked out. Everybody gets the file with the code, and may have a commit's values
// anyway. All else, as what git ignores or does not have yet, what was changed since, a stash, and what was piped in,
// is of this machine alone, and the file would let others try it out. look: of the files; sharedBy is where the file is
// to be. kept: as for leakBaselineFile(), and it fails as that does, and with Cancelled.
[[nodiscard]] Result<WrittenBaseline> writtenBaseline(const SecretsReport &report, const HeadLook &look,
                                                      const LeakBaseline &kept, SlowHashes &hashes);

} // namespace cockpit
