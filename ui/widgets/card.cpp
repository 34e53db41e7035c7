#include "ui/widgets/card.h"

#include "ui/theme/tokens.h"

#include <QPainter>
#include <QVBoxLayout>

namespace cockpit {

Card::Card(QWidget *parent) : QFrame(parent), m_column(new QVBoxLayout(this))
{
    m_column->setSpacing(space::kSmall);
    setPadding(space::kLarge + space::kTiny);
}

void Card::setPadding(int pixels)
{
    // One pixel stays for the border, so that a list inside never paints over it.
    const int margin = std::max(1, pixels);
    m_column->setContentsMargins(margin, margin, margin, margin);
}

void Card::setHighlighted(bool highlighted)
{
    m_highlighted = highlighted;
    update();
}

void Card::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = tokensFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal width = m_highlighted ? 2.0 : 1.0;
    painter.setPen(QPen(m_highlighted ? tokens.accent : tokens.line, width));
    painter.setBrush(tokens.surface);
    const qreal inset = width / 2;
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), kCardRadius, kCardRadius);
}

} // namespace cockpit
