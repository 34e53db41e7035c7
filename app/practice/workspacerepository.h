// The git history of the practice company's code.
#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QString>

namespace cockpit {

// Makes the folder a repository, unless it is one, and commits all files in it on the branch main. Errors: Storage.
[[nodiscard]] Result<void> commitAll(const QString &folder, const QByteArray &message);

} // namespace cockpit
