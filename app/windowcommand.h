// The window: Session and MainWindow with what the composition has.
#pragma once

#include "app/cli/options.h"
#include "app/composition.h"

namespace cockpit {

// Returns when the last window is closed.
ExitStatus runWindow(const Options &options, const Composition &composition);

} // namespace cockpit
