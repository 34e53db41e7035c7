#include "ui/handover/ownerscard.h"

#include "models/handover/owners.h"
#include "ui/handover/ownershipmodel.h"
#include "ui/session.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/tables.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace cockpit {

OwnersCard::OwnersCard(Session &session, QWidget *parent)
    : Card(parent),
      m_session(session),
      m_owners(new OwnershipModel(this)),
      m_table(makeTable(m_owners, u"ownership"_s, tr("Who owns what"), this))
{
    setPadding(0);
    column()->setContentsMargins(1, kCardRadius / 2, 1, 0);
    m_table->setSelectionBehavior(QAbstractItemView::SelectItems);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                             QAbstractItemView::AnyKeyPressed);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setStretchLastSection(true);
    auto *add = makeSecondaryButton(tr("Add a system"), u"addOwnership"_s, this);
    connect(add, &QPushButton::clicked, this, &OwnersCard::addRow);
    connect(m_owners, &OwnershipModel::edited, this, [this] {
        m_session.setOwnership(writtenRows(m_owners->rows()));
        emit edited();
    });
    auto *hint = new PlainLabel(tr("Press Enter or start typing to fill in a cell."), this);
    hint->setMuted();
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(space::kMedium, space::kSmall, space::kMedium, space::kMedium);
    bar->addWidget(add);
    bar->addWidget(hint, 1);
    column()->addWidget(m_table, 1);
    column()->addLayout(bar);
}

void OwnersCard::refresh()
{
    m_owners->setReadOnly(!m_session.isOpen() || m_session.isReadOnly());
    m_owners->setRows(ownershipRows(m_session.project()));
}

void OwnersCard::addRow()
{
    const QModelIndex cell = m_owners->index(m_owners->addRow(), OwnershipModel::SystemColumn);
    m_table->setCurrentIndex(cell);
    m_table->edit(cell);
}

} // namespace cockpit
