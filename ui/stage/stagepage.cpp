#include "ui/stage/stagepage.h"

#include "ui/secrets/keytrialdialog.h"
#include "ui/session.h"
#include "ui/stage/askperson.h"
#include "ui/stage/deliverabledialog.h"
#include "ui/stage/detailpanel.h"
#include "ui/stage/runstrip.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/card.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/rowlist.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

QPushButton *makeTab(const QString &objectName)
{
    QPushButton *tab = makeSecondaryButton({}, objectName);
    tab->setProperty("kind", u"tab"_s);
    tab->setCheckable(true);
    return tab;
}

} // namespace

StagePage::StagePage(int number, Session &session, QWidget *parent)
    : Page(pages::stage(number), session, parent),
      m_number(number),
      m_runStrip(new RunStrip(session)),
      m_results(new ResultsModel(this)),
      m_items(new ItemsModel(session, number, this)),
      m_resultList(new RowList),
      m_itemList(new RowList),
      m_views(new QStackedWidget),
      m_resultStack(new QStackedWidget),
      m_noResults(new EmptyState({}, {})),
      m_showResults(makeTab(u"showResults"_s)),
      m_showItems(makeTab(u"showItems"_s)),
      m_runStage(makeSecondaryButton(tr("Check this stage"), u"runStage"_s)),
      m_detail(new DetailPanel)
{
    m_resultList->setObjectName(u"results"_s);
    m_resultList->setModel(m_results);
    m_itemList->setObjectName(u"items"_s);
    m_itemList->setModel(m_items);
    build();
    bindSession();
    refreshTexts();
    m_showResults->setChecked(true);
}

void StagePage::build()
{
    addHeaderWidget(m_runStage);
    content()->addWidget(m_runStrip);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::kLarge);
    row->addWidget(makeViews(), 62);
    row->addWidget(m_detail, 38);
    m_detail->setMinimumWidth(300);
    content()->addLayout(row, 1);
    connect(m_runStage, &QPushButton::clicked, this, [this] { session().runStage(m_number); });
    connect(m_detail, &DetailPanel::checkAgain, &session(), &Session::checkAgain);
    connect(m_detail, &DetailPanel::makeRecord, this, [this] {
        const QString checkId = m_detail->detail().checkId; // the other page shows another detail
        emit navigate(pages::kRecords);
        emit showFinding(checkId);
    });
    connect(m_detail, &DetailPanel::fixNow, this, [this] { decide(DecisionKind::FixNow); });
    connect(m_detail, &DetailPanel::fixLater, this, [this] { decide(DecisionKind::FixLater); });
    connect(m_detail, &DetailPanel::acceptRisk, this, [this] { decide(DecisionKind::Accepted); });
    connect(m_detail, &DetailPanel::withdrawDecision, this,
            [this] { session().withdrawDecision(m_detail->detail().findingId); });
    connect(m_detail, &DetailPanel::openPage, this, &StagePage::navigate);
    connect(m_detail, &DetailPanel::tryKey, this,
            [this] { askProviderOf(session(), *m_detail->detail().triable, m_detail->detail().findingId, this); });
    connect(m_detail, &DetailPanel::showDocument, this, &StagePage::showDocument);
    connect(m_detail, &DetailPanel::answer, this,
            [this] { askAnswer(session(), m_detail->detail().subject, m_detail->detail().question, this); });
    connect(m_detail, &DetailPanel::withdrawAnswer, this,
            [this] { session().withdrawAnswer(m_detail->detail().subject); });
}

QWidget *StagePage::makeViews()
{
    auto *holder = new QWidget;
    auto *column = new QVBoxLayout(holder);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kSmall);
    auto *tabs = new QHBoxLayout;
    tabs->setSpacing(space::kSmall);
    auto *group = new QButtonGroup(this);
    for (QPushButton *tab : {m_showResults, m_showItems}) {
        group->addButton(tab);
        tabs->addWidget(tab);
    }
    tabs->addStretch(1);
    column->addLayout(tabs);
    m_resultStack->addWidget(makeListCard(m_resultList, tr("Results of this stage, worst first")));
    auto *empty = new Card;
    empty->column()->addWidget(m_noResults);
    m_noResults->setAction(tr("Check this stage"), u"runStageEmpty"_s);
    connect(m_noResults, &EmptyState::actionTriggered, this, [this] { session().runStage(m_number); });
    m_resultStack->addWidget(empty);
    m_views->addWidget(m_resultStack);
    m_views->addWidget(makeListCard(m_itemList, tr("The list of this stage")));
    column->addWidget(m_views, 1);
    connect(m_showResults, &QPushButton::clicked, this, [this] { setView(ResultsView); });
    connect(m_showItems, &QPushButton::clicked, this, [this] { setView(ItemsView); });
    return holder;
}

Card *StagePage::makeListCard(RowList *list, const QString &name)
{
    auto *card = new Card;
    // The corners of the card stay round: the list begins below them.
    card->setPadding(0);
    card->column()->setContentsMargins(1, kCardRadius / 2, 1, kCardRadius / 2);
    list->setAccessibleName(name);
    card->column()->addWidget(list);
    connect(list->selectionModel(), &QItemSelectionModel::currentChanged, this, &StagePage::refreshDetail);
    return card;
}

void StagePage::bindSession()
{
    follow(&Session::projectOpened, &Session::settingsChanged, &Session::findingsChanged, &Session::answersChanged,
           &Session::routesChanged, &Session::redirectsChanged, &Session::sourcesChanged, &Session::deliveryChanged,
           &Session::runStarted, &Session::runProgressed, &Session::runFinished);
    // The title is also the name of the button that leads here.
    for (const auto signal : {&Session::projectOpened, &Session::settingsChanged})
        connect(&session(), signal, this, &StagePage::refreshTexts);
    connect(m_resultList, &RowList::actionTriggered, this,
            [this](const QModelIndex &row) { emit navigate(row.data(ResultsModel::PageRole).toString()); });
    // What stood still under the pointer goes to its place when the pointer leaves.
    connect(m_resultList, &RowList::heldChanged, this, &StagePage::changed);
    connect(m_resultList->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current) { m_chosen = m_chosen || (!m_choosing && current.isValid()); });
}

void StagePage::refresh()
{
    refreshRun();
    refreshResults();
    refreshItems();
    refreshDetail();
}

void StagePage::setView(View view)
{
    m_views->setCurrentIndex(view);
    m_showResults->setChecked(view == ResultsView);
    m_showItems->setChecked(view == ItemsView);
    refreshDetail();
}

void StagePage::refreshTexts()
{
    const Stage *stage = session().roadmap().stage(m_number);
    setTitle(stage ? stage->title : QString());
    setSubtitle(stage ? stage->goal : QString());
}

void StagePage::refreshRun()
{
    const bool running = session().isRunning();
    m_runStrip->refresh();
    m_runStage->setEnabled(!running && session().isOpen() && !session().isReadOnly());
    m_detail->setRunning(running);
}

void StagePage::refreshResults()
{
    if (!session().isOpen())
        return;
    const auto rows = resultRows(session(), m_number);
    m_results->setRows(rows, m_resultList->isHeld() ? ResultsModel::Order::Hold : ResultsModel::Order::Sort);
    m_showResults->setText(tr("Results (%1)").arg(locale().toString(int(rows.size()))));
    m_noResults->setTexts(tr("Nothing looked at yet"), tr("Check this stage to see what a visitor, a mail server or an "
                                                          "attacker would see. Only public things are read."));
    const bool untouched = !session().isRunning() && session().project().latest.empty();
    m_resultStack->setCurrentIndex(untouched || rows.empty() ? 1 : 0);
    selectFirstResult();
}

void StagePage::refreshItems()
{
    m_items->refresh();
    const StageSummary summary = session().summary(m_number);
    m_showItems->setText(tr("Checklist (%1 of %2 hold)")
                             .arg(locale().toString(summary.proven + summary.answered + summary.notApplicable),
                                  locale().toString(summary.total())));
}

// The worst line is chosen until somebody chooses; once it is a finding it stays while checks run, so that the detail
// does not jump.
void StagePage::selectFirstResult()
{
    const bool has = m_resultList->currentIndex().isValid();
    const bool tells = has && !m_resultList->currentIndex().data(ResultsModel::FindingIdRole).toString().isEmpty();
    if (m_results->rowCount() == 0 || (has && (m_chosen || (tells && session().isRunning()))))
        return;
    m_choosing = true;
    m_resultList->setCurrentIndex(m_results->index(0));
    m_resultList->scrollToTop();
    m_choosing = false;
}

void StagePage::refreshDetail()
{
    if (m_views->currentIndex() == ItemsView) {
        const QString id = m_itemList->currentIndex().data(ItemsModel::ItemIdRole).toString();
        if (const Item *item = id.isEmpty() ? nullptr : session().roadmap().item(id)) {
            m_detail->show(detailOf(*item, session()));
            return;
        }
    } else if (const QModelIndex current = m_resultList->currentIndex();
               current.isValid() && m_resultStack->currentIndex() == 0) {
        if (const auto detail = detailOf(m_results->rows()[size_t(current.row())], session())) {
            m_detail->show(*detail);
            return;
        }
    }
    m_detail->showNothing(tr("Choose a line"), tr("What was seen, why it matters and how to fix it will stand here."));
}

bool StagePage::selectFinding(const QString &findingId)
{
    const int row = m_results->rowOf(findingId);
    if (row < 0)
        return false;
    setView(ResultsView);
    m_resultList->setCurrentIndex(m_results->index(row));
    return true;
}

void StagePage::decide(DecisionKind kind)
{
    askDecision(session(), kind, m_detail->detail().findingId, m_detail->detail().title, this);
}

void StagePage::showDocument()
{
    const Item *item = session().roadmap().item(m_detail->detail().deliverable);
    if (!item)
        return;
    auto *dialog = new DeliverableDialog(*item, session(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace cockpit
