// Which settings of the table are shown: of one kind, and with a part of their name.
#pragma once

#include "models/environmentrows.h"

#include <QSortFilterProxyModel>

namespace cockpit {

class EnvironmentFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setChoice(EnvironmentChoice choice);
    void setWords(const QString &words); // case ignored; empty: every name
    bool isNarrowed() const { return m_choice != EnvironmentChoice::All || !m_words.isEmpty(); }
    std::vector<EnvironmentRow> shownRows() const;

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    EnvironmentChoice m_choice = EnvironmentChoice::All;
    QString m_words;
};

} // namespace cockpit
