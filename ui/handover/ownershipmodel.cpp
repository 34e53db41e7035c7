#include "ui/handover/ownershipmodel.h"

#include "models/redactor.h"
#include "ui/widgets/tooltips.h"

namespace cockpit {

namespace {

constexpr int kLongestCell = 500;

QString Ownership::*fieldOf(int column)
{
    switch (column) {
    case OwnershipModel::SystemColumn:
        return &Ownership::system;
    case OwnershipModel::ProviderColumn:
        return &Ownership::provider;
    case OwnershipModel::OwnerColumn:
        return &Ownership::owner;
    case OwnershipModel::BackupColumn:
        return &Ownership::backup;
    }
    return &Ownership::notes;
}

} // namespace

void OwnershipModel::setRows(const std::vector<Ownership> &rows)
{
    if (rows == m_rows) // what was just typed came back: the editor and the selection stay
        return;
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

int OwnershipModel::addRow()
{
    const int row = rowCount();
    beginInsertRows({}, row, row);
    m_rows.emplace_back();
    endInsertRows();
    return row;
}

int OwnershipModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int OwnershipModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant OwnershipModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::EditRole && role != Qt::ToolTipRole))
        return {};
    const QString &text = m_rows[static_cast<std::size_t>(index.row())].*fieldOf(index.column());
    return role == Qt::ToolTipRole ? plainToolTip(text) : text;
}

bool OwnershipModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::EditRole || m_readOnly)
        return false;
    QString &cell = m_rows[static_cast<std::size_t>(index.row())].*fieldOf(index.column());
    // People paste passwords where they should not; what looks like one is masked before it is saved.
    const QString typed = redact(plainText(value.toString().trimmed(), kLongestCell));
    if (cell == typed)
        return true;
    cell = typed;
    emit dataChanged(index, index);
    emit edited();
    return true;
}

QVariant OwnershipModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case SystemColumn:
        return tr("System");
    case ProviderColumn:
        return tr("Provider");
    case OwnerColumn:
        return tr("Owner");
    case BackupColumn:
        return tr("Backup");
    case NotesColumn:
        return tr("Notes");
    }
    return {};
}

Qt::ItemFlags OwnershipModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return m_readOnly || !index.isValid() ? flags : flags | Qt::ItemIsEditable;
}

} // namespace cockpit
