// From the words of a command line to Options. Every refusal is one line that says what is wrong and the nearest valid
// word.
#pragma once

#include "app/cli/options.h"
#include "models/result.h"

namespace cockpit {

// arguments: without the program's name. Names of checks and roadmaps are verified later, where the catalogue is at
// hand.
[[nodiscard]] Result<Options> parseOptions(const QStringList &arguments);

// What --help prints.
QString usageText();

} // namespace cockpit
