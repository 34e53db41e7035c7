// Which routes of the table are shown: by words, and by who may call them.
#pragma once

#include <QSortFilterProxyModel>
#include <QStringList>

namespace cockpit {

class RouteFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    enum class Shown { All, Open, SignedIn, Admin, Guessed };

    using QSortFilterProxyModel::QSortFilterProxyModel;

    // Every word must stand somewhere in the row; letter case does not matter.
    void setWords(const QString &text);
    void setShown(Shown shown);
    bool isNarrowed() const { return !m_words.isEmpty() || m_shown != Shown::All; }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    bool isShown(const QModelIndex &access) const;

    QStringList m_words;
    Shown m_shown = Shown::All;
};

} // namespace cockpit
