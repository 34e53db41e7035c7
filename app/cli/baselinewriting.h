// The baseline that a look writes: what of its findings goes into the file.
#pragma once

#include "app/report/secretsreport.h"

namespace cockpit {

struct WrittenBaseline
{
    QByteArray file;          // its bytes
    qsizetype outsideGit = 0; // values that were left out
};

// Of the findings, those that git has or that lie outside of any repository. The rest stands in files that git ignores
// or does not have yet: nobody else knows it, and the file, which everybody gets, would let them try it out.
// root: below which the files' paths lie. kept: as for leakBaselineFile(), and it fails as that does.
[[nodiscard]] Result<WrittenBaseline> writtenBaseline(const SecretsReport &report, const QString &root,
                                                      const LeakBaseline &kept, const CancelToken &token);

} // namespace cockpit
