// Reports, packs and lists that a person asked for, written to the place that was named.
#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QString>

namespace cockpit {

// A file is replaced only when all of it could be written; a device or a pipe is written to as it is. The error names
// the path and says what to do: NotPermitted for a place where nothing can be written, Storage for one without room.
[[nodiscard]] Result<void> writeWholeFile(const QString &path, const QByteArray &bytes);

} // namespace cockpit
