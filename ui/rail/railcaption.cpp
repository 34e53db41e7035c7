#include "ui/rail/railcaption.h"

#include "ui/theme/typescale.h"

#include <QPainter>
#include <QStyle>

namespace cockpit {

namespace {

QFont captionFont()
{
    return textFont(TextSize::Small, QFont::DemiBold);
}

} // namespace

RailCaption::RailCaption(const QString &text, int width, QWidget *parent)
    : QWidget(parent), m_text(text), m_width(width)
{
    setAccessibleName(text);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QSize RailCaption::sizeHint() const
{
    constexpr int kUnbounded = 10000;
    const QRect room(0, 0, m_width, kUnbounded);
    return {m_width, QFontMetrics(captionFont()).boundingRect(room, Qt::TextWordWrap, m_text).height()};
}

void RailCaption::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(captionFont());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    const auto alignment = QStyle::visualAlignment(layoutDirection(), Qt::AlignLeading | Qt::AlignTop);
    painter.drawText(rect(), int(alignment) | Qt::TextWordWrap, m_text);
}

} // namespace cockpit
