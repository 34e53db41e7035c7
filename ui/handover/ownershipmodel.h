// Editable table of systems, providers and owners.
#pragma once

#include "models/projectstate.h"

#include <QAbstractTableModel>

namespace cockpit {

class OwnershipModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { SystemColumn, ProviderColumn, OwnerColumn, BackupColumn, NotesColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(const std::vector<Ownership> &rows);
    const std::vector<Ownership> &rows() const { return m_rows; }
    void setReadOnly(bool readOnly) { m_readOnly = readOnly; }
    // An empty row at the end; returns its number.
    int addRow();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

signals:
    void edited();

private:
    std::vector<Ownership> m_rows;
    bool m_readOnly = false;
};

} // namespace cockpit
