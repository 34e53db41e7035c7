// The 48-hour plan as one list: what to fix now in order with the running sum, what is put off, what is accepted.
#pragma once

#include "models/fixplan.h"

#include <QAbstractListModel>

namespace cockpit {

class PlanModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { FindingIdRole = Qt::UserRole }; // beside the roles of RowDelegate

    using QAbstractListModel::QAbstractListModel;

    void setPlan(const FixPlan &plan);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Row
    {
        bool heading = false;
        QString lead;
        QString title;
        QString note;
        QString trailing;
        std::optional<Finding> finding;

        bool operator==(const Row &) const = default;
    };

    static std::vector<Row> rowsOf(const FixPlan &plan);
    static QString spoken(const Row &row);

    std::vector<Row> m_rows;
};

// "6 fixes · about 3 h 10 min"
QString planTotal(const FixPlan &plan);
QString effortText(int minutes);

} // namespace cockpit
