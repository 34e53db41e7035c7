#include "ui/present/scorering.h"

#include "ui/theme/typescale.h"

#include <QPainter>

namespace cockpit {

namespace {
constexpr int kFullCircle = 360 * 16;
constexpr int kTop = 90 * 16;
} // namespace

ScoreRing::ScoreRing(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void ScoreRing::setScore(int score, Tone tone)
{
    m_score = score;
    m_tone = tone;
    setAccessibleName(tr("Score %1 of 100").arg(score));
    update();
}

void ScoreRing::setNumberShown(bool shown)
{
    m_numberShown = shown;
    update();
}

void ScoreRing::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = tokensFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal width = this->width() / 11.5;
    const QRectF ring = QRectF(rect()).adjusted(width, width, -width, -width);
    painter.setPen(QPen(tokens.line, width));
    painter.drawEllipse(ring);
    const int shown = m_numberShown ? m_score : 0;
    if (shown > 0) {
        painter.setPen(QPen(toneColors(tokens, m_tone).ink, width, Qt::SolidLine, Qt::RoundCap));
        painter.drawArc(ring, kTop, -kFullCircle * shown / 100);
    }
    if (!m_numberShown)
        return;
    QFont number = textFont(TextSize::Start, QFont::Bold);
    number.setPixelSize(this->width() / 4);
    painter.setFont(number);
    painter.setPen(tokens.text);
    painter.drawText(ring.adjusted(0, -ring.height() * 0.10, 0, -ring.height() * 0.10), Qt::AlignCenter,
                     locale().toString(m_score));
    painter.setFont(textFont(TextSize::Section));
    painter.setPen(tokens.muted);
    painter.drawText(ring.adjusted(0, ring.height() * 0.36, 0, 0), Qt::AlignCenter, tr("of 100"));
}

} // namespace cockpit
