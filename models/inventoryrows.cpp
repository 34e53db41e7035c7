#include "models/inventoryrows.h"

#include "models/csv.h"
#include "models/redactor.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Inventory)
};

QString joinedSources(const QJsonArray &words)
{
    QStringList labels;
    for (const QJsonValue word : words) {
        if (const auto source = nameSourceFromWord(word.toString()))
            labels << labelOf(*source);
    }
    return labels.join(u", "_s);
}

QString stateOf(const QJsonObject &found)
{
    const auto state = nameStateFromWord(found["state"_L1].toString());
    if (!state)
        return {};
    const QString provider = plainText(found["provider"_L1].toString(), 80);
    return provider.isEmpty() ? labelOf(*state) : Text::tr("%1 (%2)").arg(labelOf(*state), provider);
}

InventoryRow rowOf(const QJsonObject &found)
{
    InventoryRow row{.name = plainText(found["name"_L1].toString(), 253),
                     .learntFrom = joinedSources(found["learnt_from"_L1].toArray()),
                     .state = stateOf(found)};
    if (const auto purpose = namePurposeFromWord(found["purpose"_L1].toString())) {
        row.purpose = labelOf(*purpose);
        row.isGuessed = true;
    }
    return row;
}

void addPersonsWords(InventoryRow &row, const ListedName &listed)
{
    row.isListed = true;
    if (listed.purpose.isEmpty())
        return;
    row.purpose = listed.purpose;
    row.isGuessed = false;
}

InventoryRow newRow(const ListedName &listed)
{
    InventoryRow row{.name = listed.name,
                     .learntFrom = listed.source.isEmpty() ? labelOf(NameSource::Listed) : listed.source,
                     .state = Text::tr("Not looked at yet")};
    if (const auto purpose = guessedPurpose(listed.name)) {
        row.purpose = labelOf(*purpose);
        row.isGuessed = true;
    }
    return row;
}

} // namespace

std::vector<InventoryRow> inventoryRows(const ProjectState &state)
{
    std::vector<InventoryRow> rows;
    for (const CheckResult *result : latestOf(u"dns.inventory"_s, state)) {
        for (const QJsonValue found : result->observed["names"_L1].toArray())
            rows.push_back(rowOf(found.toObject()));
    }
    for (const ListedName &listed : state.names) {
        auto row = std::ranges::find(rows, listed.name, &InventoryRow::name);
        if (row == rows.end())
            row = rows.insert(rows.end(), newRow(listed));
        addPersonsWords(*row, listed);
    }
    return rows;
}

QByteArray inventoryCsv(const std::vector<InventoryRow> &rows)
{
    QString csv = csvRecord({Text::tr("Name"), Text::tr("Purpose"), Text::tr("Learnt from"), Text::tr("State")});
    for (const InventoryRow &row : rows)
        csv += csvRecord({row.name, row.purpose, row.learntFrom, row.state});
    return csv.toUtf8();
}

} // namespace cockpit
