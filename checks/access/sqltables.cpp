#include "checks/access/sqltables.h"

#include <algorithm>
#include <array>
#include <optional>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

using Words = std::span<const SqlWord>;

constexpr std::size_t kMostSqlTables = 300;
constexpr std::size_t kMostSqlColumns = 500;

// Steps over the words, if they come next.
template<typename... Word>
bool skip(Words &words, Word... expected)
{
    const std::array<QLatin1StringView, sizeof...(Word)> all{expected...};
    if (words.size() < all.size() ||
        !std::ranges::equal(words.first(all.size()), all,
                            [](const SqlWord &word, QLatin1StringView keyword) { return word.is(keyword); }))
        return false;
    words = words.subspan(all.size());
    return true;
}

bool has(Words words, QLatin1StringView keyword)
{
    return std::ranges::any_of(words, [keyword](const SqlWord &word) { return word.is(keyword); });
}

bool has(Words words, QLatin1StringView first, QLatin1StringView second)
{
    return std::ranges::adjacent_find(words, [&](const SqlWord &one, const SqlWord &next) {
               return one.is(first) && next.is(second);
           }) != words.end();
}

// "orders", "public.orders", "\"Orders\""; nothing: of another schema, or no name.
std::optional<QString> takeTable(Words &words)
{
    if (words.empty() || !words.front().mayName())
        return std::nullopt;
    QString name = words.front().text;
    words = words.subspan(1);
    if (words.size() < 2 || !words[0].is("."_L1) || !words[1].mayName())
        return name;
    const bool isShown = name == "public"_L1;
    name = words[1].text;
    words = words.subspan(2);
    return isShown ? std::optional(name) : std::nullopt;
}

// What stands between commas that are in no brackets.
std::vector<Words> partsOf(Words words)
{
    std::vector<Words> parts;
    int depth = 0;
    std::size_t begin = 0;
    for (std::size_t at = 0; at <= words.size(); ++at) {
        if (at == words.size() || (depth == 0 && words[at].is(","_L1))) {
            if (at > begin)
                parts.push_back(words.subspan(begin, at - begin));
            begin = at + 1;
        } else if (words[at].is("("_L1)) {
            ++depth;
        } else if (words[at].is(")"_L1)) {
            --depth;
        }
    }
    return parts;
}

// From behind "(" to the ")" that closes it, or to the end of what was cut off.
Words insideBrackets(Words words)
{
    int depth = 1;
    for (std::size_t at = 1; at < words.size(); ++at) {
        depth += words[at].is("("_L1) ? 1 : words[at].is(")"_L1) ? -1 : 0;
        if (depth == 0)
            return words.subspan(1, at - 1);
    }
    return words.subspan(1);
}

// Where the type of a column ends and what holds for it begins.
bool beginsRule(const SqlWord &word)
{
    constexpr std::array kRules{"not"_L1,     "null"_L1,       "default"_L1,    "primary"_L1,
                                "unique"_L1,  "check"_L1,      "references"_L1, "generated"_L1,
                                "collate"_L1, "constraint"_L1, "storage"_L1,    "using"_L1};
    return std::ranges::any_of(kRules, [&word](QLatin1StringView rule) { return word.is(rule); });
}

// "character varying(20)", "public.kind", "text[]"
QString takeType(Words &words)
{
    QString type;
    bool wasName = false;
    for (; !words.empty() && !beginsRule(words.front()); words = words.subspan(1)) {
        const bool isName = words.front().mayName();
        type += (isName && wasName ? u" "_s : QString()) + words.front().text;
        wasName = isName;
    }
    return type;
}

bool isOtherRule(const SqlWord &word)
{
    constexpr std::array kRules{"unique"_L1, "foreign"_L1, "exclude"_L1, "like"_L1};
    return std::ranges::any_of(kRules, [&word](QLatin1StringView rule) { return word.is(rule); });
}

// check (kind in ('cake', 'bread')), and as a dump writes it: = ANY (ARRAY['cake'::text …
QString firstAllowed(Words rules)
{
    bool isList = false;
    for (const SqlWord &word : rules) {
        isList = isList || word.is("in"_L1) || word.is("any"_L1);
        if (isList && word.kind == SqlWordKind::Text)
            return word.text;
    }
    return {};
}

} // namespace

void SqlTables::read(QStringView sql)
{
    SqlStatements statements(sql);
    for (auto statement = statements.next(); !statement.empty(); statement = statements.next())
        take(statement);
}

void SqlTables::take(Words statement)
{
    if (skip(statement, "create"_L1))
        create(statement);
    else if (skip(statement, "drop"_L1))
        drop(statement);
    else if (skip(statement, "alter"_L1, "table"_L1))
        alter(statement);
}

SqlTables::Table *SqlTables::find(const QString &name)
{
    const auto found = std::ranges::find(m_tables, name, &Table::name);
    return found == m_tables.end() ? nullptr : &*found;
}

SqlTables::Column *SqlTables::Table::column(const SqlWord &wanted)
{
    const auto found = std::ranges::find(columns, wanted.text, &Column::name);
    return found == columns.end() ? nullptr : &*found;
}

// Temporary tables are gone with their session.
void SqlTables::create(Words statement)
{
    if (skip(statement, "type"_L1))
        return createType(statement);
    skip(statement, "or"_L1, "replace"_L1);
    skip(statement, "unlogged"_L1);
    skip(statement, "foreign"_L1);
    skip(statement, "materialized"_L1);
    skip(statement, "recursive"_L1);
    const bool isTable = skip(statement, "table"_L1);
    if (!isTable && !skip(statement, "view"_L1))
        return;
    skip(statement, "if"_L1, "not"_L1, "exists"_L1);
    const auto name = takeTable(statement);
    if (!name || find(*name) || m_tables.size() >= kMostSqlTables)
        return;
    Table &table = m_tables.emplace_back(Table{.name = *name});
    if (!isTable || statement.empty() || !statement.front().is("("_L1))
        return;
    for (const Words part : partsOf(insideBrackets(statement)))
        addPart(table, part);
}

// create type kind as enum ('cake', 'bread')
void SqlTables::createType(Words statement)
{
    const auto name = takeTable(statement);
    if (name && skip(statement, "as"_L1, "enum"_L1, "("_L1) && !statement.empty() &&
        statement.front().kind == SqlWordKind::Text)
        m_firstWords.insert(*name, statement.front().text);
}

void SqlTables::drop(Words statement)
{
    skip(statement, "foreign"_L1);
    skip(statement, "materialized"_L1);
    if (!skip(statement, "table"_L1) && !skip(statement, "view"_L1))
        return;
    skip(statement, "if"_L1, "exists"_L1);
    for (Words part : partsOf(statement)) {
        if (const auto name = takeTable(part); name)
            std::erase_if(m_tables, [&name](const Table &table) { return table.name == *name; });
    }
}

void SqlTables::alter(Words statement)
{
    skip(statement, "if"_L1, "exists"_L1);
    skip(statement, "only"_L1);
    const auto name = takeTable(statement);
    Table *table = name ? find(*name) : nullptr;
    if (!table)
        return;
    if (skip(statement, "set"_L1, "schema"_L1)) {
        std::erase_if(m_tables, [&name](const Table &one) { return one.name == *name; });
        return;
    }
    for (const Words action : partsOf(statement))
        change(*table, action);
}

void SqlTables::change(Table &table, Words action)
{
    if (skip(action, "rename"_L1, "to"_L1)) {
        if (!action.empty())
            table.name = action.front().text;
    } else if (skip(action, "rename"_L1)) {
        skip(action, "column"_L1);
        Column *column = action.size() == 3 ? table.column(action.front()) : nullptr;
        if (column)
            column->name = action.back().text;
    } else if (skip(action, "add"_L1)) {
        skip(action, "column"_L1);
        skip(action, "if"_L1, "not"_L1, "exists"_L1);
        addPart(table, action);
    } else if (skip(action, "drop"_L1) &&
               !has(action.first(std::min<std::size_t>(action.size(), 1)), "constraint"_L1)) {
        skip(action, "column"_L1);
        skip(action, "if"_L1, "exists"_L1);
        if (!action.empty())
            std::erase_if(table.columns, [&action](const Column &one) { return one.name == action.front().text; });
    } else if (skip(action, "alter"_L1)) {
        changeColumn(table, action);
    }
}

// A dump adds "identity" in this way too.
void SqlTables::changeColumn(Table &table, Words action)
{
    skip(action, "column"_L1);
    Column *column = action.empty() ? nullptr : table.column(action.front());
    if (!column)
        return;
    action = action.subspan(1);
    if (skip(action, "set"_L1, "not"_L1, "null"_L1))
        column->isNeeded = true;
    else if (skip(action, "drop"_L1, "not"_L1, "null"_L1))
        column->isNeeded = false;
    else if (skip(action, "set"_L1, "default"_L1) || skip(action, "add"_L1, "generated"_L1))
        column->isGiven = true;
    else if (skip(action, "drop"_L1, "default"_L1))
        column->isGiven = false;
    else if (skip(action, "type"_L1) || skip(action, "set"_L1, "data"_L1, "type"_L1))
        column->type = takeType(action);
}

// A column, or a rule for several: one that allows certain words stands here in a dump.
void SqlTables::addPart(Table &table, Words part)
{
    if (skip(part, "constraint"_L1) && !part.empty())
        part = part.subspan(1);
    if (skip(part, "primary"_L1, "key"_L1)) {
        for (Column *column : columnsNamedIn(table, part))
            column->isNeeded = true;
    } else if (skip(part, "check"_L1)) {
        for (Column *column : columnsNamedIn(table, part))
            column->word = firstAllowed(part);
    } else if (!part.empty() && !isOtherRule(part.front()) && part.front().mayName() && !table.column(part.front()) &&
               table.columns.size() < kMostSqlColumns) {
        table.columns.push_back(columnOf(part));
    }
}

std::vector<SqlTables::Column *> SqlTables::columnsNamedIn(Table &table, Words part)
{
    std::vector<Column *> columns;
    for (const SqlWord &word : part) {
        if (Column *column = word.mayName() ? table.column(word) : nullptr; column)
            columns.push_back(column);
    }
    return columns;
}

SqlTables::Column SqlTables::columnOf(Words part)
{
    Column column{.name = part.front().text};
    part = part.subspan(1);
    column.type = takeType(part);
    column.isNeeded = has(part, "not"_L1, "null"_L1) || has(part, "primary"_L1, "key"_L1);
    column.isGiven = has(part, "default"_L1) || has(part, "generated"_L1) || column.type.contains("serial"_L1);
    column.word = firstAllowed(part);
    return column;
}

TableColumn SqlTables::shownColumn(const Column &column) const
{
    const QString type = column.type.startsWith("public."_L1) ? column.type.mid(7) : column.type;
    const QString word = column.word.isEmpty() ? m_firstWords.value(type) : column.word;
    const bool isList = type.contains(u'[') || type.endsWith(" array"_L1);
    return {.name = column.name,
            .kind = isList                        ? TableColumnKind::Other
                    : m_firstWords.contains(type) ? TableColumnKind::Text
                                                  : columnKindOf(type),
            .isRequired = column.isNeeded && !column.isGiven,
            .word = isList ? QString() : word};
}

std::vector<TableShape> SqlTables::shapes() const
{
    std::vector<TableShape> shapes;
    for (const Table &table : m_tables) {
        if (shapes.size() >= kMostShapes)
            break;
        TableShape shape{.name = table.name};
        for (const Column &column : table.columns)
            shape.columns.push_back(shownColumn(column));
        shapes.push_back(std::move(shape));
    }
    return shapes;
}

} // namespace cockpit
