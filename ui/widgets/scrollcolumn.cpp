#include "ui/widgets/scrollcolumn.h"

#include "ui/theme/tokens.h"

#include <QEvent>
#include <QResizeEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace cockpit {

namespace {

// Asks for the room that its widget needs at this width, and is content with less.
class GrowingArea : public QScrollArea
{
public:
    using QScrollArea::QScrollArea;

    QSize sizeHint() const override
    {
        const int room = width() - verticalScrollBar()->sizeHint().width();
        const QSize wanted = widget()->sizeHint();
        return {wanted.width(), widget()->hasHeightForWidth() ? widget()->heightForWidth(room) : wanted.height()};
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const bool isDone = QScrollArea::eventFilter(watched, event);
        if (watched == widget() && event->type() == QEvent::LayoutRequest)
            updateGeometry();
        return isDone;
    }

    void resizeEvent(QResizeEvent *event) override
    {
        QScrollArea::resizeEvent(event);
        if (event->size().width() != event->oldSize().width())
            updateGeometry();
    }
};

QVBoxLayout *fill(QScrollArea *area, QVBoxLayout *to)
{
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    area->setFocusPolicy(Qt::NoFocus); // its widgets take the focus and scroll into view
    auto *inner = new QWidget(area);
    inner->setProperty("plain", true);
    area->viewport()->setAutoFillBackground(false);
    inner->setAutoFillBackground(false);
    auto *column = new QVBoxLayout(inner);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kLarge);
    area->setWidget(inner);
    to->addWidget(area, 1);
    return column;
}

} // namespace

QVBoxLayout *addScrollColumn(QVBoxLayout *to, QWidget *parent)
{
    return fill(new QScrollArea(parent), to);
}

QVBoxLayout *addGrowingScrollColumn(QVBoxLayout *to, QWidget *parent)
{
    return fill(new GrowingArea(parent), to);
}

} // namespace cockpit
