#include "ui/widgets/banner.h"

#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/stateicon.h"

#include <QHBoxLayout>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

StateShape shapeFor(Tone tone)
{
    switch (tone) {
    case Tone::Fail:
        return StateShape::Fail;
    case Tone::Warn:
        return StateShape::Warn;
    case Tone::Pass:
        return StateShape::Pass;
    case Tone::Neutral:
    case Tone::Accent:
        return StateShape::NotRun;
    }
    Q_UNREACHABLE();
}

} // namespace

Banner::Banner(QWidget *parent)
    : QFrame(parent),
      m_icon(new StateIcon(StateShape::Fail, this)),
      m_what(new PlainLabel(this)),
      m_advice(new PlainLabel(this)),
      m_action(makeSecondaryButton({}, u"bannerAction"_s, this)),
      m_dismiss(makeLinkButton(tr("Dismiss"), u"bannerDismiss"_s, this))
{
    setObjectName(u"banner"_s);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::kLarge, space::kMedium, space::kMedium, space::kMedium);
    row->setSpacing(space::kMedium);
    row->addWidget(m_icon, 0, Qt::AlignVCenter);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    m_what->setScale(TextSize::Body, QFont::DemiBold);
    texts->addWidget(m_what);
    texts->addWidget(m_advice);
    row->addLayout(texts, 1);
    row->addWidget(m_action);
    row->addWidget(m_dismiss);
    m_action->hide();
    connect(m_action, &QPushButton::clicked, this, &Banner::actionTriggered);
    connect(m_dismiss, &QPushButton::clicked, this, &Banner::dismiss);
    hide();
}

void Banner::showMessage(Tone tone, const QString &whatHappened, const QString &whatToTry)
{
    m_tone = tone;
    m_icon->setShape(shapeFor(tone));
    m_what->setText(whatHappened);
    m_advice->setText(whatToTry);
    m_advice->setVisible(!whatToTry.isEmpty());
    setAccessibleName(whatHappened);
    setAccessibleDescription(whatToTry);
    update();
    show();
}

void Banner::showError(const Error &error)
{
    showMessage(Tone::Fail, error.message, adviceFor(error.kind));
}

void Banner::setAction(const QString &text)
{
    m_action->setText(text);
    m_action->setVisible(!text.isEmpty());
}

void Banner::dismiss()
{
    hide();
}

QString Banner::adviceFor(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::BadInput:
        return tr("Change what you typed or chose, then try again.");
    case ErrorKind::NotFound:
        return tr("Check that it still exists, then try again.");
    case ErrorKind::Unreachable:
    case ErrorKind::NoRoute:
        return tr("Check your internet connection, then try again.");
    case ErrorKind::TimedOut:
        return tr("The other side may be slow or down. Try again in a minute.");
    case ErrorKind::Cancelled:
        return tr("Start again when you like.");
    case ErrorKind::TooLarge:
        return tr("Try something smaller.");
    case ErrorKind::Protocol:
        return tr("Try again. If it stays, show this to the person who runs the other side.");
    case ErrorKind::NotPermitted:
    case ErrorKind::Storage:
        return {}; // there are many reasons, so the message says itself what to do
    case ErrorKind::Unsupported:
        return tr("This computer lacks something that is needed for it.");
    }
    Q_UNREACHABLE();
}

void Banner::paintEvent(QPaintEvent *)
{
    const ToneColors colors = toneColors(tokensFor(palette()), m_tone);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.soft);
    painter.drawRoundedRect(rect(), kCardRadius, kCardRadius);
}

} // namespace cockpit
