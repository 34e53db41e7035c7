#include "ui/sources/sourcemodel.h"

#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/tooltips.h"

#include <QDir>
#include <QGuiApplication>

namespace cockpit {

namespace {

constexpr int kNobody = -1; // the value of "nobody said" in the list of environments

StateShape shapeFor(const std::optional<SourceStanding> &standing)
{
    if (!standing)
        return StateShape::NotRun;
    switch (*standing) {
    case SourceStanding::Folder:
    case SourceStanding::File:
        return StateShape::Pass;
    case SourceStanding::Missing:
    case SourceStanding::Unreadable:
    case SourceStanding::Special:
        return StateShape::Warn;
    }
    Q_UNREACHABLE();
}

// A path runs from left to right in every language; without the mark its first slash would stand at its end.
QString asPath(const QString &text)
{
    return QGuiApplication::isRightToLeft() ? QChar(0x200E) + text : text;
}

} // namespace

void SourceModel::setSources(const std::vector<LocalSource> &sources)
{
    if (sources == m_sources)
        return;
    beginResetModel();
    m_sources = sources;
    m_standings.clear();
    endResetModel();
}

void SourceModel::setStandings(const std::vector<SourceStanding> &standings)
{
    m_standings = standings;
    if (rowCount() > 0)
        emit dataChanged(index(0, FoundColumn), index(rowCount() - 1, FoundColumn));
}

bool SourceModel::refuse(const QString &why)
{
    emit refused(why);
    return false;
}

bool SourceModel::isTaken(const LocalSource &source, int exceptRow) const
{
    for (int row = 0; row < rowCount(); ++row) {
        const LocalSource &other = m_sources[static_cast<size_t>(row)];
        if (row != exceptRow && other.path == source.path && other.kind == source.kind)
            return true;
    }
    return false;
}

bool SourceModel::add(const LocalSource &chosen)
{
    const auto checked = checkedSource(chosen);
    if (!checked)
        return refuse(checked.error().message);
    if (isTaken(*checked, -1))
        return refuse(tr("%1 is in the list already.").arg(QDir::toNativeSeparators(checked->path)));
    if (m_sources.size() >= kMostSources)
        return refuse(tr("The list is full: it holds %1 places.").arg(kMostSources));
    std::vector<LocalSource> changed = m_sources;
    changed.push_back(*checked);
    emit edited(changed);
    return true;
}

void SourceModel::remove(int row)
{
    if (row < 0 || row >= rowCount())
        return;
    std::vector<LocalSource> changed = m_sources;
    changed.erase(changed.begin() + row);
    emit edited(changed);
}

int SourceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_sources.size());
}

int SourceModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

std::optional<SourceStanding> SourceModel::standingOf(int row) const
{
    const auto at = static_cast<size_t>(row);
    return at < m_standings.size() ? std::optional(m_standings[at]) : std::nullopt;
}

QString SourceModel::textOf(int row, int column) const
{
    const LocalSource &source = m_sources[static_cast<size_t>(row)];
    switch (column) {
    case KindColumn:
        return labelOf(source.kind);
    case PathColumn:
        return QDir::toNativeSeparators(source.path);
    case EnvironmentColumn:
        return source.environment ? labelOf(*source.environment) : tr("not said");
    case FoundColumn:
        return standingOf(row) ? labelOf(*standingOf(row)) : tr("not looked at yet");
    }
    return {};
}

QVariant SourceModel::valueOf(int row, int column) const
{
    const LocalSource &source = m_sources[static_cast<size_t>(row)];
    switch (column) {
    case KindColumn:
        return static_cast<int>(source.kind);
    case EnvironmentColumn:
        return source.environment ? static_cast<int>(*source.environment) : kNobody;
    default:
        return textOf(row, column);
    }
}

QVariant SourceModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == PathColumn ? asPath(textOf(index.row(), PathColumn))
                                            : textOf(index.row(), index.column());
    case Qt::EditRole:
        return valueOf(index.row(), index.column());
    case Qt::AccessibleTextRole:
        return index.column() == FoundColumn
                   ? tr("%1: %2").arg(labelOf(shapeFor(standingOf(index.row()))), textOf(index.row(), FoundColumn))
                   : textOf(index.row(), index.column());
    case Qt::ToolTipRole:
        return plainToolTip(textOf(index.row(), index.column()));
    case RowShapeRole:
        return index.column() == FoundColumn ? QVariant::fromValue(shapeFor(standingOf(index.row()))) : QVariant();
    }
    return {};
}

bool SourceModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::EditRole || m_readOnly || index.column() == FoundColumn)
        return false;
    LocalSource changed = m_sources[static_cast<size_t>(index.row())];
    const int chosen = value.toInt();
    if (index.column() == KindColumn)
        changed.kind = static_cast<SourceKind>(chosen);
    else if (index.column() == EnvironmentColumn)
        changed.environment = chosen == kNobody ? std::nullopt : std::optional(static_cast<Environment>(chosen));
    else
        changed.path = QDir::fromNativeSeparators(value.toString());
    const auto checked = checkedSource(changed);
    if (!checked)
        return refuse(checked.error().message);
    if (isTaken(*checked, index.row()))
        return refuse(tr("%1 is in the list already.").arg(QDir::toNativeSeparators(checked->path)));
    std::vector<LocalSource> sources = m_sources;
    LocalSource &source = sources[static_cast<size_t>(index.row())];
    if (source == *checked)
        return true;
    source = *checked;
    emit edited(sources);
    return true;
}

QVariant SourceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case KindColumn:
        return tr("What it is");
    case PathColumn:
        return tr("Where it lies");
    case EnvironmentColumn:
        return tr("Environment");
    case FoundColumn:
        return tr("There?");
    }
    return {};
}

Qt::ItemFlags SourceModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return m_readOnly || !index.isValid() || index.column() == FoundColumn ? flags : flags | Qt::ItemIsEditable;
}

} // namespace cockpit
