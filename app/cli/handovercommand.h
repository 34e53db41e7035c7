// `launch-cockpit handover`: the pack of a project as a PDF.
#pragma once

#include "app/cli/options.h"
#include "app/composition.h"

namespace cockpit {

ExitStatus runHandover(const Options &options, const Composition &composition);

} // namespace cockpit
