// The inventory of secrets as a table: names, owners and dates. It never sees a value.
#pragma once

#include "models/secretsinventory.h"
#include "ui/widgets/stateicon.h"

#include <QAbstractTableModel>

namespace cockpit {

class SecretModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        StateColumn,
        NameColumn,
        ServiceColumn,
        OwnerColumn,
        KeptColumn,
        EnvironmentColumn,
        RotatedColumn,
        DueColumn,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    // today: what is overdue depends on it.
    void setEntries(const std::vector<SecretEntry> &entries, const QDate &today);
    const SecretEntry *entry(int row) const; // null outside
    const QDate &today() const { return m_today; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString textOf(const SecretEntry &entry, int column) const;
    QString hintFor(const SecretEntry &entry, int column) const;

    std::vector<SecretEntry> m_entries;
    QDate m_today;
};

// Looks only: nothing is judged here.
StateShape shapeFor(const SecretEntry &entry, const QDate &today);

} // namespace cockpit
