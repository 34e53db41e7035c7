// The surface matrix as a table model: hosts down, what is looked at across.
#pragma once

#include "models/surfacematrix.h"

#include <QAbstractTableModel>

namespace cockpit {

class SurfaceModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    static constexpr int kHostColumn = 0; // the cells of kSurfaceColumns follow

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(const std::vector<SurfaceRow> &rows);
    const std::vector<SurfaceRow> &rows() const { return m_rows; }
    // Null for the host's own column and outside of the table.
    const SurfaceCell *cellAt(const QModelIndex &index) const;
    const Host *hostAt(const QModelIndex &index) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QVariant hostData(const Host &host, int role) const;
    QVariant cellData(const Host &host, const SurfaceCell &cell, int role) const;
    bool hasSameHosts(const std::vector<SurfaceRow> &rows) const;

    std::vector<SurfaceRow> m_rows;
};

} // namespace cockpit
