// The files of guards in a repository: what is there, what would be, and writing it.
#pragma once

#include "checks/engine/guardservices.h"

namespace cockpit {

// For the repository that the folder is in. Errors: those of GitRepository::open(); Unsupported for a bare one, which
// nobody commits to.
[[nodiscard]] Result<std::vector<GuardProposal>> proposeGuards(const QString &folder,
                                                               const QByteArrayList &secretVariables = {});

// Refuses (BadInput) when the file is no longer what `before` says, and (NotPermitted) to write through a link.
[[nodiscard]] Result<void> writeGuard(const GuardProposal &proposal);

// What stands in the code and in git's settings on this computer; nothing is run. Errors: those of
// GitRepository::open().
[[nodiscard]] Result<GuardSurvey> surveyGuards(const QString &folder);

GuardServices guardServices();

} // namespace cockpit
