// What is said of a remark that counts for nothing.
#pragma once

#include "checks/secrets/allowmark.h"

#include <QString>

namespace cockpit {

// For programs: "in_text"; empty for None.
QString toWord(MarkTrouble value);
// A clause: "it stands in a text of the program, and not in a comment". Empty for None.
QString clauseOf(MarkTrouble value);

} // namespace cockpit
