#include "ui/shell/bottombar.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

BottomBar::BottomBar(QWidget *parent)
    : QFrame(parent),
      m_back(makeSecondaryButton({}, u"back"_s, this)),
      m_note(new PlainLabel(this)),
      m_next(makePrimaryButton({}, u"next"_s, this))
{
    setObjectName(u"bottomBar"_s);
    setProperty("pane", u"bottom"_s);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(28, space::kMedium, 28, space::kMedium);
    row->setSpacing(space::kMedium);
    m_note->setMuted();
    m_note->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    row->addWidget(m_back);
    row->addWidget(m_note, 1);
    row->addWidget(m_next);
    connect(m_back, &QPushButton::clicked, this, &BottomBar::back);
    connect(m_next, &QPushButton::clicked, this, &BottomBar::next);
}

void BottomBar::setNames(const QString &back, const QString &next)
{
    m_back->setVisible(!back.isEmpty());
    m_back->setText(tr("‹ %1").arg(back));
    m_back->setAccessibleName(tr("Back to %1").arg(back));
    m_next->setVisible(!next.isEmpty());
    m_next->setText(tr("%1 ›").arg(next));
    m_next->setAccessibleName(tr("Next: %1").arg(next));
}

void BottomBar::setNote(const QString &note)
{
    m_note->setText(note);
}

} // namespace cockpit
