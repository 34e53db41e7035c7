#include "ui/start/productcard.h"

#include "ui/theme/tokens.h"
#include "ui/theme/typescale.h"

#include <QPainter>

namespace cockpit {

namespace {

constexpr int kPadding = 16;
constexpr int kNarrowest = 150;
constexpr int kWrap = Qt::TextWordWrap | Qt::AlignTop;

int textHeight(const QFont &font, int width, const QString &text)
{
    return QFontMetrics(font).boundingRect(QRect(0, 0, width, 10000), kWrap, text).height();
}

} // namespace

ProductCard::ProductCard(const QString &roadmapId, const QString &product, const QString &phase, QWidget *parent)
    : QAbstractButton(parent), m_roadmapId(roadmapId), m_phase(phase)
{
    // Capital first: the phase stands alone here, in the roadmaps it follows a comma.
    if (!m_phase.isEmpty())
        m_phase[0] = m_phase[0].toUpper();
    setObjectName(QStringLiteral("product-") + roadmapId);
    setText(product);
    setAccessibleName(product);
    setAccessibleDescription(m_phase);
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

QSize ProductCard::sizeHint() const
{
    return {kNarrowest + 30, heightForWidth(kNarrowest + 30)};
}

QSize ProductCard::minimumSizeHint() const
{
    return {kNarrowest, 60};
}

int ProductCard::heightForWidth(int width) const
{
    const int room = width - 2 * kPadding;
    return textHeight(textFont(TextSize::Body, QFont::DemiBold), room, text()) +
           textHeight(textFont(TextSize::Body), room, m_phase) + space::kTiny + 2 * kPadding;
}

void ProductCard::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = tokensFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal border = isChecked() || hasFocus() ? 2 : 1;
    const QColor edge = isChecked()    ? tokens.accent
                        : hasFocus()   ? tokens.text
                        : underMouse() ? tokens.faint
                                       : tokens.line;
    painter.setPen(QPen(edge, border));
    painter.setBrush(hasFocus() && isChecked() ? tokens.accentSoft : tokens.surface);
    const qreal inset = border / 2;
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), kCardRadius, kCardRadius);

    const int room = width() - 2 * kPadding;
    const QFont titleFont = textFont(TextSize::Body, QFont::DemiBold);
    const int titleHeight = textHeight(titleFont, room, text());
    painter.setFont(titleFont);
    painter.setPen(tokens.text);
    painter.drawText(QRect(kPadding, kPadding, room, titleHeight), kWrap, text());
    painter.setFont(textFont(TextSize::Body));
    painter.setPen(tokens.muted);
    painter.drawText(QRect(kPadding, kPadding + titleHeight + space::kTiny, room, height()), kWrap, m_phase);
}

} // namespace cockpit
