#include "ui/stage/itemsmodel.h"

#include "ui/session.h"

#include <algorithm>

namespace cockpit {

Tone toneFor(ItemState state)
{
    switch (state) {
    case ItemState::Proven:
        return Tone::Pass;
    case ItemState::Problem:
        return Tone::Fail;
    case ItemState::AnsweredByPerson:
        return Tone::Accent;
    case ItemState::NotLookedAt:
    case ItemState::NotApplicable:
        return Tone::Neutral;
    }
    Q_UNREACHABLE();
}

ItemsModel::ItemsModel(Session &session, int stageNumber, QObject *parent)
    : QAbstractListModel(parent), m_session(session), m_stageNumber(stageNumber)
{
}

void ItemsModel::addSection(const QString &heading, const std::vector<Item> &items)
{
    if (items.empty())
        return;
    m_rows.push_back({heading, {}, {}});
    for (const Item &item : items)
        m_rows.push_back({{}, item, m_session.status(item)});
}

void ItemsModel::rebuild()
{
    m_roadmapId = m_session.roadmap().id;
    beginResetModel();
    m_rows.clear();
    if (const Stage *stage = m_session.roadmap().stage(m_stageNumber)) {
        addSection(tr("What has to be true"), stage->checks);
        addSection(tr("What you have in hand afterwards"), stage->deliverables);
        addSection(tr("Signs that something is wrong"), stage->failureSignals);
    }
    endResetModel();
}

void ItemsModel::refresh()
{
    if (m_roadmapId != m_session.roadmap().id)
        return rebuild();
    for (int i = 0; i < rowCount(); ++i) {
        Row &row = m_rows[size_t(i)];
        if (!row.heading.isEmpty())
            continue;
        ItemStatus now = m_session.status(row.item);
        if (now == row.status)
            continue;
        row.status = std::move(now);
        emit dataChanged(index(i), index(i));
    }
}

int ItemsModel::rowOf(const QString &itemId) const
{
    const auto found = std::ranges::find_if(m_rows, [&](const Row &row) { return row.item.id == itemId; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int ItemsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

Qt::ItemFlags ItemsModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    if (!m_rows[size_t(index.row())].heading.isEmpty())
        return Qt::ItemNeverHasChildren | Qt::ItemIsEnabled;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

QVariant ItemsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[size_t(index.row())];
    return row.heading.isEmpty() ? dataOfItem(row, role) : dataOfHeading(row, role);
}

QVariant ItemsModel::dataOfHeading(const Row &row, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return row.heading;
    case RowHeadingRole:
        return true;
    }
    return {};
}

QVariant ItemsModel::dataOfItem(const Row &row, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return row.item.text;
    case Qt::AccessibleTextRole:
        return tr("%1: %2. %3").arg(labelOf(row.status.state), row.item.text, row.status.explanation);
    case RowShapeRole:
        return QVariant::fromValue(shapeFor(row.status.state));
    case RowNoteRole:
        return row.status.explanation;
    case RowPillRole:
        return labelOf(row.status.state);
    case RowPillToneRole:
        return QVariant::fromValue(toneFor(row.status.state));
    case ItemIdRole:
        return row.item.id;
    }
    return {};
}

} // namespace cockpit
