#include "ui/addresses/namescard.h"

#include "models/wholefile.h"
#include "ui/addresses/namemodel.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/tablefile.h"
#include "ui/widgets/tables.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLineEdit>
#include <QStyledItemDelegate>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr int kRowsShown = 6;

// A view fills an open editor anew when its row changes: not over what a person has typed into it.
class PurposeDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setEditorData(QWidget *editor, const QModelIndex &index) const override
    {
        const auto *field = qobject_cast<const QLineEdit *>(editor);
        if (!field || !field->isModified())
            QStyledItemDelegate::setEditorData(editor, index);
    }
};

} // namespace

NamesCard::NamesCard(QWidget *parent)
    : Card(parent),
      m_model(new NameModel(this)),
      m_table(makeTable(m_model, u"names"_s, tr("All names of the product"), nullptr)),
      m_import(makeSecondaryButton(tr("Import list…"), u"importNames"_s)),
      m_export(makeSecondaryButton(tr("Export list…"), u"exportNames"_s)),
      m_remove(makeSecondaryButton(tr("Take from my list"), u"removeName"_s))
{
    column()->setSpacing(space::kSmall);
    column()->addWidget(&(new PlainLabel(tr("All names")))->setScale(TextSize::Section, QFont::DemiBold));
    column()->addWidget(
        &(new PlainLabel(tr("What the world can see of your product, found by the check of your names. Write down what "
                            "each is for. A list of your own (one name a line, or a table) adds what cannot be seen.")))
             ->setMuted());
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                             QAbstractItemView::SelectedClicked);
    m_table->setItemDelegateForColumn(NameModel::PurposeColumn, new PurposeDelegate(m_table));
    m_table->setMinimumHeight(m_table->verticalHeader()->defaultSectionSize() * (kRowsShown + 1));
    column()->addWidget(m_table, 1);
    column()->addWidget(makeActions());
    connect(m_model, &NameModel::purposeEdited, this, &NamesCard::purposeEdited);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &NamesCard::updateRemove);
    updateRemove();
}

QWidget *NamesCard::makeActions()
{
    auto *holder = new QWidget;
    auto *row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kSmall);
    row->addWidget(m_import);
    row->addWidget(m_export);
    row->addStretch(1);
    row->addWidget(m_remove);
    connect(m_import, &QPushButton::clicked, this, &NamesCard::chooseImport);
    connect(m_export, &QPushButton::clicked, this, &NamesCard::chooseExport);
    connect(m_remove, &QPushButton::clicked, this, [this] {
        if (const InventoryRow *chosen = m_model->at(m_table->currentIndex().row()))
            emit removalAsked(chosen->name);
    });
    return holder;
}

void NamesCard::chooseImport()
{
    chooseFileToRead(this, tr("Import a list of names"), tr("Lists of names (*.txt *.csv)"),
                     [this](const QString &path) { importFrom(path); });
}

void NamesCard::chooseExport()
{
    chooseFileToWrite(this, tr("Export the list of names"), tr("Tables (*.csv)"), u"csv"_s,
                      [this](const QString &path) { exportTo(path); });
}

void NamesCard::importFrom(const QString &path)
{
    m_import->setEnabled(false);
    const auto work = [path] { return readNameList(path); };
    workAside(this, work, [this, reading = ++m_reading](const Result<NameList> &read) {
        if (reading != m_reading)
            return;
        m_import->setEnabled(!m_readOnly);
        if (read)
            emit listRead(*read);
        else
            emit refused(read.error().message);
    });
}

void NamesCard::leaveProject()
{
    ++m_reading;
    m_import->setEnabled(!m_readOnly);
}

void NamesCard::exportTo(const QString &path)
{
    m_export->setEnabled(false);
    const auto write = [path, rows = m_model->rows()] { return writeWholeFile(path, inventoryCsv(rows)); };
    workAside(this, write, [this, path](const Result<void> &written) {
        m_export->setEnabled(true);
        if (written)
            emit exported(path);
        else
            emit refused(written.error().message);
    });
}

void NamesCard::setRows(const std::vector<InventoryRow> &rows)
{
    const int row = m_table->currentIndex().row();
    m_model->setRows(rows);
    if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(std::clamp(row, 0, m_model->rowCount() - 1), 0));
    updateRemove(); // the same name may be listed by now
}

void NamesCard::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    m_model->setReadOnly(readOnly);
    m_import->setEnabled(!readOnly);
    updateRemove();
}

void NamesCard::updateRemove()
{
    const InventoryRow *chosen = m_model->at(m_table->currentIndex().row());
    m_remove->setEnabled(!m_readOnly && chosen && chosen->isListed);
}

} // namespace cockpit
