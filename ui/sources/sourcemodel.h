// What lies on this computer as an editable table. It changes nothing itself: what was changed and is valid leaves as
// edited(), what is not as refused().
#pragma once

#include "models/sourceguess.h"
#include "ui/widgets/stateicon.h"

#include <QAbstractTableModel>

namespace cockpit {

class SourceModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { KindColumn, PathColumn, EnvironmentColumn, FoundColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setSources(const std::vector<LocalSource> &sources);
    // What was found at each path, in the order of the sources; nothing is known of those beyond the end.
    void setStandings(const std::vector<SourceStanding> &standings);
    void setReadOnly(bool readOnly) { m_readOnly = readOnly; }
    const std::vector<LocalSource> &sources() const { return m_sources; }
    bool add(const LocalSource &chosen);
    void remove(int row);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

signals:
    void edited(const std::vector<cockpit::LocalSource> &sources);
    void refused(const QString &why);

private:
    bool refuse(const QString &why);
    bool isTaken(const LocalSource &source, int exceptRow) const;
    std::optional<SourceStanding> standingOf(int row) const;
    QString textOf(int row, int column) const;
    QVariant valueOf(int row, int column) const;

    std::vector<LocalSource> m_sources;
    std::vector<SourceStanding> m_standings;
    bool m_readOnly = false;
};

} // namespace cockpit
