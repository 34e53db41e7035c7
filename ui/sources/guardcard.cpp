#include "ui/sources/guardcard.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/codebox.h"
#include "ui/widgets/labels.h"

#include <QDir>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

QString stateText(const GuardProposal &proposal)
{
    if (proposal.isInPlace())
        return GuardCard::tr("Set up: it calls launch-cockpit.");
    if (proposal.isWritten())
        return GuardCard::tr("Written, and git on this computer does not call it yet: see below.");
    if (proposal.isWritable())
        return GuardCard::tr("Not set up. This file would be written:");
    return proposal.join.isEmpty() ? GuardCard::tr("To be set up by a person.")
                                   : GuardCard::tr("Not set up. It joins what is there, which a person adds:");
}

} // namespace

GuardCard::GuardCard(GuardKind kind, QWidget *parent)
    : QWidget(parent),
      m_state(new PlainLabel),
      m_path(new PlainLabel),
      m_remark(new PlainLabel),
      m_text(new CodeBox),
      m_write(makeSecondaryButton(tr("Write this file"), u"write-"_s + toWord(kind)))
{
    m_proposal.kind = kind;
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kSmall);
    auto *title = new PlainLabel(labelOf(kind));
    title->setScale(TextSize::Body, QFont::DemiBold);
    m_state->setObjectName(u"state-"_s + toWord(kind));
    m_remark->setObjectName(u"remark-"_s + toWord(kind));
    m_write->setAccessibleName(tr("Write this file: %1").arg(labelOf(kind)));
    auto *row = new QHBoxLayout;
    row->addWidget(m_state, 1);
    row->addWidget(m_write);
    column->addWidget(title);
    column->addLayout(row);
    column->addWidget(&m_path->setMuted().setSelectable());
    column->addWidget(m_text);
    column->addWidget(&m_remark->setSelectable());
    connect(m_write, &QPushButton::clicked, this, [this] { emit writeRequested(m_proposal); });
}

void GuardCard::setProposal(const GuardProposal &proposal)
{
    m_proposal = proposal;
    m_state->setText(stateText(proposal));
    m_path->setText(QDir::toNativeSeparators(proposal.path));
    const QByteArray &shown = proposal.isWritable() ? proposal.after : proposal.join;
    m_text->setCode(QString::fromUtf8(shown), tr("Copy"));
    m_text->setVisible(!shown.isEmpty());
    m_remark->setText(proposal.remark);
    m_remark->setVisible(!proposal.remark.isEmpty());
    updateButton();
}

void GuardCard::setBusy(bool busy)
{
    m_isBusy = busy;
    updateButton();
}

void GuardCard::updateButton()
{
    m_write->setVisible(m_proposal.isWritable() && !m_proposal.isWritten());
    m_write->setEnabled(!m_isBusy);
}

} // namespace cockpit
