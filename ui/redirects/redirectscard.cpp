#include "ui/redirects/redirectscard.h"

#include "models/wholefile.h"
#include "ui/redirects/redirectmodel.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/statecelldelegate.h"
#include "ui/widgets/tablefile.h"
#include "ui/widgets/tables.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QStackedLayout>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr int kRowsShown = 6;

} // namespace

RedirectsCard::RedirectsCard(QWidget *parent)
    : Card(parent),
      m_model(new RedirectModel(this)),
      m_table(
          makeTable(m_model, u"redirects"_s, tr("Old addresses, where each should lead, and where it led"), nullptr)),
      m_empty(
          new EmptyState(tr("No old addresses yet"),
                         tr("Write down the links that people still have: of the site before this one, in mails and "
                            "in search results. Or import a table with the old address and the new one."))),
      m_old(new QLineEdit),
      m_wanted(new QLineEdit),
      m_add(makeSecondaryButton(tr("Add"), u"addRedirect"_s)),
      m_import(makeSecondaryButton(tr("Import a table…"), u"importRedirects"_s)),
      m_export(makeSecondaryButton(tr("Export the table…"), u"exportRedirects"_s)),
      m_remove(makeSecondaryButton(tr("Remove"), u"removeRedirect"_s))
{
    column()->setSpacing(space::kSmall);
    column()->addWidget(makeTableArea(), 1);
    column()->addWidget(makeEntryRow());
    column()->addWidget(makeActions());
    connect(m_model, &RedirectModel::edited, this, &RedirectsCard::edited);
    connect(m_model, &RedirectModel::refused, this, &RedirectsCard::refused);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &RedirectsCard::updateButtons);
    updateButtons();
}

QWidget *RedirectsCard::makeTableArea()
{
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                             QAbstractItemView::SelectedClicked);
    m_table->setItemDelegateForColumn(RedirectModel::ResultColumn, new StateCellDelegate(m_table));
    m_table->setMinimumHeight(m_table->verticalHeader()->defaultSectionSize() * (kRowsShown + 1));
    m_importFirst = m_empty->setAction(tr("Import a table…"), u"importFirstRedirects"_s);
    connect(m_empty, &EmptyState::actionTriggered, this, &RedirectsCard::chooseImport);
    auto *area = new QWidget;
    m_stack = new QStackedLayout(area);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_table);
    return area;
}

QWidget *RedirectsCard::makeEntryRow()
{
    auto *holder = new QWidget;
    auto *row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kSmall);
    m_old->setObjectName(u"newOld"_s);
    m_old->setAccessibleName(tr("Another old address"));
    m_old->setPlaceholderText(tr("Old address, for example /old-page"));
    m_wanted->setObjectName(u"newWanted"_s);
    m_wanted->setAccessibleName(tr("Where it should lead; empty for any page"));
    m_wanted->setPlaceholderText(tr("Should lead to, for example /new-page"));
    row->addWidget(m_old, 1);
    row->addWidget(m_wanted, 1);
    row->addWidget(m_add);
    connect(m_old, &QLineEdit::returnPressed, this, [this] { m_wanted->setFocus(); });
    connect(m_wanted, &QLineEdit::returnPressed, this, &RedirectsCard::addTyped);
    connect(m_add, &QPushButton::clicked, this, &RedirectsCard::addTyped);
    return holder;
}

QWidget *RedirectsCard::makeActions()
{
    auto *holder = new QWidget;
    auto *row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kSmall);
    row->addWidget(m_import);
    row->addWidget(m_export);
    row->addStretch(1);
    row->addWidget(m_remove);
    connect(m_import, &QPushButton::clicked, this, &RedirectsCard::chooseImport);
    connect(m_export, &QPushButton::clicked, this, &RedirectsCard::chooseExport);
    connect(m_remove, &QPushButton::clicked, this, [this] { m_model->remove(m_table->currentIndex().row()); });
    return holder;
}

void RedirectsCard::addTyped()
{
    if (!m_model->add({m_old->text(), m_wanted->text()}))
        return;
    m_old->clear();
    m_wanted->clear();
    m_old->setFocus();
}

void RedirectsCard::chooseImport()
{
    chooseFileToRead(this, tr("Import old addresses"), tr("Tables (*.csv *.txt *.tsv)"),
                     [this](const QString &path) { importFrom(path); });
}

void RedirectsCard::chooseExport()
{
    chooseFileToWrite(this, tr("Export old addresses"), tr("Tables (*.csv)"), u"csv"_s,
                      [this](const QString &path) { exportTo(path); });
}

void RedirectsCard::importFrom(const QString &path)
{
    m_isReading = true;
    updateButtons();
    const auto work = [path] { return readRedirectMap(path); };
    workAside(this, work, [this, reading = ++m_reading](const Result<RedirectList> &read) {
        if (reading != m_reading)
            return;
        m_isReading = false;
        updateButtons();
        if (read)
            emit listRead(*read);
        else
            emit refused(read.error().message);
    });
}

void RedirectsCard::exportTo(const QString &path)
{
    m_isWriting = true;
    updateButtons();
    const auto write = [path, rows = m_model->rows()] { return writeWholeFile(path, redirectCsv(rows)); };
    workAside(this, write, [this, path](const Result<void> &written) {
        m_isWriting = false;
        updateButtons();
        if (written)
            emit exported(path);
        else
            emit refused(written.error().message);
    });
}

void RedirectsCard::leaveProject()
{
    ++m_reading;
    m_isReading = false;
    updateButtons();
}

void RedirectsCard::setRows(const std::vector<RedirectRow> &rows)
{
    const int row = m_table->currentIndex().row();
    m_model->setRows(rows);
    m_stack->setCurrentIndex(rows.empty() ? 0 : 1);
    if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(std::clamp(row, 0, m_model->rowCount() - 1), 0));
    updateButtons();
}

void RedirectsCard::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    m_model->setReadOnly(readOnly);
    updateButtons();
}

void RedirectsCard::updateButtons()
{
    const bool hasRows = m_model->rowCount() > 0;
    for (QWidget *widget : std::initializer_list<QWidget *>{m_old, m_wanted, m_add})
        widget->setEnabled(!m_readOnly);
    for (QPushButton *button : {m_import, m_importFirst})
        button->setEnabled(!m_readOnly && !m_isReading);
    m_import->setVisible(hasRows); // the empty table has a button of its own
    m_export->setEnabled(hasRows && !m_isWriting);
    m_remove->setEnabled(!m_readOnly && m_table->currentIndex().isValid());
}

} // namespace cockpit
