#include "ui/monitoring/baselinecard.h"

#include "models/recordwatch.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/stateicon.h"

#include <QComboBox>
#include <QHBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

BaselineCard::BaselineCard(QWidget *parent)
    : Card(parent),
      m_icon(new StateIcon(StateShape::NotRun, this)),
      m_state(new PlainLabel(this)),
      m_status(new PlainLabel(this)),
      m_differences(new PlainLabel(this)),
      m_looks(new PlainLabel(this)),
      m_intervalLabel(new PlainLabel(tr("Look again:"), this)),
      m_interval(new QComboBox(this)),
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
    column()->addLayout(createWatch());
    connect(m_accept, &QPushButton::clicked, this, &BaselineCard::acceptPressed);
    connect(m_look, &QPushButton::clicked, this, &BaselineCard::lookPressed);
}

QLayout *BaselineCard::createWatch()
{
    m_looks->setObjectName(u"recordLooks"_s);
    m_looks->setMuted();
    m_intervalLabel->setWordWrap(false);
    m_intervalLabel->setBuddy(m_interval);
    m_interval->setObjectName(u"recordWatch"_s);
    m_interval->setAccessibleName(tr("How often the DNS records are looked at again"));
    for (const std::chrono::seconds interval : kRecordWatchChoices)
        m_interval->addItem(recordWatchLabel(interval), static_cast<qint64>(interval.count()));
    connect(m_interval, &QComboBox::activated, this,
            [this] { emit intervalChosen(std::chrono::seconds(m_interval->currentData().toLongLong())); });
    auto *row = new QHBoxLayout;
    row->setSpacing(space::kMedium);
    row->addWidget(m_looks, 1);
    row->addWidget(m_intervalLabel);
    row->addWidget(m_interval);
    return row;
}

void BaselineCard::show(const BaselineView &view, bool isBusy)
{
    m_icon->setShape(shapeFor(view.outcome));
    m_icon->setAccessibleName(labelOf(view.outcome));
    m_state->setText(labelOf(view.outcome));
    m_status->setText(view.status);
    m_differences->setText(view.differences.join(u'\n'));
    m_differences->setVisible(!view.differences.isEmpty());
    m_looks->setText(view.looks);
    for (QWidget *part :
         {static_cast<QWidget *>(m_looks), static_cast<QWidget *>(m_intervalLabel), static_cast<QWidget *>(m_interval)})
        part->setVisible(view.canChoose || !view.looks.isEmpty());
    m_interval->setEnabled(view.canChoose);
    m_interval->setCurrentIndex(m_interval->findData(static_cast<qint64>(view.interval.count())));
    m_accept->setEnabled(view.canAccept && !isBusy);
    m_look->setEnabled(!isBusy);
}

} // namespace cockpit
