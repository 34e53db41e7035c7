// What starts a repository's hooks: git by itself, or a program that manages them. A guard joins what is there; it
// never takes its place, and a file that a manager writes anew is no place for it.
#pragma once

#include "checks/secrets/gitrepository.h"
#include "models/guardproposal.h"

namespace cockpit {

// The guard before each commit as it would be written, or how a person joins it to what is there.
[[nodiscard]] Result<GuardProposal> proposeHook(const GitRepository &repository);

} // namespace cockpit
