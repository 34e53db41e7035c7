#include "ui/charts/legendmark.h"

#include <QEvent>
#include <QPainter>

namespace cockpit {

LegendMark::LegendMark(Tone tone, QWidget *word) : QWidget(word->parentWidget()), m_tone(tone)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    word->installEventFilter(this);
}

bool LegendMark::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ShowToParent)
        show();
    else if (event->type() == QEvent::HideToParent)
        hide();
    return QWidget::eventFilter(watched, event);
}

void LegendMark::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(QPen(toneColors(tokensFor(palette()), m_tone).ink, 2));
    const qreal middle = height() / 2.0;
    painter.drawLine(QPointF(0, middle), QPointF(width(), middle));
}

} // namespace cockpit
