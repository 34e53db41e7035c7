#include "models/store/connection.h"

#include "models/store/projectfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSqlError>
#include <QUrl>

#include <atomic>

namespace cockpit::store {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ProjectStore)
};

// https://www.sqlite.org/rescode.html; the primary code is the low byte of an extended one.
enum class SqliteCode {
    Busy = 5,
    Locked = 6,
    ReadOnly = 8,
    IoError = 10,
    Corrupt = 11,
    Full = 13,
    CantOpen = 14,
    NotADatabase = 26
};

QString uniqueConnectionName()
{
    static std::atomic<quint64> counter{0};
    return u"cockpit-project-%1"_s.arg(++counter);
}

QString databaseName(const QString &path, Access access)
{
    if (access != Access::ReadImmutable)
        return path;
    QUrl url = QUrl::fromLocalFile(path);
    url.setQuery(u"immutable=1"_s);
    return url.toString(QUrl::FullyEncoded);
}

QString connectOptions(Access access)
{
    switch (access) {
    case Access::Write:
        return u"QSQLITE_BUSY_TIMEOUT=3000"_s;
    case Access::Read:
        return u"QSQLITE_BUSY_TIMEOUT=3000;QSQLITE_OPEN_READONLY"_s;
    case Access::ReadImmutable:
        return u"QSQLITE_OPEN_READONLY;QSQLITE_OPEN_URI"_s;
    }
    Q_UNREACHABLE();
}

QSqlDatabase prepared(const QString &path, Access access)
{
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, uniqueConnectionName());
    database.setDatabaseName(databaseName(path, access));
    database.setConnectOptions(connectOptions(access));
    return database;
}

QString shownPath(const QString &path)
{
    return QDir::toNativeSeparators(path);
}

} // namespace

Error sqlError(const QSqlError &error, const QString &path)
{
    const QString name = shownPath(path);
    const QString detail = error.text();
    switch (static_cast<SqliteCode>(error.nativeErrorCode().toInt() & 0xff)) {
    case SqliteCode::Busy:
    case SqliteCode::Locked:
        return {ErrorKind::NotPermitted,
                Text::tr("%1 is in use by another program. Close it there and try again.").arg(name), detail};
    case SqliteCode::ReadOnly:
        return {ErrorKind::NotPermitted,
                Text::tr("%1 cannot be changed: the file or its folder is read-only. Copy it to a folder of your own "
                         "and open the copy.")
                    .arg(name),
                detail};
    case SqliteCode::Full:
        return {ErrorKind::Storage,
                Text::tr("The disk is full, so %1 was not saved. Free some space and try again.").arg(name), detail};
    case SqliteCode::IoError:
        return {ErrorKind::Storage,
                Text::tr("%1 could not be read or written. The disk may be full, failing or no longer connected.")
                    .arg(name),
                detail};
    case SqliteCode::CantOpen:
        return {
            ErrorKind::NotPermitted,
            Text::tr("%1 could not be opened. Check that the folder exists and that you may write to it.").arg(name),
            detail};
    case SqliteCode::Corrupt:
    case SqliteCode::NotADatabase:
        return damagedFile(path, detail);
    }
    return {
        ErrorKind::Storage,
        Text::tr("%1 could not be saved or read. Open it again; if that fails too, restore a copy of it.").arg(name),
        detail};
}

std::optional<QSqlQuery> Statements::execute(const QString &sql, const QVariantList &values)
{
    if (m_error)
        return std::nullopt;
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    bool done = query.prepare(sql);
    for (const QVariant &value : values)
        query.addBindValue(value);
    done = done && query.exec();
    if (done)
        return query;
    m_error = sqlError(query.lastError(), m_path);
    return std::nullopt;
}

void Statements::run(const QString &sql, const QVariantList &values)
{
    execute(sql, values);
}

void Statements::each(const QString &sql, const QVariantList &values, const std::function<void(const QSqlQuery &)> &row)
{
    std::optional<QSqlQuery> query = execute(sql, values);
    while (query && query->next())
        row(*query);
    // next() is false both at the end and on a failure (a damaged page half-way).
    if (query && query->lastError().isValid())
        m_error = sqlError(query->lastError(), m_path);
}

QVariant Statements::value(const QString &sql, const QVariantList &values)
{
    std::optional<QSqlQuery> query = execute(sql, values);
    return query && query->next() ? query->value(0) : QVariant();
}

qint64 Statements::insert(const QString &sql, const QVariantList &values)
{
    const std::optional<QSqlQuery> query = execute(sql, values);
    return query ? query->lastInsertId().toLongLong() : 0;
}

void Statements::fail(Error error)
{
    if (!m_error)
        m_error = std::move(error);
}

Result<void> Statements::result() const
{
    if (m_error)
        return tl::unexpected(*m_error);
    return {};
}

Connection::Connection(const QSqlDatabase &database, QString path) : m_database(database), m_path(std::move(path)) {}

Result<std::unique_ptr<Connection>> Connection::open(const QString &path, Access access)
{
    // No QSqlDatabase beside the connection's own: a copy that outlives it would keep the registered name in use.
    std::unique_ptr<Connection> connection(new Connection(prepared(path, access), path));
    if (!connection->m_database.open())
        return tl::unexpected(sqlError(connection->m_database.lastError(), path));

    Statements statements = connection->statements();
    statements.run(u"PRAGMA foreign_keys = ON"_s);
    // WAL with FULL: a commit is on the disk when it returns, also through a power cut.
    statements.run(u"PRAGMA synchronous = FULL"_s);
    // The first read of the schema, so that a file that cannot be read fails here and not later.
    statements.value(u"SELECT count(*) FROM sqlite_schema"_s);
    if (const Result<void> result = statements.result(); !result)
        return tl::unexpected(result.error());
    connection->m_fileIdentity = fileIdentity(path);
    return connection;
}

Result<std::unique_ptr<Connection>> Connection::openToRead(const QString &path)
{
    Result<std::unique_ptr<Connection>> connection = open(path, Access::Read);
    if (connection || QFileInfo::exists(path + u"-wal"_s))
        return connection;
    // In a read-only folder SQLite cannot place its -shm file; without a -wal file the main one is complete.
    return open(path, Access::ReadImmutable);
}

Connection::~Connection()
{
    const QString name = m_database.connectionName();
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(name);
}

Result<void> Connection::inTransaction(const QString &begin, const std::function<void(Statements &)> &work) const
{
    Statements all = statements();
    all.run(begin);
    if (all.isFailed())
        return all.result();
    work(all);
    all.run(u"COMMIT"_s);
    if (all.isFailed())
        statements().run(u"ROLLBACK"_s); // fails harmlessly when SQLite has already rolled back by itself
    return all.result();
}

Result<void> Connection::read(const std::function<void(Statements &)> &work) const
{
    return inTransaction(u"BEGIN"_s, work);
}

Result<void> Connection::write(const std::function<void(Statements &)> &work)
{
    return inTransaction(u"BEGIN IMMEDIATE"_s, [&](Statements &statements) {
        work(statements);
        if (fileIdentity(m_path) != m_fileIdentity)
            statements.fail({ErrorKind::Storage,
                             Text::tr("%1 has been moved, replaced or removed, so nothing can be saved to it. Put it "
                                      "back, or open it from its new place.")
                                 .arg(shownPath(m_path))});
    });
}

} // namespace cockpit::store
