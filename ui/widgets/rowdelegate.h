// Paints the rows of the program's lists: shape, title, a muted text below, pills, a trailing figure and a button at
// the end. Texts wrap, so that nothing is cut off; one delegate draws them on every page, from the roles of any list
// model.
#pragma once

#include "ui/theme/tokens.h"
#include "ui/widgets/stateicon.h"

#include <QStyledItemDelegate>

namespace cockpit {

// What a list model offers to RowDelegate beside DisplayRole (the title) and AccessibleTextRole (all of the row in
// words). All are optional.
enum RowRole {
    RowLeadRole = Qt::UserRole + 100, // QString before the shape: a rank, a start time
    RowShapeRole,                     // StateShape
    RowNoteRole,                      // QString below the title
    RowPillRole,                      // QString
    RowPillToneRole,                  // Tone
    RowSecondPillRole,                // QString, always neutral; gives way where there is little room
    RowTrailingRole,                  // QString at the end, beside or instead of the pill
    RowActionRole,                    // QString on a button at the very end; Enter presses it too (RowList)
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
    // Where the button of RowActionRole is drawn; empty where there is none.
    QRect actionRect(const QStyleOptionViewItem &option, const QModelIndex &index) const;

signals:
    void actionPressed(const QModelIndex &index);

protected:
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                     const QModelIndex &index) override;

private:
    QString m_leadSample;
};

} // namespace cockpit

Q_DECLARE_METATYPE(cockpit::StateShape)
Q_DECLARE_METATYPE(cockpit::Tone)
