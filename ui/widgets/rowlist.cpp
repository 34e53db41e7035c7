#include "ui/widgets/rowlist.h"

#include "ui/widgets/rowdelegate.h"

#include <QEvent>
#include <QKeyEvent>

using namespace Qt::StringLiterals;

namespace cockpit {

RowList::RowList(const QString &leadSample, QWidget *parent) : QListView(parent), m_delegate(new RowDelegate(this))
{
    m_delegate->setLeadSample(leadSample);
    setItemDelegate(m_delegate);
    connect(m_delegate, &RowDelegate::actionPressed, this, &RowList::actionTriggered);
    setProperty("frame", u"none"_s);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setResizeMode(QListView::Adjust);
    setFocusPolicy(Qt::StrongFocus);
}

QRect RowList::actionRect(const QModelIndex &index) const
{
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    option.rect = visualRect(index);
    return m_delegate->actionRect(option, index);
}

bool RowList::viewportEvent(QEvent *event)
{
    const bool enters = event->type() == QEvent::Enter;
    if (enters || event->type() == QEvent::Leave) {
        m_pointerInside = enters;
        emit heldChanged(enters);
    }
    return QListView::viewportEvent(event);
}

void RowList::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && !currentIndex().data(RowActionRole).toString().isEmpty()) {
        emit actionTriggered(currentIndex());
        return;
    }
    QListView::keyPressEvent(event);
}

void RowList::resizeEvent(QResizeEvent *event)
{
    QListView::resizeEvent(event);
    scheduleDelayedItemsLayout(); // wrapped lines follow the width
}

} // namespace cockpit
