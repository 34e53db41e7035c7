#include "ui/addresses/hostscard.h"

#include "models/dkimselectors.h"
#include "ui/addresses/hostmodel.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/choicedelegate.h"
#include "ui/widgets/dialogparts.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/tables.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr int kRowsShown = 4;

std::vector<Choice> roleChoices()
{
    std::vector<Choice> choices;
    for (const auto role : {HostRole::Site, HostRole::Www, HostRole::App, HostRole::Api, HostRole::Admin,
                            HostRole::Auth, HostRole::Portal, HostRole::Mail, HostRole::Other})
        choices.push_back({labelOf(role), static_cast<int>(role)});
    return choices;
}

} // namespace

HostsCard::HostsCard(QWidget *parent)
    : Card(parent),
      m_model(new HostModel(this)),
      m_about(new PlainLabel),
      m_table(makeTable(m_model, u"hosts"_s, tr("Addresses of the product"), nullptr)),
      m_name(new QLineEdit),
      m_add(makeSecondaryButton(tr("Add address"), u"addHost"_s)),
      m_remove(makeSecondaryButton(tr("Remove"), u"removeHost"_s)),
      m_selectors(new QLineEdit)
{
    column()->setSpacing(space::kSmall);
    column()->addWidget(&(new PlainLabel(tr("Addresses")))->setScale(TextSize::Section, QFont::DemiBold));
    column()->addWidget(&m_about->setMuted());
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                             QAbstractItemView::SelectedClicked);
    m_table->setItemDelegateForColumn(HostModel::RoleColumn, new ChoiceDelegate(roleChoices(), m_table));
    m_table->setMinimumHeight(m_table->verticalHeader()->defaultSectionSize() * (kRowsShown + 1));
    column()->addWidget(m_table);
    column()->addWidget(makeHostRow());
    addField(column(), tr("DKIM selectors"), m_selectors, u"dkimSelectors"_s);
    m_selectors->setPlaceholderText(tr("For example: google, s1. Leave it empty to try the usual ones."));
    connect(m_model, &HostModel::edited, this, &HostsCard::targetEdited);
    connect(m_model, &HostModel::refused, this, &HostsCard::refused);
    connect(m_selectors, &QLineEdit::editingFinished, this, &HostsCard::readSelectors);
}

QWidget *HostsCard::makeHostRow()
{
    auto *holder = new QWidget;
    auto *row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kSmall);
    m_name->setObjectName(u"newHost"_s);
    m_name->setAccessibleName(tr("Another address"));
    m_name->setPlaceholderText(tr("Another address, for example app.yourproduct.com"));
    row->addWidget(m_name, 1);
    row->addWidget(m_add);
    row->addWidget(m_remove);
    connect(m_name, &QLineEdit::returnPressed, this, &HostsCard::addHost);
    connect(m_add, &QPushButton::clicked, this, &HostsCard::addHost);
    connect(m_remove, &QPushButton::clicked, this, [this] { m_model->remove(m_table->currentIndex().row()); });
    return holder;
}

void HostsCard::addHost()
{
    if (m_model->add(m_name->text()))
        m_name->clear();
}

void HostsCard::readSelectors()
{
    const auto selectors = parseDkimSelectors(m_selectors->text());
    if (selectors)
        emit selectorsEdited(*selectors);
    else
        emit refused(selectors.error().message);
}

void HostsCard::setSettings(const ProjectSettings &settings)
{
    const int row = m_table->currentIndex().row();
    m_model->setTarget(settings.target);
    if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(std::clamp(row, 0, m_model->rowCount() - 1), 0));
    m_about->setText(tr("Mail, DNS and registration are judged on %1.").arg(displayName(settings.target.domain)));
    if (!m_selectors->hasFocus())
        m_selectors->setText(settings.dkimSelectors.join(u", "_s));
}

void HostsCard::setReadOnly(bool readOnly)
{
    m_model->setReadOnly(readOnly);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_name, m_add, m_remove, m_selectors})
        widget->setEnabled(!readOnly);
}

} // namespace cockpit
