// The settings of the environments as a table model: names down, environments across. Kinds of values, never a value.
#pragma once

#include "models/environmentrows.h"

#include <QAbstractTableModel>

namespace cockpit {

class EnvironmentModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    // Those of kComparedEnvironments stand between the first and the last two.
    static constexpr int kNameColumn = 0;
    static constexpr int kFirstEnvironment = 1;
    static constexpr int kBrowserColumn = kFirstEnvironment + static_cast<int>(kComparedEnvironments.size());
    static constexpr int kFoundColumn = kBrowserColumn + 1;
    static constexpr int kColumnCount = kFoundColumn + 1;

    using QAbstractTableModel::QAbstractTableModel;

    // found: the titles of open findings, by their ids.
    void setRows(const std::vector<EnvironmentRow> &rows, const std::map<QString, QString> &found);
    const std::vector<EnvironmentRow> &rows() const { return m_rows; }
    const EnvironmentRow *row(int row) const; // null: there is none

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString textOf(const EnvironmentRow &row, int column) const;
    QString hintFor(const EnvironmentRow &row, int column) const;

    std::vector<EnvironmentRow> m_rows;
    std::map<QString, QString> m_found;
};

} // namespace cockpit
