#include "models/testcells.h"

#include <QJsonArray>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QJsonObject fromCell(const TestCell &cell)
{
    QJsonObject object{{u"name"_s, cell.name}, {u"outcome"_s, toWord(cell.outcome)}};
    if (!cell.reason.isEmpty())
        object.insert(u"reason"_s, cell.reason);
    if (!cell.findingCode.isEmpty()) {
        object.insert(u"code"_s, cell.findingCode);
        object.insert(u"subject"_s, cell.findingSubject);
    }
    return object;
}

} // namespace

void noteCells(const std::vector<TestCell> &cells, QJsonObject &observed)
{
    QJsonArray array;
    for (const TestCell &cell : cells) {
        if (static_cast<std::size_t>(array.size()) == kMostCells)
            break;
        array.append(fromCell(cell));
    }
    if (cells.size() > kMostCells)
        observed.insert(u"cells_left_out"_s, static_cast<qint64>(cells.size() - kMostCells));
    observed.insert(u"cells"_s, array);
}

std::vector<TestCell> cellsOf(const CheckResult &result)
{
    std::vector<TestCell> cells;
    const QJsonArray array = result.observed.value(u"cells"_s).toArray();
    for (const QJsonValue &value : array) {
        const QJsonObject object = value.toObject();
        const auto outcome = fromWord<Outcome>(object.value(u"outcome"_s).toString());
        const QString name = object.value(u"name"_s).toString();
        if (!outcome || name.isEmpty())
            continue;
        cells.push_back({name, *outcome, object.value(u"reason"_s).toString(), object.value(u"code"_s).toString(),
                         object.value(u"subject"_s).toString()});
    }
    return cells;
}

} // namespace cockpit
