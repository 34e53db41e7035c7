#include "checks/access/tablefiles.h"

#include "checks/access/sqltables.h"
#include "checks/secrets/boundedreading.h"
#include "checks/secrets/placeweight.h"
#include "checks/secrets/settings/wholetext.h"
#include "models/pathwords.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <map>

namespace cockpit::access {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TableFiles)
};

constexpr qint64 kMostFiles = 100'000; // of one folder
constexpr qint64 kMostBytes = qint64(256) << 20;
constexpr std::size_t kLargestSql = 4 << 20; // of one file: a dump without its rows
constexpr qsizetype kMostSql = 16 << 20;     // characters, of all that is kept until all files are known

bool mayHoldShapes(const QString &path)
{
    constexpr std::array kEndings{".ts"_L1, ".mts"_L1, ".prisma"_L1, ".sql"_L1};
    const auto isEnding = [&path](QLatin1StringView ending) { return path.endsWith(ending, Qt::CaseInsensitive); };
    return std::ranges::any_of(kEndings, isEnding) && !isInBuiltFolder(path) && !path.contains("node_modules/"_L1);
}

bool isSql(const QString &path)
{
    return path.endsWith(".sql"_L1, Qt::CaseInsensitive);
}

// What takes back what another file did is not run: "0001_orders.down.sql", and the second half of a file of dbmate,
// goose or sql-migrate.
bool isTakenBack(const QString &path)
{
    return path.endsWith(".down.sql"_L1, Qt::CaseInsensitive) || path.endsWith("/down.sql"_L1, Qt::CaseInsensitive);
}

QString forwardPart(const QString &sql)
{
    static const QRegularExpression down(u"^--\\s*(?:migrate:down|\\+(?:goose|migrate)\\s+down)\\b"_s,
                                         QRegularExpression::MultilineOption |
                                             QRegularExpression::CaseInsensitiveOption);
    return sql.left(down.match(sql).capturedStart());
}

class ShapesOfFiles
{
public:
    // The bytes that were read.
    Result<qint64> read(const WalkedFile &file);
    std::vector<TableShape> shapes() &&;

private:
    void add(TableShape shape);
    void keepSql(const QString &path, const QByteArray &text);

    std::vector<TableShape> m_shapes;
    std::map<QString, QString> m_sql; // by the path: the order of migrations
    qsizetype m_sqlSize = 0;
};

Result<qint64> ShapesOfFiles::read(const WalkedFile &file)
{
    const QString path = shownPath(file.path);
    if (!mayHoldShapes(path) || weightOf(file.path) == PlaceWeight::Lower)
        return 0;
    const auto text = env::wholeText(file, isSql(path) ? kLargestSql : env::kLargestText);
    if (!text)
        return tl::unexpected(text.error());
    const std::string_view view = text->view();
    const auto size = static_cast<qsizetype>(view.size());
    if (text->isBinary)
        return 0;
    const QByteArray code = QByteArray::fromRawData(view.data(), size);
    if (isSql(path)) {
        keepSql(path, code);
        return size;
    }
    for (TableShape &shape : tableShapesIn(code))
        add(std::move(shape));
    return size;
}

void ShapesOfFiles::add(TableShape shape)
{
    const bool isKnown = std::ranges::find(m_shapes, shape.name, &TableShape::name) != m_shapes.end();
    if (!isKnown && m_shapes.size() < kMostShapes)
        m_shapes.push_back(std::move(shape));
}

// One that makes no table and changes none is not kept.
void ShapesOfFiles::keepSql(const QString &path, const QByteArray &text)
{
    static const QRegularExpression wanted(u"\\b(?:table|view|type)\\b"_s, QRegularExpression::CaseInsensitiveOption);
    QString sql = isTakenBack(path) ? QString() : forwardPart(QString::fromUtf8(text));
    if (m_sqlSize + sql.size() > kMostSql || !wanted.match(sql).hasMatch())
        return;
    m_sqlSize += sql.size();
    m_sql.insert_or_assign(path, std::move(sql));
}

std::vector<TableShape> ShapesOfFiles::shapes() &&
{
    SqlTables tables;
    for (const auto &[path, sql] : m_sql)
        tables.read(sql);
    for (TableShape &shape : tables.shapes())
        add(std::move(shape));
    return std::move(m_shapes);
}

} // namespace

QString ReadTableFiles::key() const
{
    QStringList parts;
    for (const LocalSource &source : sources)
        parts.append(toWord(source.kind) + u'=' + source.path);
    return parts.join(u'\n');
}

Result<TableFiles> probe(const ReadTableFiles &question, ProbeContext &context)
{
    ShapesOfFiles files;
    BoundedReading reading(context, {kMostFiles, kMostBytes});
    for (const LocalSource &source : question.sources) {
        if (source.kind == SourceKind::Code)
            reading.readFolder(source.path, [&files](const WalkedFile &file) { return files.read(file); });
    }
    if (const auto gaps = reading.ended(Text::tr("The code was not read to its end.")); !gaps)
        return tl::unexpected(gaps.error());
    return TableFiles{std::move(files).shapes()};
}

} // namespace cockpit::access
