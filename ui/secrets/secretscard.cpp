#include "ui/secrets/secretscard.h"

#include "ui/secrets/secretfilter.h"
#include "ui/secrets/secretmodel.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/columnfit.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/statecelldelegate.h"
#include "ui/widgets/tables.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QStackedLayout>
#include <QTableView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr int kRowsShown = 6;

using Shown = SecretFilter::Shown;
constexpr std::array kChoices{Shown::All, Shown::Exposed, Shown::Overdue, Shown::WithoutOwner, Shown::NotComplete};

QString choiceText(Shown shown, int count)
{
    switch (shown) {
    case Shown::All:
        return SecretsCard::tr("All (%1)").arg(count);
    case Shown::Exposed:
        return SecretsCard::tr("Exposed (%1)").arg(count);
    case Shown::Overdue:
        return SecretsCard::tr("Overdue (%1)").arg(count);
    case Shown::WithoutOwner:
        return SecretsCard::tr("Without an owner (%1)").arg(count);
    case Shown::NotComplete:
        return SecretsCard::tr("Not complete (%1)").arg(count);
    }
    Q_UNREACHABLE();
}

} // namespace

SecretsCard::SecretsCard(QWidget *parent)
    : Card(parent),
      m_model(new SecretModel(this)),
      m_filter(new SecretFilter(this)),
      m_table(nullptr),
      m_empty(
          new EmptyState(tr("No secret is written down yet"),
                         tr("Every key and password has an owner and a place. Begin with what the checks found, and "
                            "add what only you know: the registrar, the hosting account, the database."))),
      m_shown(new QComboBox),
      m_count(new PlainLabel),
      m_takeOver(makePrimaryButton(tr("Take over what was found"), u"takeOverSecrets"_s)),
      m_add(makeSecondaryButton(tr("Add…"), u"addSecret"_s)),
      m_edit(makeSecondaryButton(tr("Edit…"), u"editSecret"_s)),
      m_replace(makeSecondaryButton(tr("Replace it…"), u"replaceSecret"_s)),
      m_remove(makeSecondaryButton(tr("Remove…"), u"removeSecret"_s))
{
    m_filter->setSourceModel(m_model);
    m_table =
        makeTable(m_filter, u"secrets"_s, tr("Secrets: whose each is, where it is kept, and when it is due"), nullptr);
    column()->setSpacing(space::kSmall);
    m_filterRow = makeFilterRow();
    column()->addWidget(m_filterRow);
    column()->addWidget(makeTableArea(), 1);
    column()->addWidget(makeActions());
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &SecretsCard::updateButtons);
    connect(m_table, &QTableView::activated, this, [this] {
        if (m_edit->isEnabled())
            emit editWanted(chosen());
    });
    showCounts();
    updateButtons();
}

QWidget *SecretsCard::makeFilterRow()
{
    auto *holder = new QWidget;
    auto *row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kSmall);
    m_shown->setObjectName(u"shownSecrets"_s);
    m_shown->setAccessibleName(tr("Which secrets are shown"));
    m_shown->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    for (const Shown shown : kChoices)
        m_shown->addItem(choiceText(shown, 0), static_cast<int>(shown));
    m_count->setObjectName(u"secretsCount"_s);
    row->addWidget(m_shown);
    row->addWidget(&m_count->setMuted(), 1);
    connect(m_shown, &QComboBox::currentIndexChanged, this, [this] {
        m_filter->setShown(static_cast<Shown>(m_shown->currentData().toInt()));
        if (!m_table->currentIndex().isValid() && m_filter->rowCount() > 0)
            select(0);
        showCounts();
        updateButtons();
    });
    return holder;
}

QWidget *SecretsCard::makeTableArea()
{
    m_table->setItemDelegateForColumn(SecretModel::StateColumn, new StateCellDelegate(m_table));
    m_table->setMinimumHeight(m_table->verticalHeader()->defaultSectionSize() * (kRowsShown + 1));
    std::vector<ColumnKind> kinds(SecretModel::ColumnCount, ColumnKind::Firm);
    kinds[SecretModel::KeptColumn] = kinds[SecretModel::EnvironmentColumn] = ColumnKind::Elastic;
    kinds[SecretModel::RotatedColumn] = ColumnKind::Optional; // the day it is due says as much
    new ColumnFit(m_table, kinds);
    m_first = m_empty->setAction(tr("Write the first one down…"), u"addFirstSecret"_s);
    connect(m_empty, &EmptyState::actionTriggered, this, [this] {
        if (m_found > 0)
            emit takeOverWanted();
        else
            emit addWanted();
    });
    auto *area = new QWidget;
    m_stack = new QStackedLayout(area);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_table);
    return area;
}

QWidget *SecretsCard::makeActions()
{
    auto *holder = new QWidget;
    auto *row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kSmall);
    for (QPushButton *button : {m_takeOver, m_add, m_edit, m_replace})
        row->addWidget(button);
    row->addStretch(1);
    row->addWidget(m_remove);
    connect(m_takeOver, &QPushButton::clicked, this, &SecretsCard::takeOverWanted);
    connect(m_add, &QPushButton::clicked, this, &SecretsCard::addWanted);
    connect(m_edit, &QPushButton::clicked, this, [this] { emit editWanted(chosen()); });
    connect(m_replace, &QPushButton::clicked, this, [this] { emit replaceWanted(chosen()); });
    connect(m_remove, &QPushButton::clicked, this, [this] { emit removeWanted(chosen()); });
    return holder;
}

// Not selectRow(), which finds no column in a table that runs from right to left and was not laid out yet.
void SecretsCard::select(int row)
{
    m_table->setCurrentIndex(m_filter->index(row, SecretModel::NameColumn));
}

QString SecretsCard::chosen() const
{
    const SecretEntry *entry = m_model->entry(m_filter->mapToSource(m_table->currentIndex()).row());
    return entry ? entry->id : QString();
}

void SecretsCard::setEntries(const std::vector<SecretEntry> &entries, const QDate &today)
{
    const int row = m_table->currentIndex().row();
    m_entries = entries;
    m_model->setEntries(entries, today);
    m_stack->setCurrentIndex(entries.empty() ? 0 : 1);
    m_filterRow->setVisible(!entries.empty());
    if (!m_table->currentIndex().isValid() && m_filter->rowCount() > 0)
        select(std::clamp(row, 0, m_filter->rowCount() - 1));
    showCounts();
    updateButtons();
}

void SecretsCard::choose(const QString &id)
{
    const auto entry = std::ranges::find(m_entries, id, &SecretEntry::id);
    if (entry == m_entries.end())
        return;
    const auto row = static_cast<int>(entry - m_entries.begin());
    if (!m_filter->mapFromSource(m_model->index(row, 0)).isValid())
        m_shown->setCurrentIndex(0);
    select(m_filter->mapFromSource(m_model->index(row, 0)).row());
}

void SecretsCard::setFound(int count)
{
    m_found = count;
    const QString text = count > 0 ? tr("Take over what was found (%1)").arg(count) : tr("Take over what was found");
    m_takeOver->setText(text);
    m_takeOver->setAccessibleName(text);
    const QString first = count > 0 ? text : tr("Write the first one down…");
    m_first->setText(first);
    m_first->setAccessibleName(first);
    updateButtons();
}

void SecretsCard::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    updateButtons();
}

void SecretsCard::showCounts()
{
    for (int i = 0; i < m_shown->count(); ++i) {
        const auto shown = static_cast<Shown>(m_shown->itemData(i).toInt());
        const auto count = static_cast<int>(std::ranges::count_if(
            m_entries, [&](const SecretEntry &entry) { return SecretFilter::holds(shown, entry, m_model->today()); }));
        m_shown->setItemText(i, choiceText(shown, count));
    }
    const bool isNarrowed = m_filter->shown() != Shown::All;
    m_count->setText(isNarrowed
                         ? tr("%1 of %n shown", nullptr, static_cast<int>(m_entries.size())).arg(m_filter->rowCount())
                         : QString());
}

void SecretsCard::updateButtons()
{
    const bool hasRow = !chosen().isEmpty();
    m_first->setEnabled(!m_readOnly);
    m_takeOver->setEnabled(!m_readOnly && m_found > 0);
    m_takeOver->setVisible(!m_entries.empty()); // the empty table has a button of its own
    m_add->setEnabled(!m_readOnly);
    m_add->setVisible(!m_entries.empty() || m_found > 0);
    for (QPushButton *button : {m_edit, m_replace, m_remove}) {
        button->setVisible(!m_entries.empty());
        button->setEnabled(!m_readOnly && hasRow);
    }
}

} // namespace cockpit
