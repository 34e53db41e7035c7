// Reading an open file: what a signal interrupts goes on, and what comes in pieces is read to its end.
#pragma once

#include "models/result.h"

#include <QtGlobal>

namespace cockpit {

// At most `most` bytes, and how many they are; 0 at the end of the file. NotPermitted, with the system's reason.
[[nodiscard]] Result<qint64> readSome(int descriptor, char *to, qint64 most);
// `size` bytes; fewer where the file ends before.
[[nodiscard]] Result<qint64> readFully(int descriptor, char *to, qint64 size);

} // namespace cockpit
