#include "ui/monitoring/baselinecard.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/stateicon.h"

#include <QHBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

BaselineCard::BaselineCard(QWidget *parent)
    : Card(parent),
      m_icon(new StateIcon(StateShape::NotRun, this)),
      m_state(new PlainLabel(this)),
      m_status(new PlainLabel(this)),
      m_differences(new PlainLabel(this)),
      m_accept(makeSecondaryButton(tr("Accept these as right"), u"acceptDnsRecords"_s, this)),
      m_look(makeLinkButton(tr("Look at the DNS now"), u"lookAtDns"_s, this))
{
    setObjectName(u"dnsBaseline"_s);
    m_status->setObjectName(u"dnsBaselineStatus"_s);
    m_status->setMuted();
    m_differences->setObjectName(u"dnsDifferences"_s);
    m_differences->setSelectable();
    m_icon->setObjectName(u"dnsBaselineIcon"_s);
    m_state->setObjectName(u"dnsBaselineState"_s);
    m_state->setWordWrap(false); // a word or two, which must not be broken for the buttons' sake
    auto *head = new QHBoxLayout;
    head->setSpacing(space::kMedium);
    head->addWidget(m_icon);
    head->addWidget(&(new PlainLabel(tr("DNS records"), this))->setScale(TextSize::Section, QFont::DemiBold), 1);
    head->addWidget(m_state);
    head->addWidget(m_look);
    head->addWidget(m_accept);
    column()->addLayout(head);
    column()->addWidget(m_status);
    column()->addWidget(m_differences);
    connect(m_accept, &QPushButton::clicked, this, &BaselineCard::acceptPressed);
    connect(m_look, &QPushButton::clicked, this, &BaselineCard::lookPressed);
}

void BaselineCard::show(const BaselineView &view, bool isBusy)
{
    m_icon->setShape(shapeFor(view.outcome));
    m_icon->setAccessibleName(labelOf(view.outcome));
    m_state->setText(labelOf(view.outcome));
    m_status->setText(view.status);
    m_differences->setText(view.differences.join(u'\n'));
    m_differences->setVisible(!view.differences.isEmpty());
    m_accept->setEnabled(view.canAccept && !isBusy);
    m_look->setEnabled(!isBusy);
}

} // namespace cockpit
