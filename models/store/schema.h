// The tables of a project file, and the steps that bring an older file up to them.
#pragma once

#include "models/store/connection.h"

#include <vector>

namespace cockpit::store {

// Brings a file from version `from` to `from + 1`.
struct Migration
{
    int from = 0;
    QStringList statements;
};

struct Schema
{
    int version = 0;
    QStringList create;                // of `version`, for a new file
    std::vector<Migration> migrations; // each older version's step, in order
};

// The schema of this program.
const Schema &currentSchema();

// Makes a complete new file at path in one step: it appears whole or not at all. `fill` adds the first rows.
[[nodiscard]] Result<void> createFile(const QString &path, const Schema &schema,
                                      const std::function<void(Statements &)> &fill);

// Copies what the connection sees to a new file at path, which appears whole or not at all.
[[nodiscard]] Result<void> copyFile(const Connection &from, const QString &path);

// Checks that the file is whole, ours and not newer, by a connection that cannot write. Gives its schema version.
[[nodiscard]] Result<int> inspectFile(const QString &path, const Schema &schema);

// Runs the missing steps in one transaction after copying the file to "<path>.before-v<version>.bak".
[[nodiscard]] Result<void> migrate(Connection &connection, int fromVersion, const Schema &schema);

} // namespace cockpit::store
