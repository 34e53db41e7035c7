// The tables and views that statements of SQL leave behind one after the other: migrations and dumps of PostgreSQL. Of
// the schema "public" or none, which is what Supabase shows to everybody with the key of the pages. Source: PostgreSQL
// 15, CREATE TABLE, CREATE VIEW, CREATE TYPE, ALTER TABLE, DROP TABLE. What is done inside functions is not seen. Pure.
#pragma once

#include "checks/access/sqlwords.h"
#include "checks/access/tableshapes.h"

#include <QHash>
#include <QStringView>

#include <deque>
#include <span>
#include <vector>

namespace cockpit {

class SqlTables
{
public:
    // The statements of one file; files in the order in which they are run.
    void read(QStringView sql);

    // kMostShapes at most, in the order in which they were made; a view has no columns here.
    std::vector<TableShape> shapes() const;

private:
    using Words = std::span<const SqlWord>;

    struct Column
    {
        QString name;
        QString type;
        bool isNeeded = false; // NOT NULL
        bool isGiven = false;  // has a default
        QString word;          // the first that a CHECK allows
    };
    struct Table
    {
        QString name;
        std::deque<Column> columns = {};

        Column *column(const SqlWord &name);
    };

    void take(Words statement);
    void create(Words statement);
    void createType(Words statement);
    void drop(Words statement);
    void alter(Words statement);
    void change(Table &table, Words action);
    void changeColumn(Table &table, Words action);
    Table *find(const QString &name);
    TableColumn shownColumn(const Column &column) const;

    static void addPart(Table &table, Words part);
    static Column columnOf(Words part);
    static std::vector<Column *> columnsNamedIn(Table &table, Words part);

    std::deque<Table> m_tables;
    QHash<QString, QString> m_firstWords; // of types that are lists of words
};

} // namespace cockpit
