// Databases as SQLite itself writes them, and what it keeps beside them.
#pragma once

#include <QFile>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>

namespace cockpit::test {

// Open for as long as it lives: until then log and journal are there.
class MadeDatabase
{
public:
    MadeDatabase()
    {
        m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_folder.path());
        m_database.setDatabaseName(m_folder.filePath(QStringLiteral("made.db")));
        if (!m_database.open())
            qFatal("No database: %s", qPrintable(m_database.lastError().text()));
    }
    MadeDatabase(const MadeDatabase &) = delete;
    MadeDatabase &operator=(const MadeDatabase &) = delete;
    ~MadeDatabase()
    {
        m_database.close();
        m_database = {};
        QSqlDatabase::removeDatabase(m_folder.path());
    }

    MadeDatabase &run(const QString &statement, const QVariantList &values = {})
    {
        QSqlQuery query(m_database);
        bool isDone = query.prepare(statement);
        for (const QVariant &value : values)
            query.addBindValue(value);
        isDone = isDone && query.exec();
        if (!isDone)
            qFatal("%s: %s", qPrintable(statement), qPrintable(query.lastError().text()));
        return *this;
    }

    // suffix: "-wal", "-journal".
    QByteArray bytes(const QString &suffix = {}) const
    {
        QFile file(m_database.databaseName() + suffix);
        if (!file.open(QIODevice::ReadOnly))
            qFatal("No file %s", qPrintable(file.fileName()));
        return file.readAll();
    }

private:
    QTemporaryDir m_folder;
    QSqlDatabase m_database;
};

} // namespace cockpit::test
