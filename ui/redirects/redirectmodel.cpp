#include "ui/redirects/redirectmodel.h"

#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/tooltips.h"

#include <algorithm>

namespace cockpit {

namespace {

bool haveSameEntries(const std::vector<RedirectRow> &a, const std::vector<RedirectRow> &b)
{
    return std::ranges::equal(a, b, {}, &RedirectRow::entry, &RedirectRow::entry);
}

} // namespace

StateShape shapeFor(const std::optional<RedirectState> &state)
{
    if (!state)
        return StateShape::NotRun;
    switch (*state) {
    case RedirectState::Right:
        return StateShape::Pass;
    case RedirectState::Broken:
    case RedirectState::Loop:
        return StateShape::Fail;
    case RedirectState::WrongPage:
    case RedirectState::FrontPage:
    case RedirectState::QueryLost:
    case RedirectState::NotMoved:
    case RedirectState::Insecure:
    case RedirectState::ByPage:
    case RedirectState::Temporary:
    case RedirectState::ManyHops:
        return StateShape::Warn;
    case RedirectState::Silent:
        return StateShape::NotRun;
    }
    Q_UNREACHABLE();
}

// An address may be half typed when the results of a run come: rows that stay keep their editor.
void RedirectModel::setRows(const std::vector<RedirectRow> &rows)
{
    if (rows == m_rows)
        return;
    if (!haveSameEntries(rows, m_rows)) {
        beginResetModel();
        m_rows = rows;
        endResetModel();
        return;
    }
    m_rows = rows;
    emit dataChanged(index(0, ResultColumn), index(rowCount() - 1, ResultColumn));
}

std::vector<RedirectEntry> RedirectModel::entries() const
{
    std::vector<RedirectEntry> entries;
    entries.reserve(m_rows.size() + 1);
    for (const RedirectRow &row : m_rows)
        entries.push_back(row.entry);
    return entries;
}

bool RedirectModel::refuse(const QString &why)
{
    emit refused(why);
    return false;
}

bool RedirectModel::isTaken(const RedirectEntry &entry, int exceptRow) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (row != exceptRow && m_rows[static_cast<size_t>(row)].entry.from == entry.from)
            return true;
    }
    return false;
}

bool RedirectModel::add(const RedirectEntry &typed)
{
    const auto checked = checkedRedirect(typed);
    if (!checked)
        return refuse(checked.error().message);
    if (isTaken(*checked, -1))
        return refuse(tr("%1 is in the list already.").arg(checked->from));
    if (m_rows.size() >= kMostRedirects)
        return refuse(tr("The list is full: it holds %1 addresses.").arg(kMostRedirects));
    std::vector<RedirectEntry> changed = entries();
    changed.push_back(*checked);
    emit edited(changed);
    return true;
}

void RedirectModel::remove(int row)
{
    if (row < 0 || row >= rowCount())
        return;
    std::vector<RedirectEntry> changed = entries();
    changed.erase(changed.begin() + row);
    emit edited(changed);
}

int RedirectModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RedirectModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString RedirectModel::textOf(const RedirectRow &row, int column) const
{
    switch (column) {
    case OldColumn:
        return row.entry.from;
    case WantedColumn:
        return row.entry.to;
    case ResultColumn:
        return seenText(row);
    }
    return {};
}

QString RedirectModel::spokenText(const RedirectRow &row, int column) const
{
    if (column == WantedColumn && row.entry.to.isEmpty())
        return tr("any page");
    if (column == ResultColumn)
        return tr("%1: %2").arg(labelOf(shapeFor(row.state)), seenText(row));
    return textOf(row, column);
}

QVariant RedirectModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const RedirectRow &row = m_rows[static_cast<size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == WantedColumn ? spokenText(row, WantedColumn) : textOf(row, index.column());
    case Qt::EditRole:
        return textOf(row, index.column());
    case Qt::AccessibleTextRole:
        return spokenText(row, index.column());
    case Qt::ToolTipRole:
        return plainToolTip(index.column() == ResultColumn && !row.landed.isEmpty()
                                ? tr("%1. Ended at %2").arg(seenText(row), row.landed)
                                : textOf(row, index.column()));
    case RowShapeRole:
        return index.column() == ResultColumn ? QVariant::fromValue(shapeFor(row.state)) : QVariant();
    }
    return {};
}

bool RedirectModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::EditRole || m_readOnly || index.column() == ResultColumn)
        return false;
    RedirectEntry typed = m_rows[static_cast<size_t>(index.row())].entry;
    (index.column() == OldColumn ? typed.from : typed.to) = value.toString();
    const auto checked = checkedRedirect(typed);
    if (!checked)
        return refuse(checked.error().message);
    if (isTaken(*checked, index.row()))
        return refuse(tr("%1 is in the list already.").arg(checked->from));
    std::vector<RedirectEntry> changed = entries();
    RedirectEntry &entry = changed[static_cast<size_t>(index.row())];
    if (entry == *checked)
        return true;
    entry = *checked;
    emit edited(changed);
    return true;
}

QVariant RedirectModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case OldColumn:
        return tr("Old address");
    case WantedColumn:
        return tr("Should lead to");
    case ResultColumn:
        return tr("Last look");
    }
    return {};
}

Qt::ItemFlags RedirectModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return m_readOnly || !index.isValid() || index.column() == ResultColumn ? flags : flags | Qt::ItemIsEditable;
}

} // namespace cockpit
