#include "checks/access/tablefiles.h"

#include "checks/secrets/boundedreading.h"
#include "checks/secrets/placeweight.h"
#include "checks/secrets/settings/wholetext.h"
#include "models/pathwords.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit::access {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TableFiles)
};

constexpr qint64 kMostFiles = 100'000; // of one folder
constexpr qint64 kMostBytes = qint64(256) << 20;

bool mayHoldShapes(const QString &path)
{
    const bool isTypes = path.endsWith(".ts"_L1) || path.endsWith(".mts"_L1) || path.endsWith(".prisma"_L1);
    return isTypes && !isInBuiltFolder(path) && !path.contains("node_modules/"_L1);
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
    TableFiles read;
    BoundedReading reading(context, {kMostFiles, kMostBytes});
    const auto visit = [&](const WalkedFile &file) -> Result<qint64> {
        if (!mayHoldShapes(shownPath(file.path)) || weightOf(file.path) == PlaceWeight::Lower)
            return 0;
        const auto text = env::wholeText(file);
        if (!text)
            return tl::unexpected(text.error());
        const std::string_view view = text->view();
        if (text->isBinary)
            return 0;
        for (TableShape &shape :
             tableShapesIn(QByteArray::fromRawData(view.data(), static_cast<qsizetype>(view.size())))) {
            const bool isKnown = std::ranges::find(read.shapes, shape.name, &TableShape::name) != read.shapes.end();
            if (!isKnown && read.shapes.size() < kMostShapes)
                read.shapes.push_back(std::move(shape));
        }
        return static_cast<qint64>(view.size());
    };
    for (const LocalSource &source : question.sources) {
        if (source.kind == SourceKind::Code)
            reading.readFolder(source.path, visit);
    }
    if (const auto gaps = reading.ended(Text::tr("The code was not read to its end.")); !gaps)
        return tl::unexpected(gaps.error());
    return read;
}

} // namespace cockpit::access
