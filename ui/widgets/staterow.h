// Rows with a state: shape, title, a muted line below, and a pill or a few words at the end. One delegate draws them on
// every page, from the roles of any list model.
#pragma once

#include "ui/theme/tokens.h"
#include "ui/widgets/stateicon.h"

#include <QListView>
#include <QStyledItemDelegate>

namespace cockpit {

// Qt::DisplayRole is the title, Qt::AccessibleTextRole all of the row in words.
enum StateRowRole {
    ShapeRole = Qt::UserRole + 1, // StateShape; invalid: no shape
    SubtitleRole,                 // QString
    PillRole,                     // QString; empty: none
    PillToneRole,                 // Tone
    TrailingRole,                 // QString, beside or instead of the pill
    SectionRole,                  // bool: a heading between rows
    LastStateRowRole,
};

class StateRowDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

// A list of such rows without a frame of its own, for use in a Card with no padding. Tells when it is held: the pointer
// is over it or the keyboard is in it, so that nothing should move.
class StateRowList : public QListView
{
    Q_OBJECT

public:
    explicit StateRowList(QWidget *parent = nullptr);

    bool isHeld() const { return m_pointerInside; }

signals:
    void heldChanged(bool held);

protected:
    bool viewportEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    bool m_pointerInside = false;
};

} // namespace cockpit

Q_DECLARE_METATYPE(cockpit::StateShape)
Q_DECLARE_METATYPE(cockpit::Tone)
