#include "ui/widgets/pill.h"

#include "ui/theme/typescale.h"

#include <QEvent>
#include <QFontMetrics>
#include <QPainter>

namespace cockpit {

namespace {
constexpr int kSidePadding = 10;
constexpr int kTopPadding = 5;
} // namespace

Pill::Pill(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

Pill::Pill(const QString &text, Tone tone, QWidget *parent) : Pill(parent)
{
    setPill(text, tone);
}

void Pill::setPill(const QString &text, Tone tone)
{
    if (text == m_text && tone == m_tone)
        return;
    m_text = text;
    m_tone = tone;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QFont Pill::fontOf()
{
    return textFont(TextSize::Small, QFont::DemiBold);
}

QSize Pill::sizeFor(const QString &text)
{
    const QFontMetrics metrics(fontOf());
    return {metrics.horizontalAdvance(text) + 2 * kSidePadding, metrics.height() + 2 * kTopPadding};
}

QSize Pill::sizeHint() const
{
    return sizeFor(m_text);
}

void Pill::paint(QPainter &painter, const QRect &rect, const QString &text, Tone tone, const Tokens &tokens)
{
    const ToneColors colors = toneColors(tokens, tone);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.soft);
    painter.drawRoundedRect(rect, rect.height() / 2.0, rect.height() / 2.0);
    painter.setPen(colors.ink);
    painter.setFont(fontOf());
    painter.drawText(rect, Qt::AlignCenter | Qt::TextSingleLine, text);
    painter.restore();
}

void Pill::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint(painter, rect(), m_text, m_tone, tokensFor(palette()));
}

void Pill::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

} // namespace cockpit
