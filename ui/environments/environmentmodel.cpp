#include "ui/environments/environmentmodel.h"

#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/tooltips.h"

#include <optional>

namespace cockpit {

namespace {

std::optional<size_t> environmentOf(int column)
{
    const bool isOne = column >= EnvironmentModel::kFirstEnvironment && column < EnvironmentModel::kBrowserColumn;
    return isOne ? std::optional(static_cast<size_t>(column - EnvironmentModel::kFirstEnvironment)) : std::nullopt;
}

StateShape shapeFor(const EnvironmentRow &row, size_t environment)
{
    if (row.isWrongAt(environment))
        return StateShape::Warn;
    switch (row.cells[environment]) {
    case SettingCell::NotRead:
    case SettingCell::Missing:
    case SettingCell::Empty:
    case SettingCell::Placeholder:
    case SettingCell::Elsewhere:
    case SettingCell::Unreadable:
        return StateShape::NotRun;
    case SettingCell::Set:
    case SettingCell::SameAsProduction:
    case SettingCell::SameAsStaging:
    case SettingCell::Live:
    case SettingCell::Test:
        return StateShape::Pass;
    }
    Q_UNREACHABLE();
}

// What the word of a cell leaves out.
QString meaningOf(SettingCell cell)
{
    switch (cell) {
    case SettingCell::NotRead:
        return EnvironmentModel::tr("No settings of this environment were read.");
    case SettingCell::Missing:
        return EnvironmentModel::tr("Its settings were read, and this name is not among them.");
    case SettingCell::Empty:
        return EnvironmentModel::tr("The name is there without a value.");
    case SettingCell::Placeholder:
        return EnvironmentModel::tr("It still has the value of an example, or a word that everybody tries.");
    case SettingCell::Elsewhere:
        return EnvironmentModel::tr("The file has the name alone; the value is in a vault or on the machine.");
    case SettingCell::Unreadable:
        return EnvironmentModel::tr("The value is encrypted: nothing can be said about it.");
    case SettingCell::Set:
        return EnvironmentModel::tr("It has a value of its own.");
    case SettingCell::SameAsProduction:
        return EnvironmentModel::tr("It has the value of production.");
    case SettingCell::SameAsStaging:
        return EnvironmentModel::tr("It has the value of staging.");
    case SettingCell::Live:
        return EnvironmentModel::tr("A key that works with real customers and money.");
    case SettingCell::Test:
        return EnvironmentModel::tr("A key for tests.");
    }
    Q_UNREACHABLE();
}

QVariant shapeAt(const EnvironmentRow &row, int column)
{
    if (const auto environment = environmentOf(column))
        return QVariant::fromValue(shapeFor(row, *environment));
    if (column == EnvironmentModel::kBrowserColumn && row.isSecret && row.reachesBrowsers)
        return QVariant::fromValue(StateShape::Warn);
    return {};
}

} // namespace

void EnvironmentModel::setRows(const std::vector<EnvironmentRow> &rows, const std::map<QString, QString> &found)
{
    if (rows == m_rows && found == m_found)
        return;
    const bool isSameList = std::ranges::equal(rows, m_rows, {}, &EnvironmentRow::name, &EnvironmentRow::name);
    if (isSameList && !rows.empty()) { // whoever reads a row stays on it
        m_rows = rows;
        m_found = found;
        emit dataChanged(index(0, 0), index(rowCount() - 1, kColumnCount - 1));
        return;
    }
    beginResetModel();
    m_rows = rows;
    m_found = found;
    endResetModel();
}

const EnvironmentRow *EnvironmentModel::row(int row) const
{
    return row >= 0 && row < rowCount() ? &m_rows[static_cast<size_t>(row)] : nullptr;
}

int EnvironmentModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int EnvironmentModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumnCount;
}

QString EnvironmentModel::textOf(const EnvironmentRow &row, int column) const
{
    if (const auto environment = environmentOf(column))
        return labelOf(row.cells[*environment]);
    if (column == kNameColumn)
        return row.name;
    if (column == kBrowserColumn)
        return row.reachesBrowsers ? tr("Gets it") : QString();
    const auto found = m_found.find(row.findingId);
    return found == m_found.end() ? QString() : found->second;
}

QString EnvironmentModel::hintFor(const EnvironmentRow &row, int column) const
{
    if (const auto environment = environmentOf(column))
        return meaningOf(row.cells[*environment]);
    if (column == kNameColumn && row.isSecret)
        return tr("%1, a secret").arg(row.name);
    if (column == kBrowserColumn && row.reachesBrowsers)
        return row.isSecret ? tr("The build writes this secret into what every visitor's browser loads.")
                            : tr("The build writes it into what every visitor's browser loads.");
    return textOf(row, column);
}

QVariant EnvironmentModel::data(const QModelIndex &index, int role) const
{
    const EnvironmentRow *row = this->row(index.row());
    if (!row)
        return {};
    const QString text = textOf(*row, index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text;
    case Qt::AccessibleTextRole:
        if (const QVariant shape = shapeAt(*row, index.column()); shape.isValid())
            return tr("%1: %2").arg(labelOf(shape.value<StateShape>()), text);
        return text.isEmpty() ? tr("nothing") : text;
    case Qt::ToolTipRole:
        return plainToolTip(hintFor(*row, index.column()));
    case RowShapeRole:
        return shapeAt(*row, index.column());
    }
    return {};
}

QVariant EnvironmentModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    if (const auto environment = environmentOf(section))
        return labelOf(kComparedEnvironments[*environment]);
    switch (section) {
    case kNameColumn:
        return tr("Name");
    case kBrowserColumn:
        return tr("Browser");
    case kFoundColumn:
        return tr("What was found");
    }
    return {};
}

} // namespace cockpit
