#include "checks/access/tableshapes.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QUuid>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kMostColumns = 100;

void add(std::vector<TableShape> &shapes, TableShape shape)
{
    const bool isKnown = std::ranges::find(shapes, shape.name, &TableShape::name) != shapes.end();
    if (!isKnown && !shape.columns.empty() && shapes.size() < kMostShapes)
        shapes.push_back(std::move(shape));
}

void add(TableShape &shape, TableColumn column)
{
    if (shape.columns.size() < kMostColumns)
        shape.columns.push_back(std::move(column));
}

// orders: { Row: {…} Insert: { id?: number  what: string } …: what the command "supabase gen types typescript" writes.
void addGenerated(std::vector<TableShape> &shapes, const QString &code)
{
    static const QRegularExpression table(
        u"(\\w{1,63}): \\{\\s*Row: \\{[^}]{0,20000}\\}\\s*Insert: \\{([^}]{0,20000})\\}"_s);
    static const QRegularExpression column(u"^\\s*(\\w{1,63})(\\?)?:\\s*([^\\n]{1,300}?);?\\s*$"_s,
                                           QRegularExpression::MultilineOption);
    static const QRegularExpression word(u"^\\|?\\s*[\"']([^\"'\\n]{1,60})[\"']"_s);
    for (auto tables = table.globalMatch(code); tables.hasNext();) {
        const auto match = tables.next();
        TableShape shape{.name = match.captured(1)};
        for (auto columns = column.globalMatch(match.captured(2)); columns.hasNext();) {
            const auto one = columns.next();
            const QString type = one.captured(3);
            add(shape, {.name = one.captured(1),
                        .kind = type.contains("[]"_L1) ? TableColumnKind::Other : columnKindOf(type),
                        .isRequired = one.captured(2).isEmpty(),
                        .word = word.match(type).captured(1)});
        }
        add(shapes, std::move(shape));
    }
}

// model Order { id Int @id … @@map("orders") }
void addPrisma(std::vector<TableShape> &shapes, const QString &code)
{
    static const QRegularExpression model(u"^model\\s+(\\w{1,63})\\s*\\{([^}]{0,20000})\\}"_s,
                                          QRegularExpression::MultilineOption);
    static const QRegularExpression field(u"^\\s*(\\w{1,63})\\s+(String|Int|BigInt|Float|Decimal|Boolean|DateTime|Json)"
                                          u"(?![\\w\\[])([?]?)([^\\n]*)$"_s,
                                          QRegularExpression::MultilineOption);
    static const QRegularExpression tableName(u"@@map\\(\\s*\"([^\"\\n]{1,63})\""_s);
    static const QRegularExpression columnName(u"@map\\(\\s*\"([^\"\\n]{1,63})\""_s);
    for (auto models = model.globalMatch(code); models.hasNext();) {
        const auto match = models.next();
        const QString body = match.captured(2);
        const QString mapped = tableName.match(body).captured(1);
        TableShape shape{.name = mapped.isEmpty() ? match.captured(1) : mapped};
        for (auto fields = field.globalMatch(body); fields.hasNext();) {
            const auto one = fields.next();
            const QString rest = one.captured(4);
            const QString own = columnName.match(rest).captured(1);
            const bool isGiven = rest.contains("@default"_L1) || rest.contains("@updatedAt"_L1);
            add(shape, {.name = own.isEmpty() ? one.captured(1) : own,
                        .kind = rest.contains("@db.Uuid"_L1) ? TableColumnKind::Uuid : columnKindOf(one.captured(2)),
                        .isRequired = one.captured(3).isEmpty() && !isGiven});
        }
        add(shapes, std::move(shape));
    }
}

// export const orders = pgTable("orders", { what: text("what").notNull() })
void addDrizzle(std::vector<TableShape> &shapes, const QString &code)
{
    static const QRegularExpression table(
        u"\\bpgTable\\(\\s*[\"'`](\\w{1,63})[\"'`]\\s*,\\s*\\{(.{0,20000}?)\\n\\s*\\}\\s*[,)]"_s,
        QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression column(
        u"\\b(\\w{1,63}):\\s*(\\w{1,40})\\(\\s*(?:[\"'`](\\w{1,63})[\"'`])?[^)\\n]*\\)"
        u"((?:\\s*\\.\\w+\\([^)\\n]*\\))*)"_s);
    for (auto tables = table.globalMatch(code); tables.hasNext();) {
        const auto match = tables.next();
        TableShape shape{.name = match.captured(1)};
        for (auto columns = column.globalMatch(match.captured(2)); columns.hasNext();) {
            const auto one = columns.next();
            const QString rest = one.captured(4);
            const bool isGiven = rest.contains(".default"_L1) || rest.contains(".generated"_L1) ||
                                 rest.contains("$default"_L1) || one.captured(2).contains("serial"_L1);
            const bool isNeeded = rest.contains(".notNull"_L1) || rest.contains(".primaryKey"_L1);
            add(shape, {.name = one.captured(3).isEmpty() ? one.captured(1) : one.captured(3),
                        .kind = columnKindOf(one.captured(2)),
                        .isRequired = isNeeded && !isGiven});
        }
        add(shapes, std::move(shape));
    }
}

QJsonValue valueFor(const TableColumn &column)
{
    if (!column.word.isEmpty())
        return column.word;
    switch (column.kind) {
    case TableColumnKind::Text:
        return u"lc"_s;
    case TableColumnKind::Number:
        return 1;
    case TableColumnKind::Truth:
        return false;
    case TableColumnKind::Json:
        return QJsonObject();
    case TableColumnKind::Uuid:
        return QUuid::createUuid().toString(QUuid::WithoutBraces);
    case TableColumnKind::Time:
        return u"2026-01-02T03:04:05Z"_s;
    case TableColumnKind::Other:
        return QJsonValue::Undefined;
    }
    Q_UNREACHABLE();
}

bool takesAnyText(const TableColumn &column)
{
    return column.kind == TableColumnKind::Text && column.word.isEmpty();
}

} // namespace

TableColumnKind columnKindOf(const QString &type)
{
    const auto is = [&type](const char *words) {
        const QRegularExpression pattern(u"^(?:"_s + QString::fromLatin1(words) + u")"_s,
                                         QRegularExpression::CaseInsensitiveOption);
        return pattern.match(type).hasMatch();
    };
    if (is("uuid"))
        return TableColumnKind::Uuid;
    if (is("timestamp|date|time"))
        return TableColumnKind::Time;
    if (is("string|text|varchar|char|citext|\"char"))
        return TableColumnKind::Text;
    if (is("number|int|big|small|serial|float|double|decimal|numeric|real"))
        return TableColumnKind::Number;
    if (is("bool"))
        return TableColumnKind::Truth;
    return is("json") ? TableColumnKind::Json : TableColumnKind::Other;
}

std::vector<TableShape> tableShapesIn(const QByteArray &code)
{
    std::vector<TableShape> shapes;
    const bool isGenerated = code.contains("Row: {") && code.contains("Insert: {");
    const bool isPrisma = code.contains("\nmodel ") || code.startsWith("model ");
    if (!isGenerated && !isPrisma && !code.contains("pgTable("))
        return shapes;
    const QString text = QString::fromUtf8(code);
    if (isGenerated)
        addGenerated(shapes, text);
    if (isPrisma)
        addPrisma(shapes, text);
    addDrizzle(shapes, text);
    return shapes;
}

// PostgREST: "definitions": {"orders": {"required": ["id"], "properties": {"id": {"format": "bigint", "default": …}}}}
std::vector<TableShape> tableShapesIn(const QJsonObject &openApi)
{
    std::vector<TableShape> shapes;
    const QJsonObject definitions = openApi["definitions"_L1].toObject();
    for (auto it = definitions.begin(); it != definitions.end(); ++it) {
        const QJsonObject table = it.value().toObject();
        const QJsonArray required = table["required"_L1].toArray();
        const QJsonObject properties = table["properties"_L1].toObject();
        TableShape shape{.name = it.key()};
        for (auto one = properties.begin(); one != properties.end(); ++one) {
            const QJsonObject column = one.value().toObject();
            const QString format = column["format"_L1].toString();
            add(shape, {.name = one.key(),
                        .kind = columnKindOf(format.isEmpty() ? column["type"_L1].toString() : format),
                        .isRequired = required.contains(QJsonValue(one.key())) && !column.contains("default"_L1),
                        .word = column["enum"_L1].toArray().first().toString()});
        }
        add(shapes, std::move(shape));
    }
    return shapes;
}

QStringList tablesInGraphQl(const QJsonObject &answer)
{
    QStringList tables;
    const QJsonArray fields = answer["data"_L1]["__schema"_L1]["queryType"_L1]["fields"_L1].toArray();
    for (const auto &field : fields) {
        const QString name = field.toObject()["name"_L1].toString();
        static const QRegularExpression collection(u"^(\\w{1,63})Collection$"_s);
        const QString table = collection.match(name).captured(1);
        if (!table.isEmpty() && !tables.contains(table))
            tables.append(table);
    }
    return tables;
}

std::optional<SmallRow> smallRowFor(const TableShape &table, const QString &text)
{
    const auto &columns = table.columns;
    const auto needed =
        std::ranges::find_if(columns, [](const TableColumn &one) { return one.isRequired && takesAnyText(one); });
    const auto holder = needed != columns.end() ? needed : std::ranges::find_if(columns, takesAnyText);
    if (holder == columns.end())
        return std::nullopt;
    SmallRow row{.fields = {}, .column = holder->name};
    for (const TableColumn &one : columns) {
        if (!one.isRequired)
            continue;
        const QJsonValue value = valueFor(one);
        if (value.isUndefined())
            return std::nullopt;
        row.fields.insert(one.name, value);
    }
    row.fields.insert(holder->name, text);
    return row;
}

} // namespace cockpit
