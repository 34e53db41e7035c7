// Tables of a database as somebody wrote them down: the types that Supabase generates for TypeScript, schemas of Prisma
// and Drizzle (SQL: sqltables.h), the description that PostgREST gives of itself (OpenAPI 2, "definitions"), and the
// answer of pg_graphql to the question for its schema. Pure; none of them is understood as a language, only as far as
// names and kinds go.
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace cockpit {

enum class TableColumnKind { Text, Number, Truth, Json, Uuid, Time, Other };
// By the words of all of them: "string", "String", "varchar", "character varying", "Int", "bigint", "timestamptz" …
TableColumnKind columnKindOf(const QString &type);

struct TableColumn
{
    QString name;
    TableColumnKind kind = TableColumnKind::Other;
    bool isRequired = false; // no row without it: NOT NULL, and nothing in its place
    QString word = {};       // one that it takes, of a column for certain words

    bool operator==(const TableColumn &) const = default;
};

struct TableShape
{
    QString name;
    std::vector<TableColumn> columns = {};

    bool operator==(const TableShape &) const = default;
};

constexpr std::size_t kMostShapes = 200; // of one product

// Of one file of code; empty for any other text.
std::vector<TableShape> tableShapesIn(const QByteArray &code);
std::vector<TableShape> tableShapesIn(const QJsonObject &openApi);
// What the question "query{__schema{queryType{fields{name}}}}" was answered with: "ordersCollection" is a table.
QStringList tablesInGraphQl(const QJsonObject &answer);

// The smallest row that the table may take, with that text in one of its columns. Nothing where no column for text is
// known, or one that is required takes nobody knows what.
struct SmallRow
{
    QJsonObject fields;
    QString column; // that holds the text
};
std::optional<SmallRow> smallRowFor(const TableShape &table, const QString &text);

} // namespace cockpit
