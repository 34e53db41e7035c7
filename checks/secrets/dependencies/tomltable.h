// TOML as the JSON that it stands for. Each element of the list "package", as Cargo, Poetry and uv write it, gets its
// line as "@line".
#pragma once

#include "checks/secrets/dependencies/locktext.h"
#include "models/result.h"

#include <QByteArray>
#include <QJsonObject>

namespace cockpit {

// BadInput with the line for text that is no TOML, and for what nests deeper than anybody writes; TooLarge for what
// would fill the memory.
[[nodiscard]] Result<QJsonObject> tomlToJson(const QByteArray &toml, const CancelToken &token = {});
// The same for a lock file: BadInput, too, where neither packages nor what says whose form it is are there.
[[nodiscard]] Result<QJsonObject> lockTomlToJson(const LockText &text, const QString &what);

} // namespace cockpit
