#include "ui/credentials/revealfield.h"

#include "ui/theme/tokens.h"
#include "ui/theme/typescale.h"

#include <QPainter>

namespace cockpit {

RevealField::RevealField(QWidget *parent) : QWidget(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(kShownFor);
    connect(&m_timer, &QTimer::timeout, this, &RevealField::conceal);
    setVisible(false);
}

void RevealField::show(const QString &name, const Secret &value)
{
    m_value = value;
    m_name = name;
    setAccessibleName(tr("The value of %1 is on the screen for ten seconds").arg(name));
    m_timer.start();
    setVisible(true);
    update();
}

void RevealField::conceal()
{
    const bool wasShown = isRevealing();
    m_timer.stop();
    m_value = Secret();
    setVisible(false);
    if (wasShown)
        emit concealed();
}

// Another page, or the window minimised: whoever comes back did not ask to see it.
void RevealField::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    conceal();
}

QSize RevealField::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 40, fontMetrics().height() * 3 + 2 * space::kMedium};
}

void RevealField::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = tokensFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(tokens.line);
    painter.setBrush(tokens.window);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kControlRadius, kControlRadius);
    const QRect room = rect().adjusted(space::kMedium, space::kMedium, -space::kMedium, -space::kMedium);
    painter.setPen(tokens.muted);
    painter.drawText(room, int(Qt::AlignLeading | Qt::AlignTop) | Qt::TextSingleLine,
                     tr("%1, hidden again in ten seconds").arg(m_name));
    painter.setPen(tokens.text);
    painter.setFont(codeFont());
    painter.drawText(room.adjusted(0, fontMetrics().height() + space::kTiny, 0, 0),
                     Qt::AlignLeft | Qt::TextWrapAnywhere, QString::fromUtf8(m_value.reveal()));
}

} // namespace cockpit
