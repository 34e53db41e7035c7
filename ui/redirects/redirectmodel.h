// The redirect map as an editable table with what became of each address. It changes nothing itself: what was typed and
// is valid leaves as edited(), what is not as refused().
#pragma once

#include "models/redirectrows.h"
#include "ui/widgets/stateicon.h"

#include <QAbstractTableModel>

namespace cockpit {

class RedirectModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { OldColumn, WantedColumn, ResultColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(const std::vector<RedirectRow> &rows);
    void setReadOnly(bool readOnly) { m_readOnly = readOnly; }
    const std::vector<RedirectRow> &rows() const { return m_rows; }
    bool add(const RedirectEntry &typed);
    void remove(int row);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

signals:
    void edited(const std::vector<cockpit::RedirectEntry> &redirects);
    void refused(const QString &why);

private:
    std::vector<RedirectEntry> entries() const;
    bool refuse(const QString &why);
    bool isTaken(const RedirectEntry &entry, int exceptRow) const;
    QString textOf(const RedirectRow &row, int column) const;
    QString spokenText(const RedirectRow &row, int column) const;

    std::vector<RedirectRow> m_rows;
    bool m_readOnly = false;
};

// Looks only: nothing is judged here.
StateShape shapeFor(const std::optional<RedirectState> &state);

} // namespace cockpit
