// Paints the rows of the program's lists: shape, title, a muted line below, pills and a trailing figure at the end.
#pragma once

#include "ui/theme/tokens.h"

#include <QStyledItemDelegate>

namespace cockpit {

// What a list model offers to RowDelegate beside DisplayRole (the title). All are optional.
enum RowRole {
    RowLeadRole = Qt::UserRole + 100, // QString before the shape: a rank, a start time
    RowShapeRole,                     // int(StateShape)
    RowNoteRole,                      // QString below the title
    RowPillRole,                      // QString
    RowPillToneRole,                  // int(Tone)
    RowSecondPillRole,                // QString, always neutral
    RowTrailingRole,                  // QString at the end
    RowHeadingRole,                   // bool: a heading between groups, not selectable
};

class RowDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    // Room for RowLeadRole, as the widest text that is to fit; empty for none.
    void setLeadSample(const QString &widest) { m_leadSample = widest; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintHeading(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    QRect paintStart(QPainter &painter, QRect free, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    QRect paintEnd(QPainter &painter, QRect free, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    void paintTexts(QPainter &painter, const QRect &free, const QStyleOptionViewItem &option,
                    const QModelIndex &index) const;

    QString m_leadSample;
};

} // namespace cockpit
