#include "ui/environments/environmentscard.h"

#include "models/wholefile.h"
#include "ui/environments/environmentfilter.h"
#include "ui/environments/environmentmodel.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/columnfit.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/statecelldelegate.h"
#include "ui/widgets/tablefile.h"
#include "ui/widgets/tables.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QStackedLayout>
#include <QTableView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr int kRowsShown = 6;

constexpr std::array kChoices{EnvironmentChoice::All,     EnvironmentChoice::Wrong,
                              EnvironmentChoice::Secrets, EnvironmentChoice::MissingInProduction,
                              EnvironmentChoice::Shared,  EnvironmentChoice::ReachesBrowsers};

QString choiceText(EnvironmentChoice choice, int count)
{
    switch (choice) {
    case EnvironmentChoice::All:
        return EnvironmentsCard::tr("All (%1)").arg(count);
    case EnvironmentChoice::Wrong:
        return EnvironmentsCard::tr("To look at (%1)").arg(count);
    case EnvironmentChoice::Secrets:
        return EnvironmentsCard::tr("Secrets (%1)").arg(count);
    case EnvironmentChoice::MissingInProduction:
        return EnvironmentsCard::tr("Missing in production (%1)").arg(count);
    case EnvironmentChoice::Shared:
        return EnvironmentsCard::tr("Same in two environments (%1)").arg(count);
    case EnvironmentChoice::ReachesBrowsers:
        return EnvironmentsCard::tr("Reach the browser (%1)").arg(count);
    }
    Q_UNREACHABLE();
}

} // namespace

EnvironmentsCard::EnvironmentsCard(QWidget *parent)
    : Card(parent),
      m_model(new EnvironmentModel(this)),
      m_filter(new EnvironmentFilter(this)),
      m_table(nullptr),
      m_empty(new EmptyState(tr("No settings compared yet"),
                             tr("Add the settings of production, staging and your own computer: the .env files, or "
                                "what your hosting provider exports. Then check them. Only names and kinds of values "
                                "are kept."))),
      m_shown(new QComboBox),
      m_words(new QLineEdit),
      m_count(new PlainLabel),
      m_open(makeSecondaryButton(tr("Show what was found"), u"openEnvironmentFinding"_s)),
      m_export(makeSecondaryButton(tr("Export this table…"), u"exportEnvironments"_s))
{
    m_filter->setSourceModel(m_model);
    m_table =
        makeTable(m_filter, u"environments"_s, tr("Settings by name, and what each environment has for them"), nullptr);
    column()->setSpacing(space::kSmall);
    m_filterRow = makeFilterRow();
    column()->addWidget(m_filterRow);
    column()->addWidget(makeTableArea(), 1);
    column()->addWidget(makeActions());
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &EnvironmentsCard::updateButtons);
    connect(m_table, &QTableView::activated, this, [this] {
        if (!chosenFinding().isEmpty())
            emit findingWanted(chosenFinding());
    });
    showCounts();
    updateButtons();
}

QWidget *EnvironmentsCard::makeFilterRow()
{
    auto *holder = new QWidget;
    auto *row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kSmall);
    m_shown->setObjectName(u"shownSettings"_s);
    m_shown->setAccessibleName(tr("Which settings are shown"));
    m_shown->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    for (const EnvironmentChoice choice : kChoices)
        m_shown->addItem(choiceText(choice, 0), static_cast<int>(choice));
    m_words->setObjectName(u"settingWords"_s);
    m_words->setAccessibleName(tr("Part of the name of a setting"));
    m_words->setPlaceholderText(tr("Part of a name"));
    m_words->setClearButtonEnabled(true);
    m_count->setObjectName(u"settingsCount"_s);
    m_count->setWordWrap(false);
    row->addWidget(m_shown);
    row->addWidget(m_words, 1);
    row->addWidget(&m_count->setMuted());
    connect(m_shown, &QComboBox::currentIndexChanged, this, &EnvironmentsCard::narrow);
    connect(m_words, &QLineEdit::textChanged, this, &EnvironmentsCard::narrow);
    return holder;
}

QWidget *EnvironmentsCard::makeTableArea()
{
    m_table->setItemDelegate(new StateCellDelegate(m_table));
    m_table->setMinimumHeight(m_table->verticalHeader()->defaultSectionSize() * (kRowsShown + 1));
    std::vector<ColumnKind> kinds(EnvironmentModel::kColumnCount, ColumnKind::Firm);
    kinds[EnvironmentModel::kNameColumn] = kinds[EnvironmentModel::kFoundColumn] = ColumnKind::Elastic;
    new ColumnFit(m_table, kinds);
    m_empty->setAction(tr("Add settings…"), u"addSettings"_s);
    connect(m_empty, &EmptyState::actionTriggered, this, &EnvironmentsCard::sourcesWanted);
    auto *area = new QWidget;
    m_stack = new QStackedLayout(area);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_table);
    return area;
}

QWidget *EnvironmentsCard::makeActions()
{
    auto *holder = new QWidget;
    auto *row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kSmall);
    row->addWidget(m_open);
    row->addStretch(1);
    row->addWidget(m_export);
    connect(m_open, &QPushButton::clicked, this, [this] { emit findingWanted(chosenFinding()); });
    connect(m_export, &QPushButton::clicked, this, [this] {
        chooseFileToWrite(this, tr("Export the settings by name"), tr("Tables (*.csv)"), u"csv"_s,
                          [this](const QString &path) { exportTo(path); });
    });
    return holder;
}

QString EnvironmentsCard::chosenFinding() const
{
    const EnvironmentRow *row = m_model->row(m_filter->mapToSource(m_table->currentIndex()).row());
    return row ? row->findingId : QString();
}

void EnvironmentsCard::exportTo(const QString &path)
{
    m_isWriting = true;
    updateButtons();
    const auto write = [path, rows = m_filter->shownRows()] { return writeWholeFile(path, environmentCsv(rows)); };
    workAside(this, write, [this, path](const Result<void> &written) {
        m_isWriting = false;
        updateButtons();
        if (written)
            emit exported(path);
        else
            emit refused(written.error().message);
    });
}

void EnvironmentsCard::setRows(const std::vector<EnvironmentRow> &rows, const std::map<QString, QString> &found)
{
    const int row = m_table->currentIndex().row();
    m_model->setRows(rows, found);
    m_filter->invalidate(); // what changed may belong to another choice now
    m_stack->setCurrentIndex(rows.empty() ? 0 : 1);
    m_filterRow->setVisible(!rows.empty());
    if (!m_table->currentIndex().isValid() && m_filter->rowCount() > 0)
        m_table->setCurrentIndex(m_filter->index(std::clamp(row, 0, m_filter->rowCount() - 1), 0));
    showCounts();
    updateButtons();
}

void EnvironmentsCard::narrow()
{
    m_filter->setChoice(static_cast<EnvironmentChoice>(m_shown->currentData().toInt()));
    m_filter->setWords(m_words->text());
    if (!m_table->currentIndex().isValid() && m_filter->rowCount() > 0)
        m_table->setCurrentIndex(m_filter->index(0, 0));
    showCounts();
    updateButtons();
}

void EnvironmentsCard::showCounts()
{
    const std::vector<EnvironmentRow> &rows = m_model->rows();
    for (int i = 0; i < m_shown->count(); ++i) {
        const auto choice = static_cast<EnvironmentChoice>(m_shown->itemData(i).toInt());
        const auto count =
            static_cast<int>(std::ranges::count_if(rows, [&](const EnvironmentRow &row) { return fits(choice, row); }));
        m_shown->setItemText(i, choiceText(choice, count));
    }
    m_count->setText(m_filter->isNarrowed()
                         ? tr("%1 of %n shown", nullptr, static_cast<int>(rows.size())).arg(m_filter->rowCount())
                         : QString());
}

void EnvironmentsCard::updateButtons()
{
    const bool hasRows = m_model->rowCount() > 0;
    m_open->setVisible(hasRows); // the empty table has a button of its own
    m_export->setVisible(hasRows);
    m_open->setEnabled(!chosenFinding().isEmpty());
    m_export->setEnabled(m_filter->rowCount() > 0 && !m_isWriting);
}

} // namespace cockpit
