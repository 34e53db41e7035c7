#include "ui/monitoring/endpointmodel.h"

#include "ui/widgets/numbertext.h"
#include "ui/widgets/tooltips.h"

#include <QUrl>

#include <algorithm>

namespace cockpit {

namespace {

QString shownAddress(const QString &url)
{
    const QUrl parsed(url);
    QString text = parsed.host();
    if (parsed.port() > 0)
        text += QLatin1Char(':') + QString::number(parsed.port());
    return parsed.path().size() > 1 ? text + parsed.path() : text;
}

bool sameMonitors(const MonitoringFigures &a, const MonitoringFigures &b)
{
    return std::ranges::equal(a.endpoints, b.endpoints, [](const EndpointFigures &x, const EndpointFigures &y) {
        return x.monitor.id == y.monitor.id;
    });
}

} // namespace

void EndpointModel::setFigures(const MonitoringFigures &figures)
{
    if (sameMonitors(m_figures, figures)) { // new numbers only: selection and scroll position stay
        m_figures = figures;
        if (!figures.endpoints.empty())
            emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_figures = figures;
    endResetModel();
}

const EndpointFigures *EndpointModel::endpoint(int row) const
{
    return row >= 0 && row < rowCount() ? &m_figures.endpoints[static_cast<std::size_t>(row)] : nullptr;
}

int EndpointModel::rowOf(qint64 monitorId) const
{
    const auto it = std::ranges::find(m_figures.endpoints, monitorId,
                                      [](const EndpointFigures &endpoint) { return endpoint.monitor.id; });
    return it == m_figures.endpoints.end() ? -1 : static_cast<int>(it - m_figures.endpoints.begin());
}

int EndpointModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_figures.endpoints.size());
}

int EndpointModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant EndpointModel::data(const QModelIndex &index, int role) const
{
    const EndpointFigures *endpoint = this->endpoint(index.row());
    if (!endpoint || !index.isValid())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return textOf(*endpoint, index.column());
    case Qt::AccessibleTextRole:
        return spokenText(*endpoint, index.column());
    case Qt::ToolTipRole:
        return plainToolTip(spokenText(*endpoint, index.column()));
    case AddressRole:
        return shownAddress(endpoint->monitor.url);
    case CellsRole:
        return QVariant::fromValue(endpoint->cells);
    case MonitorIdRole:
        return endpoint->monitor.id;
    }
    return {};
}

QVariant EndpointModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("What we watch");
    case StripColumn:
        return tr("Last %1").arg(labelOf(m_figures.window));
    case UptimeColumn:
        return tr("Uptime");
    case LatencyColumn:
        return tr("p95, 24 h");
    }
    return {};
}

QString EndpointModel::textOf(const EndpointFigures &endpoint, int column) const
{
    switch (column) {
    case NameColumn:
        return endpoint.monitor.enabled ? endpoint.monitor.name : tr("%1 (paused)").arg(endpoint.monitor.name);
    case UptimeColumn: {
        const auto ratio = endpoint.window.ratio();
        return ratio ? percentText(*ratio) : tr("—");
    }
    case LatencyColumn:
        if (endpoint.monitor.kind == MonitorKind::Certificate)
            return endpoint.last && endpoint.last->certificateDaysLeft
                       ? tr("%n day(s) left", nullptr, *endpoint.last->certificateDaysLeft)
                       : tr("—");
        return endpoint.p95Day ? millisecondsText(*endpoint.p95Day) : tr("too few");
    }
    return {};
}

QString EndpointModel::spokenText(const EndpointFigures &endpoint, int column) const
{
    if (column == NameColumn)
        return tr("%1, %2").arg(textOf(endpoint, NameColumn), shownAddress(endpoint.monitor.url));
    if (column != StripColumn)
        return textOf(endpoint, column);
    const auto ratio = endpoint.window.ratio();
    if (!ratio)
        return tr("Not observed in the last %1").arg(labelOf(m_figures.window));
    return tr("Up %1 of the last %2; down %3; observed %4 % of the time")
        .arg(percentText(*ratio), labelOf(m_figures.window), durationText(endpoint.window.down),
             QString::number(qRound(endpoint.window.coverage() * 100)));
}

} // namespace cockpit
