// TOML as the JSON that it stands for. Each element of the list "package", as Cargo, Poetry and uv write it, gets its
// line as "@line".
#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QJsonObject>

namespace cockpit {

// BadInput with the line for text that is no TOML.
[[nodiscard]] Result<QJsonObject> tomlToJson(const QByteArray &toml);

} // namespace cockpit
