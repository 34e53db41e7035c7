#include "models/store/projectfile.h"
#include "models/store/schema.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace cockpit::store {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ProjectStore)
};

// PRAGMA takes no bound values.
QString setVersion(int version)
{
    return u"PRAGMA user_version = %1"_s.arg(version);
}

QString backupPath(const QString &path, int version)
{
    const QString base = path + u".before-v%1"_s.arg(version);
    QString candidate = base + u".bak"_s;
    for (int n = 2; QFileInfo::exists(candidate); ++n)
        candidate = base + u"-%1.bak"_s.arg(n);
    return candidate;
}

// Written to the header, so that each later connection uses it too.
Result<void> useWal(Connection &connection)
{
    Statements statements = connection.statements();
    statements.run(u"PRAGMA journal_mode = WAL"_s);
    return statements.result();
}

Result<void> fillNewFile(const QString &path, const Schema &schema, const std::function<void(Statements &)> &fill)
{
    Result<std::unique_ptr<Connection>> connection = Connection::open(path, Access::Write);
    if (!connection)
        return tl::unexpected(connection.error());
    Result<void> filled = (*connection)->write([&](Statements &statements) {
        statements.run(u"PRAGMA application_id = %1"_s.arg(kApplicationId));
        statements.run(setVersion(schema.version));
        for (const QString &sql : schema.create)
            statements.run(sql);
        fill(statements);
    });
    if (!filled)
        return filled;
    return useWal(**connection);
}

Result<void> fillCopy(const Connection &from, const QString &path)
{
    Statements copying = from.statements();
    copying.run(u"VACUUM INTO ?"_s, {path});
    if (Result<void> copied = copying.result(); !copied)
        return copied;
    Result<std::unique_ptr<Connection>> copy = Connection::open(path, Access::Write);
    return copy ? useWal(**copy) : Result<void>(tl::unexpected(copy.error()));
}

// Under another name first, so that nobody ever finds half a file.
Result<void> placeNewFile(const QString &path, const std::function<Result<void>(const QString &unfinished)> &fill)
{
    if (QFileInfo::exists(path))
        return failure(ErrorKind::NotPermitted,
                       Text::tr("%1 exists already. Choose another name.").arg(QDir::toNativeSeparators(path)));
    const QString unfinished = path + u".new-%1"_s.arg(QCoreApplication::applicationPid());
    QFile::remove(unfinished);
    if (Result<void> filled = fill(unfinished); !filled) {
        QFile::remove(unfinished);
        return filled;
    }
    QFile file(unfinished);
    if (file.rename(path)) // refuses to overwrite
        return {};
    file.remove();
    return failure(ErrorKind::Storage,
                   Text::tr("%1 could not be created. Try another name or folder.").arg(QDir::toNativeSeparators(path)),
                   file.errorString());
}

} // namespace

Result<void> createFile(const QString &path, const Schema &schema, const std::function<void(Statements &)> &fill)
{
    return placeNewFile(path, [&](const QString &unfinished) { return fillNewFile(unfinished, schema, fill); });
}

Result<void> copyFile(const Connection &from, const QString &path)
{
    Result<void> copied = placeNewFile(path, [&](const QString &unfinished) { return fillCopy(from, unfinished); });
    if (copied || copied.error().kind == ErrorKind::NotPermitted)
        return copied;
    // SQLite does not tell on which of the two sides it failed.
    return failure(copied.error().kind,
                   Text::tr("No copy could be written to %1. Choose a folder of your own, on a disk with enough room.")
                       .arg(QDir::toNativeSeparators(path)),
                   copied.error().message + u' ' + copied.error().detail);
}

Result<int> inspectFile(const QString &path, const Schema &schema)
{
    const Result<FileHeader> header = readHeader(path);
    if (!header)
        return tl::unexpected(header.error());
    if (header->schemaVersion > schema.version)
        return tl::unexpected(newerFile(path));

    // Without a -wal file the main one is complete, and SQLite can be told to leave nothing beside it.
    const bool isComplete = !QFileInfo::exists(path + u"-wal"_s);
    const Result<std::unique_ptr<Connection>> connection =
        Connection::open(path, isComplete ? Access::ReadImmutable : Access::Read);
    if (!connection)
        return tl::unexpected(connection.error());
    Statements statements = (*connection)->statements();
    const QString check = statements.value(u"PRAGMA quick_check(1)"_s).toString();
    const int version = statements.value(u"PRAGMA user_version"_s).toInt();
    if (const Result<void> result = statements.result(); !result)
        return tl::unexpected(result.error());
    if (check != "ok"_L1)
        return tl::unexpected(damagedFile(path, check));
    if (version < 1)
        return tl::unexpected(damagedFile(path, u"schema version %1"_s.arg(version)));
    return version;
}

Result<void> migrate(Connection &connection, int fromVersion, const Schema &schema)
{
    if (fromVersion == schema.version)
        return {};
    Statements backup = connection.statements();
    backup.run(u"VACUUM INTO ?"_s, {backupPath(connection.path(), schema.version)});
    if (backup.isFailed())
        return backup.result();
    return connection.write([&](Statements &statements) {
        for (const Migration &step : schema.migrations) {
            if (step.from < fromVersion)
                continue;
            for (const QString &sql : step.statements)
                statements.run(sql);
        }
        statements.run(setVersion(schema.version));
    });
}

} // namespace cockpit::store
