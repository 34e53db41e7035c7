#include "ui/addresses/namemodel.h"

#include "models/redactor.h"
#include "models/target.h"

namespace cockpit {

namespace {

constexpr int kLongestPurpose = 200;

} // namespace

void NameModel::setRows(const std::vector<InventoryRow> &rows)
{
    if (rows == m_rows) // what was just typed came back: the editor and the selection stay
        return;
    beginResetModel();
    m_rows = rows;
    endResetModel();
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

QVariant NameModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::EditRole && role != Qt::ToolTipRole))
        return {};
    const InventoryRow &row = m_rows[static_cast<size_t>(index.row())];
    switch (index.column()) {
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
