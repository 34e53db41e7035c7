// The table of watched endpoints: name, strip of the window, uptime, p95 or days left.
#pragma once

#include "ui/monitoring/figures.h"

#include <QAbstractTableModel>

namespace cockpit {

class EndpointModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, StripColumn, UptimeColumn, LatencyColumn, ColumnCount };
    enum Role { AddressRole = Qt::UserRole, CellsRole, MonitorIdRole };

    using QAbstractTableModel::QAbstractTableModel;

    void setFigures(const MonitoringFigures &figures);
    const EndpointFigures *endpoint(int row) const;
    int rowOf(qint64 monitorId) const; // -1 when there is none

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString textOf(const EndpointFigures &endpoint, int column) const;
    QString spokenText(const EndpointFigures &endpoint, int column) const;

    MonitoringFigures m_figures;
};

} // namespace cockpit

Q_DECLARE_METATYPE(std::vector<cockpit::UptimeCell>)
