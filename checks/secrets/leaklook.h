// Looking for secrets within a run: each place is read once, whoever asks.
#pragma once

#include "checks/engine/check.h"
#include "checks/secrets/coderepositories.h"
#include "checks/secrets/leak.h"

namespace cockpit {

// The secrets in the files below a folder, archives among them, or in one file.
struct LeaksInFiles
{
    using Answer = LeakReport;
    QString root;
    QByteArray fingerprintKey;
    QString key() const { return root; }
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
    QStringList lookedAt = {}; // all repositories of the run: those that are submodules of this one are no gap of it
    QString key() const { return root; }
    static int roundTrips() { return 0; }
};
// Errors: NotFound where there is no repository, and those of GitRepository::open(); Cancelled.
[[nodiscard]] Result<LeakReport> probe(const LeaksInHistory &question, ProbeContext &context);

// The repositories of all code: the folders are walked once, whichever checks ask.
struct RepositoriesOfCode
{
    using Answer = CodeRepositories;
    std::vector<LocalSource> code;
    QString key() const;
    static int roundTrips() { return 0; }
};
[[nodiscard]] Result<CodeRepositories> probe(const RepositoriesOfCode &question, ProbeContext &context);

// All sources of the kind as one report: a folder inside of another one once. A source that cannot be read is a gap of
// it; an error is what all of them have.
[[nodiscard]] Result<LeakReport> leaksInSources(const Look &look, SourceKind kind);

// The same of the histories of all code, each repository once, whichever of its folders were named, and of the
// repositories that stand below it (coderepositories.h).
struct Histories
{
    LeakReport all;
    size_t repositories = 0; // none: no code is in git
};
[[nodiscard]] Result<Histories> leaksInHistories(const Look &look);

} // namespace cockpit
