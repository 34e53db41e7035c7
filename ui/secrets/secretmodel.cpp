#include "ui/secrets/secretmodel.h"

#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/tooltips.h"

#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

QString dateText(const QDate &date)
{
    return date.isValid() ? QLocale().toString(date, QLocale::ShortFormat) : QString();
}

QString environmentsOf(const SecretEntry &entry)
{
    QStringList names;
    for (const Environment environment : entry.environments)
        names << labelOf(environment);
    return names.join(u", "_s);
}

QString exposureOf(const SecretEntry &entry)
{
    if (entry.exposure != Exposure::Yes)
        return labelOf(entry.exposure);
    if (isRotated(entry))
        return SecretModel::tr("Was; old one dead");
    return entry.exposedOn.isValid() ? SecretModel::tr("Since %1").arg(dateText(entry.exposedOn))
                                     : labelOf(entry.exposure);
}

} // namespace

StateShape shapeFor(const SecretEntry &entry, const QDate &today)
{
    switch (standingOf(entry, today)) {
    case SecretStanding::Exposed:
        return StateShape::Fail;
    case SecretStanding::BeingReplaced:
        return isOpenlyExposed(entry) ? StateShape::Fail : StateShape::Warn;
    case SecretStanding::MoreRights:
    case SecretStanding::Overdue:
    case SecretStanding::Incomplete:
        return StateShape::Warn;
    case SecretStanding::Unclear:
        return StateShape::NotRun;
    case SecretStanding::Replaced:
    case SecretStanding::InOrder:
        return StateShape::Pass;
    }
    Q_UNREACHABLE();
}

void SecretModel::setEntries(const std::vector<SecretEntry> &entries, const QDate &today)
{
    if (entries == m_entries && today == m_today)
        return;
    const bool isSameList = std::ranges::equal(entries, m_entries, {}, &SecretEntry::id, &SecretEntry::id);
    if (isSameList && !entries.empty()) { // whoever works on a row stays on it
        m_entries = entries;
        m_today = today;
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_entries = entries;
    m_today = today;
    endResetModel();
}

const SecretEntry *SecretModel::entry(int row) const
{
    return row >= 0 && row < rowCount() ? &m_entries[static_cast<std::size_t>(row)] : nullptr;
}

int SecretModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int SecretModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString SecretModel::textOf(const SecretEntry &entry, int column) const
{
    switch (column) {
    case StateColumn:
        return standingText(entry, m_today);
    case NameColumn:
        return entry.name;
    case ServiceColumn:
        return entry.service;
    case OwnerColumn:
        return entry.owner;
    case KeptColumn:
        return entry.keptIn;
    case EnvironmentColumn:
        return environmentsOf(entry);
    case RotatedColumn:
        return dateText(entry.lastRotated);
    case DueColumn:
        return dateText(dueOn(entry));
    case ExposedColumn:
        return exposureOf(entry);
    }
    return {};
}

QVariant SecretModel::data(const QModelIndex &index, int role) const
{
    const SecretEntry *entry = this->entry(index.row());
    if (!entry)
        return {};
    const QString text = textOf(*entry, index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text;
    case Qt::AccessibleTextRole:
        if (index.column() == StateColumn)
            return tr("%1: %2").arg(labelOf(shapeFor(*entry, m_today)), text);
        return text.isEmpty() ? tr("not said") : text;
    case Qt::ToolTipRole:
        return plainToolTip(index.column() == ExposedColumn && !entry->exposedWhere.isEmpty()
                                ? tr("%1: %2").arg(text, entry->exposedWhere)
                                : text);
    case RowShapeRole:
        return index.column() == StateColumn ? QVariant::fromValue(shapeFor(*entry, m_today)) : QVariant();
    }
    return {};
}

QVariant SecretModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case StateColumn:
        return tr("State");
    case NameColumn:
        return tr("Name");
    case ServiceColumn:
        return tr("Service");
    case OwnerColumn:
        return tr("Owner");
    case KeptColumn:
        return tr("Kept in");
    case EnvironmentColumn:
        return tr("Used in");
    case RotatedColumn:
        return tr("Replaced");
    case DueColumn:
        return tr("Next due");
    case ExposedColumn:
        return tr("Exposed");
    }
    return {};
}

} // namespace cockpit
