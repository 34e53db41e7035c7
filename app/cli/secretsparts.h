// Which parts of a place `launch-cockpit secrets` looks at.
#pragma once

#include "app/cli/options.h"

namespace cockpit {

inline bool asksGit(const Options &options)
{
    return options.history || options.staged || !options.since.isEmpty();
}

// Only what a change brings in is looked at.
inline bool isGuard(const Options &options)
{
    return options.staged || !options.since.isEmpty();
}

} // namespace cockpit
