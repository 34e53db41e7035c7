#include "ui/addresses/hostmodel.h"

#include <algorithm>
#include <limits>

namespace cockpit {

void HostModel::setTarget(const Target &target)
{
    if (target == m_target) // what was just typed came back: the editor and the selection stay
        return;
    beginResetModel();
    m_target = target;
    endResetModel();
}

bool HostModel::refuse(const QString &why)
{
    emit refused(why);
    return false;
}

bool HostModel::isKnown(const QString &name) const
{
    return std::ranges::find(m_target.hosts, name, &Host::name) != m_target.hosts.end();
}

bool HostModel::add(const QString &typed)
{
    const auto parsed = parseAddress(typed);
    if (!parsed)
        return refuse(parsed.error().message);
    Host host = parsed->hosts.front();
    if (isKnown(host.name))
        return refuse(tr("%1 is in the list already.").arg(displayName(host.name)));
    host.role = roleFromName(host.name, m_target.domain);
    Target changed = m_target;
    changed.hosts.push_back(host);
    emit edited(changed);
    return true;
}

bool HostModel::remove(int row)
{
    if (row < 0 || row >= rowCount())
        return false;
    if (m_target.hosts.size() == 1)
        return refuse(tr("A project needs at least one address. Add another one first."));
    Target changed = m_target;
    changed.hosts.erase(changed.hosts.begin() + row);
    emit edited(changed);
    return true;
}

int HostModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_target.hosts.size());
}

int HostModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant HostModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::EditRole))
        return {};
    const Host &host = m_target.hosts[size_t(index.row())];
    switch (index.column()) {
    case RoleColumn:
        return role == Qt::EditRole ? QVariant(static_cast<int>(host.role)) : QVariant(labelOf(host.role));
    case NameColumn:
        return role == Qt::EditRole ? host.name : displayName(host.name);
    case PortColumn:
        return QString::number(host.httpsPort);
    }
    return {};
}

bool HostModel::rename(Host &host, const QString &typed)
{
    const auto name = normaliseHostName(typed);
    if (!name)
        return refuse(name.error().message);
    if (*name != host.name && isKnown(*name))
        return refuse(tr("%1 is in the list already.").arg(displayName(*name)));
    host.name = *name;
    return true;
}

bool HostModel::setPort(Host &host, const QString &typed)
{
    bool isNumber = false;
    const int port = typed.trimmed().toInt(&isNumber);
    if (!isNumber || port < 1 || port > std::numeric_limits<std::uint16_t>::max())
        return refuse(tr("A port is a number from 1 to 65535; HTTPS usually answers on 443."));
    host.httpsPort = static_cast<std::uint16_t>(port);
    return true;
}

bool HostModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::EditRole || m_readOnly)
        return false;
    Target changed = m_target;
    Host &host = changed.hosts[size_t(index.row())];
    if (index.column() == RoleColumn)
        host.role = static_cast<HostRole>(value.toInt());
    else if (index.column() == NameColumn ? !rename(host, value.toString()) : !setPort(host, value.toString()))
        return false;
    if (changed != m_target)
        emit edited(changed);
    return true;
}

QVariant HostModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case RoleColumn:
        return tr("What it is");
    case NameColumn:
        return tr("Address");
    case PortColumn:
        return tr("HTTPS port");
    }
    return {};
}

Qt::ItemFlags HostModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return m_readOnly || !index.isValid() ? flags : flags | Qt::ItemIsEditable;
}

} // namespace cockpit
