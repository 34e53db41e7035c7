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

// What the word of the state leaves out.
QString stateHint(const SecretEntry &entry, const QString &state)
{
    QStringList lines{state};
    if (entry.exposure == Exposure::Yes && entry.exposedOn.isValid())
        lines << SecretModel::tr("Exposed since %1").arg(dateText(entry.exposedOn));
    if (entry.exposure == Exposure::Yes && !entry.exposedWhere.isEmpty())
        lines << SecretModel::tr("Seen here: %1").arg(entry.exposedWhere);
    return lines.join(u'\n');
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
    }
    return {};
}

// What the cell leaves out.
QString SecretModel::hintFor(const SecretEntry &entry, int column) const
{
    const QString text = textOf(entry, column);
    if (column == StateColumn)
        return stateHint(entry, text);
    if (column == DueColumn && entry.lastRotated.isValid())
        return tr("Last replaced on %1").arg(dateText(entry.lastRotated));
    return text;
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
        return plainToolTip(hintFor(*entry, index.column()));
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
    }
    return {};
}

} // namespace cockpit
