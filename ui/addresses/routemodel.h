// The routes of the project as an editable table. Like HostModel: valid changes leave as edited(), others as refused().
#pragma once

#include "models/projectstate.h"

#include <QAbstractTableModel>

namespace cockpit {

class RouteModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { MethodColumn, PathColumn, AccessColumn, HostColumn, WriteColumn, SourceColumn, ColumnCount };
    enum Role {
        GuessRole = Qt::UserRole, // of AccessColumn: nobody has said it yet
    };

    using QAbstractTableModel::QAbstractTableModel;

    // target: its routes elsewhere say that they are not asked.
    void setRoutes(const std::vector<Route> &routes, const Target &target = {});
    void setReadOnly(bool readOnly) { m_readOnly = readOnly; }
    void add(const Route &route);
    void remove(int row);
    const std::vector<Route> &routes() const { return m_routes; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

signals:
    void edited(const std::vector<cockpit::Route> &routes);
    void refused(const QString &why);

private:
    bool put(int row, const Route &route);
    QVariant accessOf(const Route &route, int role) const;
    QVariant hostOf(const Route &route, int role) const;

    std::vector<Route> m_routes;
    Target m_target;
    bool m_readOnly = false;
};

} // namespace cockpit
