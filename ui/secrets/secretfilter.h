// Which secrets of the table are shown.
#pragma once

#include "models/secretsinventory.h"

#include <QSortFilterProxyModel>

namespace cockpit {

class SecretFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    enum class Shown { All, Exposed, Overdue, WithoutOwner, NotComplete };

    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setShown(Shown shown);
    Shown shown() const { return m_shown; }
    static bool holds(Shown shown, const SecretEntry &entry, const QDate &today);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    Shown m_shown = Shown::All;
};

} // namespace cockpit
