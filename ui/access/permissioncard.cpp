#include "ui/access/permissioncard.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

PermissionCard::PermissionCard(QWidget *parent)
    : Card(parent),
      m_icon(new StateIcon),
      m_title(new PlainLabel),
      m_note(new PlainLabel),
      m_next(makePrimaryButton({}, u"permissionNext"_s)),
      m_change(makeSecondaryButton(tr("Change…"), u"changePermission"_s)),
      m_stop(makeSecondaryButton(tr("Stop active tests"), u"stopActive"_s)),
      m_accounts(makeSecondaryButton({}, u"testAccounts"_s))
{
    setPadding(space::kLarge);
    setObjectName(u"permission"_s);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::kMedium);
    row->addWidget(m_icon);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    m_title->setObjectName(u"permissionTitle"_s);
    m_title->setScale(TextSize::Body, QFont::DemiBold);
    m_note->setObjectName(u"permissionNote"_s);
    texts->addWidget(m_title);
    texts->addWidget(&m_note->setMuted());
    row->addLayout(texts, 1);
    for (QPushButton *button : {m_next, m_change, m_stop, m_accounts})
        row->addWidget(button);
    column()->addLayout(row);
    m_stop->setToolTip(tr("At once: nothing more is sent, and what was planted is taken away again"));
    connect(m_next, &QPushButton::clicked, this, &PermissionCard::nextWanted);
    connect(m_change, &QPushButton::clicked, this, &PermissionCard::changeWanted);
    connect(m_stop, &QPushButton::clicked, this, &PermissionCard::stopWanted);
    connect(m_accounts, &QPushButton::clicked, this, &PermissionCard::accountsWanted);
}

void PermissionCard::show(const PermissionStanding &standing, bool isGiven)
{
    m_icon->setShape(standing.shape);
    m_title->setText(standing.title);
    m_note->setText(standing.note);
    m_next->setText(standing.action);
    m_next->setAccessibleName(standing.action);
    m_next->setVisible(!standing.action.isEmpty() && !m_readOnly);
    m_change->setVisible(isGiven && !m_readOnly);
    m_stop->setVisible(isGiven && !m_readOnly);
}

void PermissionCard::setAccounts(int count)
{
    const QString text = tr("Test accounts (%1)…").arg(locale().toString(count));
    m_accounts->setText(text);
    m_accounts->setAccessibleName(text);
}

void PermissionCard::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
}

} // namespace cockpit
