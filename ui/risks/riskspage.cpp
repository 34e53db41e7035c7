#include "ui/risks/riskspage.h"

#include "ui/charts/impactbarsview.h"
#include "ui/risks/riskmodel.h"
#include "ui/secrets/keytrialdialog.h"
#include "ui/session.h"
#include "ui/stage/askperson.h"
#include "ui/stage/detailpanel.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/card.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/rowlist.h"
#include "ui/widgets/tables.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QScopedValueRollback>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <array>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr std::array kImpacts{Impact::AccountTakeover, Impact::DataExposure, Impact::BrokenLogin,
                              Impact::EmailDelivery,   Impact::Downtime,     Impact::CostAbuse,
                              Impact::Maintainability};
constexpr int kEveryImpact = -1;

// The first stage that asks for the check.
const Stage *stageOf(const QString &checkId, const Roadmap &roadmap)
{
    const auto found = std::ranges::find_if(
        roadmap.stages, [&](const Stage &stage) { return roadmap.checkIds(stage.number).contains(checkId); });
    return found == roadmap.stages.end() ? nullptr : &*found;
}

} // namespace

RisksPage::RisksPage(Session &session, QWidget *parent)
    : Page(pages::kRisks, session, parent),
      m_model(new RiskModel(this)),
      m_filter(new QComboBox(this)),
      m_stack(new QStackedLayout),
      m_empty(new EmptyState({}, {}))
{
    setTitle(tr("Risks"));
    setSubtitle(tr("What could hurt your first customers, worst for the business first."));
    m_filter->setObjectName(u"impactFilter"_s);
    m_filter->setAccessibleName(tr("Show only one kind of impact"));
    m_filter->addItem(tr("Every impact"), kEveryImpact);
    for (const Impact impact : kImpacts)
        m_filter->addItem(labelOf(impact), static_cast<int>(impact));
    addHeaderWidget(m_filter);
    auto *emptyCard = new Card(this);
    emptyCard->column()->addWidget(m_empty, 1);
    m_stack->addWidget(emptyCard);
    m_stack->addWidget(createBoard());
    content()->addLayout(m_stack, 1);
    bindDetail();
    bindSession();
}

QWidget *RisksPage::createBoard()
{
    auto *board = new QWidget(this);
    auto *row = new QHBoxLayout(board);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kLarge);
    auto *left = new QVBoxLayout;
    left->setSpacing(space::kLarge);
    auto *barsCard = new Card(board);
    barsCard->setPadding(space::kLarge);
    m_bars = new ImpactBarsView(barsCard);
    m_bars->setObjectName(u"impactBars"_s);
    barsCard->column()->addWidget(m_bars);
    left->addWidget(barsCard);
    left->addWidget(createRegister(), 1);
    row->addLayout(left, 62);
    row->addWidget(createDetail(), 38);
    return board;
}

QWidget *RisksPage::createRegister()
{
    auto *card = new Card(this);
    card->setPadding(0);
    card->column()->setContentsMargins(1, kCardRadius / 2, 1, kCardRadius / 2);
    m_list = makeRowList(m_model, u"risks"_s, tr("Risks, worst first"), u"88"_s, card);
    m_list->setMinimumHeight(fontMetrics().height() * 8);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        m_chosenByHand = m_chosenByHand || !m_refreshing;
        refreshDetail();
    });
    card->column()->addWidget(m_list);
    return card;
}

QWidget *RisksPage::createDetail()
{
    auto *side = new QWidget(this);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kMedium);
    m_detail = new DetailPanel(side);
    m_detail->setMinimumWidth(300);
    m_why = new PlainLabel(side);
    m_why->setObjectName(u"whyAbove"_s);
    m_why->setMuted();
    column->addWidget(m_detail, 1);
    column->addWidget(m_why);
    m_stage = makeLinkButton({}, u"openStage"_s, side);
    column->addWidget(m_stage, 0, Qt::AlignLeading);
    connect(m_stage, &QPushButton::clicked, this, &RisksPage::openStage);
    return side;
}

void RisksPage::bindDetail()
{
    connect(m_detail, &DetailPanel::checkAgain, &session(), &Session::checkAgain);
    connect(m_detail, &DetailPanel::makeRecord, this, [this] {
        const QString checkId = m_detail->detail().checkId; // the other page shows another detail
        emit navigate(pages::kRecords);
        emit showFinding(checkId);
    });
    connect(m_detail, &DetailPanel::openPage, this, &RisksPage::navigate);
    connect(m_detail, &DetailPanel::tryKey, this,
            [this] { askProviderOf(session(), *m_detail->detail().triable, m_detail->detail().findingId, this); });
    connect(m_detail, &DetailPanel::fixNow, this, [this] { decide(DecisionKind::FixNow); });
    connect(m_detail, &DetailPanel::fixLater, this, [this] { decide(DecisionKind::FixLater); });
    connect(m_detail, &DetailPanel::acceptRisk, this, [this] { decide(DecisionKind::Accepted); });
    connect(m_detail, &DetailPanel::withdrawDecision, this, [this] { session().withdrawDecision(chosenId()); });
}

void RisksPage::bindSession()
{
    follow(&Session::projectOpened, &Session::projectClosed, &Session::settingsChanged, &Session::findingsChanged,
           &Session::answersChanged, &Session::runStarted, &Session::runFinished);
    connect(m_filter, &QComboBox::currentIndexChanged, this, &RisksPage::changed);
}

bool RisksPage::selectFinding(const QString &findingId)
{
    m_filter->setCurrentIndex(0);
    bringUpToDate();
    const int row = m_model->rowOf(findingId);
    if (row < 0)
        return false;
    m_list->setCurrentIndex(m_model->index(row));
    m_list->scrollTo(m_model->index(row));
    m_list->setFocus();
    return true;
}

void RisksPage::refresh()
{
    const QScopedValueRollback<bool> refreshing(m_refreshing, true);
    const std::vector<Risk> &risks = session().risks();
    const QString kept = m_chosenByHand ? chosenId() : QString();
    const int impact = m_filter->currentData().toInt();
    m_model->setFilter(impact == kEveryImpact ? std::nullopt : std::optional(static_cast<Impact>(impact)));
    m_model->setRisks(risks);
    m_bars->setCounts(countByImpact(risks));
    m_filter->setVisible(!risks.empty());
    m_stack->setCurrentIndex(risks.empty() ? 0 : 1);
    if (session().verdict().nothingLookedAt) {
        m_empty->setTexts(tr("No risks known yet"), tr("Run the checks; what could hurt you is ranked here."));
        m_empty->setShape(StateShape::NotRun);
    } else {
        m_empty->setTexts(tr("No open risks"), tr("The checks that ran found nothing to fix."));
        m_empty->setShape(StateShape::Pass);
    }
    // What somebody chose stays chosen; before that, and when it is fixed, the worst one is.
    const int row = std::max(0, m_model->rowOf(kept));
    if (row != m_list->currentIndex().row() && row < m_model->rowCount())
        m_list->setCurrentIndex(m_model->index(row));
    m_detail->setRunning(session().isRunning());
    refreshDetail();
}

QString RisksPage::chosenId() const
{
    return m_list->currentIndex().data(RiskModel::FindingIdRole).toString();
}

void RisksPage::refreshDetail()
{
    const Risk *risk = m_model->risk(m_list->currentIndex().row());
    showStageLink(risk);
    m_why->setText(risk ? whyHere(session().risks(), risk->finding.id()) : QString());
    m_why->setVisible(!m_why->text().isEmpty());
    const auto detail = risk ? detailOf(ResultRow{.key = risk->finding.id(),
                                                  .checkId = risk->finding.checkId,
                                                  .host = risk->finding.host,
                                                  .findingId = risk->finding.id(),
                                                  .shape = shapeFor(risk->finding.severity),
                                                  .title = risk->finding.title},
                                        session())
                             : std::nullopt;
    if (detail)
        m_detail->show(*detail);
    else
        m_detail->showNothing(tr("No risk of this kind"), tr("Choose another impact above."));
}

void RisksPage::showStageLink(const Risk *risk)
{
    const Stage *stage = risk ? stageOf(risk->finding.checkId, session().roadmap()) : nullptr;
    m_stage->setVisible(stage);
    if (stage)
        m_stage->setText(tr("Stage %1: %2").arg(locale().toString(stage->number), stage->title));
}

void RisksPage::openStage()
{
    const Risk *risk = m_model->risk(m_list->currentIndex().row());
    const Stage *stage = risk ? stageOf(risk->finding.checkId, session().roadmap()) : nullptr;
    if (!stage)
        return;
    const QString id = risk->finding.id(); // the page may be refreshed on the way
    emit navigate(pages::stage(stage->number));
    emit showFinding(id);
}

void RisksPage::decide(DecisionKind kind)
{
    if (const Risk *risk = m_model->risk(m_list->currentIndex().row()))
        askDecision(session(), kind, risk->finding.id(), risk->finding.title, this);
}

} // namespace cockpit
