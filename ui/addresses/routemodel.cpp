#include "ui/addresses/routemodel.h"

#include "models/routes/pathtemplate.h"
#include "models/routes/routelist.h"
#include "models/targetchange.h"
#include "ui/widgets/tooltips.h"

namespace cockpit {

void RouteModel::setRoutes(const std::vector<Route> &routes, const Target &target)
{
    if (routes == m_routes && target == m_target) // what was just typed came back: the editor and the selection stay
        return;
    beginResetModel();
    m_routes = routes;
    m_target = target;
    endResetModel();
}

void RouteModel::add(const Route &route)
{
    std::vector<Route> changed = m_routes;
    changed.push_back(route);
    emit edited(changed);
}

void RouteModel::remove(int row)
{
    if (row < 0 || row >= rowCount())
        return;
    std::vector<Route> changed = m_routes;
    changed.erase(changed.begin() + row);
    emit edited(changed);
}

int RouteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_routes.size());
}

int RouteModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RouteModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Route &route = m_routes[size_t(index.row())];
    if (index.column() == WriteColumn && role == Qt::CheckStateRole)
        return route.safeToWrite ? Qt::Checked : Qt::Unchecked;
    if (index.column() == AccessColumn)
        return accessOf(route, role);
    if (index.column() == HostColumn)
        return hostOf(route, role);
    if (role != Qt::DisplayRole && role != Qt::EditRole)
        return {};
    switch (index.column()) {
    case MethodColumn:
        return route.method;
    case PathColumn:
        return route.path;
    case WriteColumn:
        return route.safeToWrite ? tr("yes") : tr("no");
    case SourceColumn:
        return route.source;
    }
    return {};
}

QVariant RouteModel::hostOf(const Route &route, int role) const
{
    const bool isElsewhere = !m_target.hosts.empty() && !isOnTarget(route.host, m_target);
    if (role == Qt::EditRole)
        return displayName(route.host);
    if (role == Qt::ToolTipRole && isElsewhere)
        return plainToolTip(tr("This project has no such host, so that the route is kept and not asked. Add the host "
                               "above, or change the address here."));
    if (role != Qt::DisplayRole)
        return {};
    if (route.host.isEmpty())
        return tr("the usual one");
    return isElsewhere ? tr("%1 (not in the project)").arg(displayName(route.host)) : displayName(route.host);
}

QVariant RouteModel::accessOf(const Route &route, int role) const
{
    if (role == GuessRole)
        return route.isGuessed;
    if (role == Qt::EditRole)
        return static_cast<int>(route.access);
    if (role != Qt::DisplayRole)
        return {};
    return route.isGuessed ? tr("%1 (a guess)").arg(labelOf(route.access)) : labelOf(route.access);
}

bool RouteModel::put(int row, const Route &route)
{
    const auto valid = checkedRoute(route);
    if (!valid) {
        emit refused(valid.error().message);
        return false;
    }
    std::vector<Route> changed = m_routes;
    changed[size_t(row)] = *valid;
    if (changed != m_routes)
        emit edited(changed);
    return true;
}

bool RouteModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || m_readOnly)
        return false;
    Route route = m_routes[size_t(index.row())];
    switch (index.column()) {
    case MethodColumn:
        route.method = value.toString();
        break;
    case PathColumn:
        route.path = value.toString().trimmed();
        if (shapeOf(route.seen) != shapeOf(route.path)) // what was seen belongs to another address now
            route.seen.clear();
        break;
    case AccessColumn:
        route.access = static_cast<AccessClass>(value.toInt());
        route.isGuessed = false; // a person has said it, even where that was the guess
        break;
    case HostColumn:
        route.host = value.toString().trimmed();
        break;
    case WriteColumn:
        if (role != Qt::CheckStateRole)
            return false;
        route.safeToWrite = value.toInt() == Qt::Checked;
        break;
    }
    return put(index.row(), route);
}

QVariant RouteModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case MethodColumn:
        return tr("Method");
    case PathColumn:
        return tr("Path");
    case AccessColumn:
        return tr("Who may call it");
    case HostColumn:
        return tr("Address");
    case WriteColumn:
        return tr("Safe to write");
    case SourceColumn:
        return tr("Learnt from");
    }
    return {};
}

Qt::ItemFlags RouteModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (m_readOnly || !index.isValid())
        return flags;
    switch (index.column()) {
    case WriteColumn:
        return flags | Qt::ItemIsUserCheckable;
    case SourceColumn:
        return flags;
    default: // the texts and choices
        return flags | Qt::ItemIsEditable;
    }
}

} // namespace cockpit
