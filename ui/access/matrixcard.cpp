#include "ui/access/matrixcard.h"

#include "ui/access/chipdelegate.h"
#include "ui/access/matrixmodel.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/tables.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QStackedLayout>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr int kRowsShown = 3;
constexpr int kNarrowest = 14; // characters of a column

std::vector<Choice> allowanceChoices()
{
    std::vector<Choice> choices;
    for (const Allowance allowance : {Allowance::Allowed, Allowance::OwnOnly, Allowance::Denied})
        choices.push_back({labelOf(allowance), static_cast<int>(allowance)});
    return choices;
}

// A route reads from left to right in every language; without marks around it, its beginning would seem to be cut.
class RouteDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (option->direction == Qt::RightToLeft)
            option->text.prepend(QChar(0x2066)).append(QChar(0x2069)); // an isolate (Unicode annex 9, section 2.4)
    }
};

} // namespace

MatrixCard::MatrixCard(QWidget *parent)
    : Card(parent),
      m_model(new MatrixModel(this)),
      m_table(makeTable(m_model, u"accessMatrix"_s, tr("Who can do what: routes and roles"), nullptr)),
      m_counts(new PlainLabel),
      m_elsewhere(new PlainLabel),
      m_log(makeLinkButton(tr("Request log…"), u"openRequestLog"_s)),
      m_check(makeSecondaryButton(tr("Check the rules"), u"checkRules"_s)),
      m_empty(new EmptyState(tr("No routes yet"),
                             tr("Tell which addresses your product answers: import a file of them, or take over what "
                                "a look has found. Then say here who may use each.")))
{
    column()->setSpacing(space::kSmall);
    column()->addWidget(makeHeader());
    column()->addWidget(makeTableArea(), 1);
    connect(m_model, &MatrixModel::edited, this, &MatrixCard::ruleEdited);
    connect(m_model, &QAbstractItemModel::modelReset, this, &MatrixCard::stretchRoutes);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &MatrixCard::cellChosen);
    connect(m_table, &QTableView::clicked, this, &MatrixCard::cellChosen);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex &index) {
        if (index.flags().testFlag(Qt::ItemIsEditable) && !m_table->isPersistentEditorOpen(index))
            m_table->edit(index);
    });
    showCounts();
}

QWidget *MatrixCard::makeHeader()
{
    auto *holder = new QWidget;
    auto *texts = new QVBoxLayout(holder);
    texts->setContentsMargins(0, 0, 0, 0);
    texts->setSpacing(2);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::kSmall);
    row->addWidget(&(new PlainLabel(tr("Who can do what")))->setScale(TextSize::Section, QFont::DemiBold), 1);
    row->addWidget(m_log);
    row->addWidget(m_check);
    texts->addLayout(row);
    m_counts->setObjectName(u"matrixCounts"_s);
    texts->addWidget(&m_counts->setMuted());
    m_elsewhere->setObjectName(u"matrixElsewhere"_s);
    m_elsewhere->hide();
    texts->addWidget(&m_elsewhere->setMuted());
    connect(m_log, &QPushButton::clicked, this, &MatrixCard::logWanted);
    connect(m_check, &QPushButton::clicked, this, &MatrixCard::checkWanted);
    return holder;
}

QWidget *MatrixCard::makeTableArea()
{
    m_table->setSelectionBehavior(QAbstractItemView::SelectItems);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                             QAbstractItemView::SelectedClicked);
    auto *chips = new ChipDelegate(allowanceChoices(), m_table);
    m_table->setItemDelegate(chips);
    m_table->setItemDelegateForColumn(MatrixModel::kRouteColumn, new RouteDelegate(m_table));
    m_table->setMinimumHeight(m_table->verticalHeader()->defaultSectionSize() * (kRowsShown + 1));
    QHeaderView *header = m_table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setMinimumSectionSize(fontMetrics().averageCharWidth() * kNarrowest);
    auto *area = new QWidget;
    m_stack = new QStackedLayout(area);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    m_empty->setAction(tr("Add routes…"), u"addRoutes"_s);
    connect(m_empty, &EmptyState::actionTriggered, this, &MatrixCard::routesWanted);
    return area;
}

// The modes of the sections go with a reset.
void MatrixCard::stretchRoutes()
{
    if (m_model->columnCount() > 0)
        m_table->horizontalHeader()->setSectionResizeMode(MatrixModel::kRouteColumn, QHeaderView::Stretch);
}

void MatrixCard::setMatrix(const std::vector<AccessRow> &rows, const QStringList &roles, const MatrixSights &sights)
{
    m_model->setMatrix(rows, roles, sights);
    m_stack->setCurrentIndex(rows.empty() ? 1 : 0);
    showCounts();
}

void MatrixCard::setElsewhere(int routes)
{
    m_elsewhere->setText(tr("%n more route(s) on hosts that are not in this project: kept with their rules, not asked.",
                            nullptr, routes));
    m_elsewhere->setVisible(routes > 0);
}

void MatrixCard::setReadOnly(bool readOnly)
{
    m_model->setReadOnly(readOnly);
}

void MatrixCard::setCheckable(bool isCheckable)
{
    m_check->setEnabled(isCheckable);
}

QModelIndex MatrixCard::current() const
{
    return m_table->currentIndex();
}

void MatrixCard::showCounts()
{
    const MatrixModel::Counts counts = m_model->counts();
    QStringList parts;
    if (counts.seen > 0) {
        parts << tr("%n combination(s) tested", nullptr, counts.seen);
        parts << (counts.against > 0 ? tr("%n do not match your rules", nullptr, counts.against)
                                     : tr("all match your rules"));
    } else {
        parts << tr("Nothing tested yet");
    }
    if (counts.guessed > 0)
        parts << tr("%n rule(s) are guesses: confirm or change them", nullptr, counts.guessed);
    m_counts->setText(m_model->rowCount() == 0 ? tr("One line for each route, one column for each role.")
                                               : parts.join(tr(", ", "between the parts of a list")));
}

} // namespace cockpit
