// The inventory of names as a table in which the purpose can be written. It changes nothing itself: what was typed
// leaves as purposeEdited().
#pragma once

#include "models/inventoryrows.h"

#include <QAbstractTableModel>

namespace cockpit {

class NameModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, PurposeColumn, LearntColumn, StateColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(const std::vector<InventoryRow> &rows);
    void setReadOnly(bool readOnly) { m_readOnly = readOnly; }
    const std::vector<InventoryRow> &rows() const { return m_rows; }
    // Null when there is no such row.
    const InventoryRow *at(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

signals:
    // Empty: back to what is guessed.
    void purposeEdited(const QString &name, const QString &purpose);

private:
    void removeAllBut(const std::vector<InventoryRow> &rows);
    void bringTo(int row, const InventoryRow &wanted);
    QString purposeText(const InventoryRow &row, int role) const;
    QString textOf(const InventoryRow &row, int column, int role) const;

    std::vector<InventoryRow> m_rows;
    bool m_readOnly = false;
};

} // namespace cockpit
