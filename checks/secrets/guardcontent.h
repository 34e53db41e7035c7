// What a file of a guard holds now: never through a link, and nothing but ordinary files.
#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QString>

namespace cockpit {

// Empty: there is none. NotPermitted: a link, no ordinary file, too large to be written by hand, or not readable.
[[nodiscard]] Result<QByteArray> guardContent(const QString &path);

} // namespace cockpit
