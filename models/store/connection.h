// One SQLite connection, owned by one thread, and the two ways to use it: read rows, or change them in a transaction.
#pragma once

#include "models/result.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariantList>

#include <functional>
#include <memory>
#include <optional>

namespace cockpit::store {

enum class Access {
    Write,
    Read,
    ReadImmutable, // a file that nobody can change (read-only folder): SQLite then needs no -shm file beside it
};

// Turns SQLite's answer into a sentence that says what to do. `path` is named in it.
Error sqlError(const QSqlError &error, const QString &path);

// Runs statements one after the other; after the first failure the rest does nothing and result() tells it.
class Statements
{
public:
    Statements(const QSqlDatabase &database, QString path) : m_database(database), m_path(std::move(path)) {}

    void run(const QString &sql, const QVariantList &values = {});
    void each(const QString &sql, const QVariantList &values, const std::function<void(const QSqlQuery &)> &row);
    // The first column of the first row; a null QVariant when there is none.
    QVariant value(const QString &sql, const QVariantList &values = {});
    qint64 insert(const QString &sql, const QVariantList &values); // the new row's id
    void fail(Error error);

    bool isFailed() const { return m_error.has_value(); }
    [[nodiscard]] Result<void> result() const;

private:
    std::optional<QSqlQuery> execute(const QString &sql, const QVariantList &values);

    QSqlDatabase m_database;
    QString m_path;
    std::optional<Error> m_error;
};

class Connection
{
public:
    [[nodiscard]] static Result<std::unique_ptr<Connection>> open(const QString &path, Access access);
    // For looking only; also works in a folder where nothing can be written.
    [[nodiscard]] static Result<std::unique_ptr<Connection>> openToRead(const QString &path);
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    Statements statements() const { return Statements(m_database, m_path); }
    const QString &path() const { return m_path; }

    // Reads see one moment even while another process writes.
    [[nodiscard]] Result<void> read(const std::function<void(Statements &)> &work) const;
    // Committed when this returns well, rolled back otherwise. Refuses when the file at path() is no longer the one
    // that was opened: SQLite would go on writing to a removed file, and everything would be lost.
    [[nodiscard]] Result<void> write(const std::function<void(Statements &)> &work);

private:
    Connection(const QSqlDatabase &database, QString path);
    [[nodiscard]] Result<void> inTransaction(const QString &begin, const std::function<void(Statements &)> &work) const;

    QSqlDatabase m_database;
    QString m_path;
    quint64 m_fileIdentity = 0;
};

} // namespace cockpit::store
