#include "ui/stage/resultsmodel.h"

#include <algorithm>

namespace cockpit {

namespace {

int positionOf(const std::vector<ResultRow> &rows, const QString &key)
{
    const auto found = std::ranges::find(rows, key, &ResultRow::key);
    return found == rows.end() ? -1 : static_cast<int>(found - rows.begin());
}

} // namespace

int ResultsModel::rowOf(const QString &key) const
{
    return positionOf(m_rows, key);
}

int ResultsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ResultsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ResultRow &row = m_rows[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return row.title;
    case Qt::AccessibleTextRole:
        return spoken(row);
    case RowShapeRole:
        return QVariant::fromValue(row.shape);
    case RowNoteRole:
        return row.subtitle;
    case RowPillRole:
        return row.pill;
    case RowPillToneRole:
        return QVariant::fromValue(row.tone);
    case RowTrailingRole:
        return row.trailing;
    case RowActionRole:
        return row.offers ? pageFor(*row.offers)->action : QString();
    case KeyRole:
        return row.key;
    case CheckIdRole:
        return row.checkId;
    case HostRole:
        return row.host;
    case FindingIdRole:
        return row.findingId;
    case PageRole:
        return row.offers ? pageFor(*row.offers)->pageId : QString();
    }
    return {};
}

QString ResultsModel::spoken(const ResultRow &row)
{
    const QString words =
        tr("%1: %2. %3").arg(row.pill.isEmpty() ? labelOf(row.shape) : row.pill, row.title, row.subtitle);
    return row.offers ? pageFor(*row.offers)->spoken.arg(words) : words;
}

// A check's row becomes the row of its first finding where it stands, so that the list does not jump.
void ResultsModel::takeOver(const std::vector<ResultRow> &wanted)
{
    for (size_t i = 0; i < m_rows.size(); ++i) {
        if (positionOf(wanted, m_rows[i].key) >= 0)
            continue;
        const auto heir = std::ranges::find_if(
            wanted, [&](const ResultRow &row) { return row.checkId == m_rows[i].checkId && rowOf(row.key) < 0; });
        if (heir == wanted.end())
            continue;
        m_rows[i] = *heir;
        emit dataChanged(index(int(i)), index(int(i)));
    }
}

void ResultsModel::removeGone(const std::vector<ResultRow> &wanted)
{
    for (int i = rowCount() - 1; i >= 0; --i) {
        if (positionOf(wanted, m_rows[size_t(i)].key) >= 0)
            continue;
        beginRemoveRows({}, i, i);
        m_rows.erase(m_rows.begin() + i);
        endRemoveRows();
    }
}

void ResultsModel::put(const ResultRow &row, int at)
{
    beginInsertRows({}, at, at);
    m_rows.insert(m_rows.begin() + at, row);
    endInsertRows();
}

void ResultsModel::setRows(const std::vector<ResultRow> &rows, Order order)
{
    takeOver(rows);
    removeGone(rows);
    for (int target = 0; target < int(rows.size()); ++target) {
        const ResultRow &row = rows[size_t(target)];
        int now = rowOf(row.key);
        if (now < 0) {
            put(row, order == Order::Sort ? target : rowCount());
            continue;
        }
        if (order == Order::Sort && now != target) {
            // Rows before `target` are in place, so this one comes from below.
            beginMoveRows({}, now, now, {}, target);
            std::rotate(m_rows.begin() + target, m_rows.begin() + now, m_rows.begin() + now + 1);
            endMoveRows();
            now = target;
        }
        if (m_rows[size_t(now)] != row) {
            m_rows[size_t(now)] = row;
            emit dataChanged(index(now), index(now));
        }
    }
}

} // namespace cockpit
