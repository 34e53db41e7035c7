// How a reader sees a finding with their own eyes, and how they prove that a repair worked.
#pragma once

#include "models/finding.h"
#include "models/localsource.h"
#include "models/target.h"

#include <vector>

namespace cockpit::handover {

// For a POSIX shell with curl, dig and openssl; none where nothing but the program can look. Names and addresses come
// from the target: they are quoted, or held to the letters of a DNS name.
QStringList commandsToSee(const Finding &finding, const Target &target);

// The program's own check again. sources: what it reads on the computer of whoever repeats it; without them it would
// say that it could not look. What attacks or signs in is asked of the project file, with its accounts.
QString commandToCheckAgain(const Finding &finding, const Target &target, const std::vector<SourceKind> &sources);

} // namespace cockpit::handover
