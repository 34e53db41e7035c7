// Names, purposes and dates of the project's credentials. It never sees a value.
#pragma once

#include "models/projectstate.h"

#include <QAbstractTableModel>

namespace cockpit {

class CredentialModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, PurposeColumn, AddedColumn, LastUsedColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setCredentials(const std::vector<Credential> &credentials);
    const Credential *credential(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<Credential> m_credentials;
};

} // namespace cockpit
