#include "ui/surface/surfacemodel.h"

#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/tooltips.h"

#include <algorithm>

namespace cockpit {

bool SurfaceModel::hasSameHosts(const std::vector<SurfaceRow> &rows) const
{
    return std::ranges::equal(rows, m_rows, {}, &SurfaceRow::host, &SurfaceRow::host);
}

// While a run goes on cells change and rows stay, so that the chosen cell does not move.
void SurfaceModel::setRows(const std::vector<SurfaceRow> &rows)
{
    if (rows == m_rows)
        return;
    if (!hasSameHosts(rows)) {
        beginResetModel();
        m_rows = rows;
        endResetModel();
        return;
    }
    m_rows = rows;
    emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

const Host *SurfaceModel::hostAt(const QModelIndex &index) const
{
    return index.isValid() ? &m_rows[static_cast<size_t>(index.row())].host : nullptr;
}

const SurfaceCell *SurfaceModel::cellAt(const QModelIndex &index) const
{
    if (!index.isValid() || index.column() == kHostColumn)
        return nullptr;
    return &m_rows[static_cast<size_t>(index.row())].cells[static_cast<size_t>(index.column() - 1)];
}

int SurfaceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SurfaceModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 1 + static_cast<int>(kSurfaceColumns.size());
}

QVariant SurfaceModel::hostData(const Host &host, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return displayName(host.name);
    case Qt::ToolTipRole:
        return plainToolTip(tr("%1 (%2)").arg(displayName(host.name), labelOf(host.role)));
    case Qt::AccessibleTextRole:
        return tr("%1, %2").arg(displayName(host.name), labelOf(host.role));
    }
    return {};
}

QVariant SurfaceModel::cellData(const Host &host, const SurfaceCell &cell, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return shortWordOf(cell);
    case Qt::ToolTipRole:
        return plainToolTip(cell.words.isEmpty() ? wordOf(cell) : tr("%1: %2").arg(wordOf(cell), cell.words));
    case Qt::AccessibleTextRole:
        return tr("%1, %2: %3. %4")
            .arg(displayName(host.name), labelOf(cell.column), wordOf(cell), cell.words)
            .trimmed();
    case RowShapeRole:
        return QVariant::fromValue(isSeenInPart(cell) ? StateShape::NotRun : shapeFor(cell.outcome));
    }
    return {};
}

QVariant SurfaceModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Host &host = *hostAt(index);
    const SurfaceCell *cell = cellAt(index);
    return cell ? cellData(host, *cell, role) : hostData(host, role);
}

QVariant SurfaceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section >= columnCount())
        return {};
    return section == kHostColumn ? tr("Address") : labelOf(kSurfaceColumns[static_cast<size_t>(section - 1)]);
}

} // namespace cockpit
