#include "ui/addresses/namemodel.h"

#include "models/redactor.h"
#include "models/target.h"
#include "ui/widgets/tooltips.h"

#include <algorithm>
#include <set>

namespace cockpit {

namespace {

constexpr int kLongestPurpose = 200;

} // namespace

// A purpose may be half typed when the results of a run come: rows that stay keep their editor, so nothing is reset
// while there are some.
void NameModel::setRows(const std::vector<InventoryRow> &rows)
{
    if (rows == m_rows)
        return;
    if (m_rows.empty() || rows.empty()) {
        beginResetModel();
        m_rows = rows;
        endResetModel();
        return;
    }
    removeAllBut(rows);
    for (size_t i = 0; i < rows.size(); ++i)
        bringTo(static_cast<int>(i), rows[i]);
}

void NameModel::removeAllBut(const std::vector<InventoryRow> &rows)
{
    std::set<QString> staying;
    for (const InventoryRow &row : rows)
        staying.insert(row.name);
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (staying.contains(m_rows[static_cast<size_t>(row)].name))
            continue;
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    }
}

// All rows above stand where they belong.
void NameModel::bringTo(int row, const InventoryRow &wanted)
{
    const auto place = m_rows.begin() + row;
    const auto known = std::find_if(place, m_rows.end(), [&](const InventoryRow &r) { return r.name == wanted.name; });
    if (known == m_rows.end()) {
        beginInsertRows({}, row, row);
        m_rows.insert(place, wanted);
        endInsertRows();
        return;
    }
    if (known != place) {
        const int from = static_cast<int>(known - m_rows.begin());
        beginMoveRows({}, from, from, {}, row);
        std::rotate(place, known, known + 1);
        endMoveRows();
    }
    InventoryRow &shown = m_rows[static_cast<size_t>(row)];
    if (shown == wanted)
        return;
    shown = wanted;
    emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

const InventoryRow *NameModel::at(int row) const
{
    return row >= 0 && row < rowCount() ? &m_rows[static_cast<size_t>(row)] : nullptr;
}

int NameModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int NameModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

// A guess is edited from an empty field: what is typed is the person's own.
QString NameModel::purposeText(const InventoryRow &row, int role) const
{
    if (!row.isGuessed)
        return row.purpose;
    return role == Qt::EditRole ? QString() : tr("%1 (guessed)").arg(row.purpose);
}

QString NameModel::textOf(const InventoryRow &row, int column, int role) const
{
    switch (column) {
    case NameColumn:
        return displayName(row.name);
    case PurposeColumn:
        return purposeText(row, role);
    case LearntColumn:
        return row.learntFrom;
    case StateColumn:
        return row.state;
    }
    return {};
}

QVariant NameModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::EditRole && role != Qt::ToolTipRole))
        return {};
    const QString text = textOf(m_rows[static_cast<size_t>(index.row())], index.column(), role);
    return role == Qt::ToolTipRole ? plainToolTip(text) : text;
}

bool NameModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || index.column() != PurposeColumn || role != Qt::EditRole || m_readOnly)
        return false;
    const InventoryRow &row = m_rows[static_cast<size_t>(index.row())];
    const QString purpose = plainText(value.toString().trimmed(), kLongestPurpose);
    if (purpose != purposeText(row, Qt::EditRole))
        emit purposeEdited(row.name, purpose);
    return true;
}

QVariant NameModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Name");
    case PurposeColumn:
        return tr("What it is for");
    case LearntColumn:
        return tr("Learnt from");
    case StateColumn:
        return tr("State");
    }
    return {};
}

Qt::ItemFlags NameModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return m_readOnly || !index.isValid() || index.column() != PurposeColumn ? flags : flags | Qt::ItemIsEditable;
}

} // namespace cockpit
