#include "ui/access/matrixmodel.h"

#include "models/target.h"
#include "ui/widgets/tooltips.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QString nameOf(const Route &route)
{
    return u"%1 %2%3"_s.arg(route.method, displayName(route.host), route.path);
}

// In a narrow column the host is what may be cut; of one host alone it says nothing.
QString shortNameOf(const Route &route, bool hasSeveralHosts)
{
    return hasSeveralHosts ? u"%1 %2 (%3)"_s.arg(route.method, route.path, displayName(route.host))
                           : route.method + u' ' + route.path;
}

bool isSameRoute(const AccessRow &one, const AccessRow &other)
{
    return one.route.method == other.route.method && one.route.path == other.route.path &&
           one.route.host == other.route.host;
}

CellVerdict worstOf(const std::vector<MatrixSight> &sights, Allowance rule)
{
    CellVerdict worst = CellVerdict::NotSeen;
    for (const MatrixSight &sight : sights)
        worst = std::max(worst, verdictOf(sight, rule));
    return worst;
}

} // namespace

void MatrixModel::setMatrix(const std::vector<AccessRow> &rows, const QStringList &roles, const MatrixSights &sights)
{
    if (rows == m_rows && roles == m_roles && sights == m_sights)
        return;
    const bool isSameTable = roles == m_roles && std::ranges::equal(rows, m_rows, isSameRoute);
    if (!isSameTable)
        beginResetModel();
    m_rows = rows;
    m_roles = roles;
    m_sights = sights;
    if (!isSameTable)
        endResetModel();
    else if (!m_rows.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

const Route *MatrixModel::route(int row) const
{
    return row >= 0 && row < rowCount() ? &m_rows[size_t(row)].route : nullptr;
}

const AccessCell *MatrixModel::cell(const QModelIndex &index) const
{
    const bool isCell =
        index.isValid() && index.row() < rowCount() && index.column() > kRouteColumn && index.column() < columnCount();
    return isCell ? &m_rows[size_t(index.row())].cells[size_t(index.column() - 1)] : nullptr;
}

std::vector<MatrixSight> MatrixModel::sightsAt(const QModelIndex &index) const
{
    const AccessCell *cell = this->cell(index);
    if (!cell)
        return {};
    const Route &route = m_rows[size_t(index.row())].route;
    return m_sights.of(route.method, route.path, route.host, cell->role);
}

CellVerdict MatrixModel::verdictAt(const QModelIndex &index) const
{
    const AccessCell *cell = this->cell(index);
    return cell ? worstOf(sightsAt(index), cell->allowance) : CellVerdict::NotSeen;
}

MatrixModel::Counts MatrixModel::counts() const
{
    Counts counts;
    for (int row = 0; row < rowCount(); ++row) {
        for (int column = 1; column < columnCount(); ++column) {
            const QModelIndex at = index(row, column);
            const CellVerdict verdict = verdictAt(at);
            counts.seen += verdict == CellVerdict::NotSeen ? 0 : 1;
            counts.against += verdict == CellVerdict::TooMuch || verdict == CellVerdict::TooLittle ? 1 : 0;
            counts.guessed += cell(at)->isGuessed ? 1 : 0;
        }
    }
    return counts;
}

int MatrixModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int MatrixModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() || m_roles.isEmpty() ? 0 : static_cast<int>(m_roles.size()) + 1;
}

QVariant MatrixModel::routeData(const Route &route, int role) const
{
    if (role == Qt::DisplayRole) {
        const bool hasSeveralHosts = std::ranges::any_of(
            m_rows, [&](const AccessRow &row) { return row.route.host != m_rows.front().route.host; });
        return shortNameOf(route, hasSeveralHosts);
    }
    if (role == Qt::AccessibleTextRole)
        return nameOf(route);
    return role == Qt::ToolTipRole ? plainToolTip(nameOf(route)) : QVariant();
}

QVariant MatrixModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const AccessCell *cell = this->cell(index);
    if (!cell)
        return routeData(m_rows[size_t(index.row())].route, role);
    switch (role) {
    case Qt::DisplayRole:
        return chipText(cell->allowance, verdictAt(index), sightsAt(index));
    case Qt::EditRole:
        return static_cast<int>(cell->allowance);
    case GuessRole:
        return cell->isGuessed;
    case RowShapeRole:
        return QVariant::fromValue(shapeFor(verdictAt(index)));
    case Qt::AccessibleTextRole:
        return spoken(index);
    case Qt::ToolTipRole:
        return plainToolTip(spoken(index));
    }
    return {};
}

QString MatrixModel::spoken(const QModelIndex &index) const
{
    const AccessCell *cell = this->cell(index);
    const QString rule = cell->isGuessed ? tr("%1 (a guess)").arg(labelOf(cell->allowance)) : labelOf(cell->allowance);
    QStringList lines{
        tr("%1: %2. Rule: %3.").arg(nameOf(m_rows[size_t(index.row())].route), roleName(cell->role), rule)};
    for (const MatrixSight &sight : sightsAt(index)) {
        const QString who = sight.actor.isEmpty() ? roleName(sight.role) : sight.actor;
        const bool isOld = sight.wanted != cell->allowance;
        const QString seen = sight.seen ? labelOf(*sight.seen) : tr("not known");
        lines << (isOld ? tr("%1: not looked at since the rule was changed.").arg(who)
                        : tr("%1: seen %2. %3").arg(who, seen, sight.why).trimmed());
    }
    if (lines.size() == 1)
        lines << tr("Not looked at yet.");
    return lines.join(u'\n');
}

bool MatrixModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const AccessCell *cell = this->cell(index);
    const int word = value.toInt();
    const bool isKnown = word >= int(Allowance::Allowed) && word <= int(Allowance::Denied);
    if (!cell || m_readOnly || role != Qt::EditRole || !isKnown)
        return false;
    const auto allowance = static_cast<Allowance>(word);
    if (allowance == cell->allowance && !cell->isGuessed)
        return true;
    emit edited(ruleFor(m_rows[size_t(index.row())].route, cell->role, allowance)); // comes back by setMatrix()
    return true;
}

QVariant MatrixModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= columnCount())
        return {};
    return section == kRouteColumn ? tr("Route") : roleName(m_roles[section - 1]);
}

Qt::ItemFlags MatrixModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return cell(index) && !m_readOnly ? flags | Qt::ItemIsEditable : flags;
}

QString roleName(const QString &role)
{
    return role.isEmpty() ? MatrixModel::tr("signed out") : role;
}

QString chipText(Allowance rule, CellVerdict verdict, const std::vector<MatrixSight> &sights)
{
    const auto against =
        std::ranges::find_if(sights, [&](const MatrixSight &sight) { return verdictOf(sight, rule) == verdict; });
    switch (verdict) {
    case CellVerdict::NotSeen:
    case CellVerdict::AsWanted:
        return labelOf(rule);
    case CellVerdict::TooLittle:
        return against->status > 0 ? MatrixModel::tr("refused, %1").arg(against->status) : MatrixModel::tr("refused");
    case CellVerdict::TooMuch:
        return rule == Allowance::OwnOnly ? MatrixModel::tr("reaches others'") : MatrixModel::tr("gets in");
    }
    Q_UNREACHABLE();
}

StateShape shapeFor(CellVerdict verdict)
{
    switch (verdict) {
    case CellVerdict::NotSeen:
        return StateShape::NotRun;
    case CellVerdict::AsWanted:
        return StateShape::Pass;
    case CellVerdict::TooLittle:
        return StateShape::Warn;
    case CellVerdict::TooMuch:
        return StateShape::Fail;
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
