#pragma once

#include "models/result.h"

namespace cockpit {

// SHA-256 of a file as lower-case hex, read in pieces. Blocking: call it on a worker.
[[nodiscard]] Result<QString> sha256OfFile(const QString &path);

} // namespace cockpit
