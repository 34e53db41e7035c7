#include "ui/widgets/emptystate.h"

#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QVBoxLayout>

namespace cockpit {

EmptyState::EmptyState(const QString &title, const QString &whatToDo, QWidget *parent)
    : QWidget(parent),
      m_icon(new StateIcon(StateShape::NotRun, this)),
      m_title(new PlainLabel(this)),
      m_whatToDo(new PlainLabel(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::kWide, space::kHuge, space::kWide, space::kHuge);
    column->setSpacing(space::kSmall);
    column->addStretch();
    m_icon->setExtent(32);
    column->addWidget(m_icon, 0, Qt::AlignHCenter);
    m_title->setScale(TextSize::Section, QFont::DemiBold);
    m_title->setAlignment(Qt::AlignHCenter);
    column->addWidget(m_title);
    m_whatToDo->setMuted();
    m_whatToDo->setAlignment(Qt::AlignHCenter);
    column->addWidget(m_whatToDo);
    column->addStretch();
    setTexts(title, whatToDo);
}

void EmptyState::setTexts(const QString &title, const QString &whatToDo)
{
    m_title->setText(title);
    m_whatToDo->setText(whatToDo);
    setAccessibleName(title);
    setAccessibleDescription(whatToDo);
}

void EmptyState::setShape(StateShape shape)
{
    m_icon->setShape(shape);
}

QPushButton *EmptyState::setAction(const QString &text, const QString &objectName)
{
    Q_ASSERT(!m_action);
    m_action = makePrimaryButton(text, objectName, this);
    auto *column = static_cast<QVBoxLayout *>(layout());
    column->insertSpacing(column->count() - 1, space::kSmall);
    column->insertWidget(column->count() - 1, m_action, 0, Qt::AlignHCenter);
    connect(m_action, &QPushButton::clicked, this, &EmptyState::actionTriggered);
    return m_action;
}

} // namespace cockpit
