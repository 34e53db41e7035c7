// Who can do what: a row for each route, a column for each role. A cell holds the rule, which is edited in place, and
// shows beside it what the last check of the rules saw.
#pragma once

#include "models/access/accessmatrix.h"
#include "models/access/matrixsight.h"
#include "ui/widgets/rowdelegate.h"

#include <QAbstractTableModel>

namespace cockpit {

class MatrixModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    static constexpr int kRouteColumn = 0;  // the roles follow
    enum Role { GuessRole = Qt::UserRole }; // bool: nobody has said the rule

    using QAbstractTableModel::QAbstractTableModel;

    // Rows that stay keep their place, and with them the selection.
    void setMatrix(const std::vector<AccessRow> &rows, const QStringList &roles, const MatrixSights &sights);
    void setReadOnly(bool readOnly) { m_readOnly = readOnly; }

    const Route *route(int row) const;                      // null outside
    const AccessCell *cell(const QModelIndex &index) const; // null outside, and for the route itself
    std::vector<MatrixSight> sightsAt(const QModelIndex &index) const;
    CellVerdict verdictAt(const QModelIndex &index) const; // the worst of its accounts

    struct Counts
    {
        int seen = 0;    // cells that were looked at under the rule of now
        int against = 0; // those of them that do not match it
        int guessed = 0; // cells whose rule nobody has said
    };
    Counts counts() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

signals:
    void edited(const cockpit::AccessRule &rule);

private:
    QVariant routeData(const Route &route, int role) const;
    QString spoken(const QModelIndex &index) const;

    std::vector<AccessRow> m_rows;
    QStringList m_roles;
    MatrixSights m_sights;
    bool m_readOnly = false;
};

// "signed out", or the role itself.
QString roleName(const QString &role);
// What the rule of a cell and what was seen of it come to, for a chip.
QString chipText(Allowance rule, CellVerdict verdict, const std::vector<MatrixSight> &sights);
StateShape shapeFor(CellVerdict verdict);

} // namespace cockpit
