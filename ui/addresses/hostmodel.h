// The hosts of the project as an editable table. It changes nothing itself: what was typed and is valid leaves as
// edited(), what is not as refused(), and the table shows what setTarget() gives it.
#pragma once

#include "models/target.h"

#include <QAbstractTableModel>

namespace cockpit {

class HostModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { RoleColumn, NameColumn, PortColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setTarget(const Target &target);
    void setReadOnly(bool readOnly) { m_readOnly = readOnly; }
    // What a person types or pastes: a name or a whole address, from which the name and port are taken.
    bool add(const QString &typed);
    bool remove(int row); // the last one stays

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

signals:
    void edited(const cockpit::Target &target);
    void refused(const QString &why);

private:
    bool refuse(const QString &why);
    bool rename(Host &host, const QString &typed);
    bool setPort(Host &host, const QString &typed);
    bool isKnown(const QString &name) const;

    Target m_target;
    bool m_readOnly = false;
};

} // namespace cockpit
