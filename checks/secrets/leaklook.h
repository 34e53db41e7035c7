// Looking for secrets within a run: each place is read once, whoever asks.
#pragma once

#include "checks/engine/check.h"
#include "checks/secrets/leak.h"

namespace cockpit {

// The secrets in the files below a folder, archives among them, or in one file.
struct LeaksInFiles
{
    using Answer = LeakReport;
    QString root;
    QByteArray fingerprintKey;
    Programs programs = Programs::PassedOver; // Strings: of an app package, whose code is compiled
    QString key() const { return QString::number(static_cast<int>(programs)) + root; }
    static int roundTrips() { return 0; }
};
// Errors are of the root: NotFound, NotPermitted; Cancelled.
[[nodiscard]] Result<LeakReport> probe(const LeaksInFiles &question, ProbeContext &context);

// The secrets in the git history of a repository.
struct LeaksInHistory
{
    using Answer = LeakReport;
    QString root;
    QByteArray fingerprintKey;
    QString key() const { return root; }
    static int roundTrips() { return 0; }
};
// Errors: NotFound where there is no repository, and those of GitRepository::open(); Cancelled.
[[nodiscard]] Result<LeakReport> probe(const LeaksInHistory &question, ProbeContext &context);

// All sources of the kind as one report. A source that cannot be read is a gap of it; an error is what all of them
// have.
[[nodiscard]] Result<LeakReport> leaksInSources(const Look &look, SourceKind kind);

} // namespace cockpit
