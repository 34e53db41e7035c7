// Small settings files of a folder, by their names: pipelines, hooks. Nothing outside of the folder is reached.
#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QString>

#include <map>
#include <optional>

namespace cockpit {

constexpr qint64 kLargestSettingsFile = qint64(1) << 20;
constexpr int kMostSettingsFiles = 300; // of one folder

// Empty: no regular file of that name is there, or a link leads out of the root. An Error: it is there and cannot be
// read, or is larger than any such file.
[[nodiscard]] Result<std::optional<QByteArray>> readBelow(const QString &root, const QString &path);
// The files right in a folder below the root, by name; not those in folders of it.
[[nodiscard]] Result<std::map<QString, QByteArray>> readFolderBelow(const QString &root, const QString &folder);

} // namespace cockpit
