// The certificates of the product's addresses: which one each shows, who issued it, how long it lasts, who renews it.
#pragma once

#include "models/handover/facts.h"

#include <QAbstractTableModel>

namespace cockpit {

class CertificateModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { HostColumn, CertificateColumn, IssuerColumn, DaysColumn, RenewalColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<handover::CertificateFacts> rows);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString textAt(const QModelIndex &index) const;

    std::vector<handover::CertificateFacts> m_rows;
};

} // namespace cockpit
