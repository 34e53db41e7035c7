// The secrets in text that comes in by a pipe.
#pragma once

#include "checks/secrets/treescan.h"

namespace cockpit {

// Of what can be read from an open file or pipe, to its end. Its path is "-". An error is of the reading; a stopped
// scan returns what it found. The hits point into the patterns.
[[nodiscard]] Result<TreeScan> scanInput(int descriptor, const std::shared_ptr<const PatternSet> &patterns,
                                         const ScanSettings &settings, TreeProgress &progress);

} // namespace cockpit
