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

// Of a fault at several places: what its first one shows, and what was decided about all.
std::optional<Detail> detailOfRow(const RiskRow &row, const Session &session)
{
    const Finding &finding = row.first().finding;
    auto detail = detailOf(ResultRow{.key = finding.id(),
                                     .checkId = finding.checkId,
                                     .host = finding.host,
                                     .findingId = finding.id(),
                                     .shape = shapeFor(finding.severity),
                                     .title = finding.title},
                           session);
    if (!detail || !row.isFault())
        return detail;
    detail->key = u"fault:"_s + finding.id();
    detail->title = row.title();
    // What was decided of some leaves the others to be decided, together as well.
    const bool isDecided = std::ranges::all_of(row.risks, [](const Risk &risk) { return risk.decision.has_value(); });
    const QString said = decisionText(row);
    detail->decided = isDecided ? RisksPage::tr("Of all places: %1").arg(said) : QString();
    detail->history.clear(); // each place has its own
    detail->sections.insert(detail->sections.begin(),
                            {RisksPage::tr("What a decision here is about"),
                             RisksPage::tr("All %n place(s) together. For one of them alone, show the places and "
                                           "choose it. What is shown below is of %1.",
                                           nullptr, static_cast<int>(row.risks.size()))
                                 .arg(finding.subject)});
    if (!isDecided && !said.isEmpty())
        detail->sections.front().text += u' ' + RisksPage::tr("So far: %1.").arg(said);
    return detail;
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
    connect(m_list, &RowList::actionTriggered, this, &RisksPage::openPlaces);
    m_counts = new PlainLabel(card);
    m_counts->setObjectName(u"riskCounts"_s);
    m_counts->setMuted();
    m_counts->setContentsMargins(space::kLarge, space::kSmall, space::kLarge, space::kSmall);
    card->column()->addWidget(m_counts);
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
    connect(m_detail, &DetailPanel::withdrawDecision, this, &RisksPage::withdraw);
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
    m_model->setOpen(m_model->rowOf(findingId), true); // it is about one place
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
    const RiskRow *before = m_chosenByHand ? chosen() : nullptr;
    const bool wasPlace = before && before->isPlace;
    const QStringList kept = before ? before->ids() : QStringList();
    const int impact = m_filter->currentData().toInt();
    m_model->setFilter(impact == kEveryImpact ? std::nullopt : std::optional(static_cast<Impact>(impact)));
    m_model->setRisks(risks);
    m_bars->setCounts(countByImpact(risks));
    refreshCounts();
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
    int row = -1;
    for (const QString &id : kept) // one of a fault's places may be mended
        row = row < 0 ? m_model->rowOf(id, wasPlace) : row;
    row = std::max(0, row);
    if (row != m_list->currentIndex().row() && row < m_model->rowCount())
        m_list->setCurrentIndex(m_model->index(row));
    m_detail->setRunning(session().isRunning());
    refreshDetail();
}

void RisksPage::refreshCounts()
{
    const int faults = m_model->faultCount();
    const int places = m_model->placeCount();
    m_counts->setVisible(faults != places);
    m_counts->setText(tr("%1 at %2. The bars above count places.")
                          .arg(tr("%n fault(s)", nullptr, faults), tr("%n place(s)", nullptr, places)));
}

const RiskRow *RisksPage::chosen() const
{
    return m_model->row(m_list->currentIndex().row());
}

void RisksPage::openPlaces(const QModelIndex &index)
{
    if (const RiskRow *row = m_model->row(index.row()))
        m_model->setOpen(index.row(), !row->isOpen);
}

void RisksPage::refreshDetail()
{
    const RiskRow *row = chosen();
    showStageLink(row);
    m_why->setText(row ? whyHere(session().risks(), row->first().finding.id()) : QString());
    m_why->setVisible(!m_why->text().isEmpty());
    const auto detail = row ? detailOfRow(*row, session()) : std::nullopt;
    if (detail)
        m_detail->show(*detail);
    else
        m_detail->showNothing(tr("No risk of this kind"), tr("Choose another impact above."));
}

void RisksPage::showStageLink(const RiskRow *row)
{
    const Stage *stage = row ? stageOf(row->first().finding.checkId, session().roadmap()) : nullptr;
    m_stage->setVisible(stage);
    if (stage)
        m_stage->setText(tr("Stage %1: %2").arg(locale().toString(stage->number), stage->title));
}

void RisksPage::openStage()
{
    const RiskRow *row = chosen();
    const Stage *stage = row ? stageOf(row->first().finding.checkId, session().roadmap()) : nullptr;
    if (!stage)
        return;
    const QString id = row->first().finding.id(); // the page may be refreshed on the way
    emit navigate(pages::stage(stage->number));
    emit showFinding(id);
}

void RisksPage::decide(DecisionKind kind)
{
    const RiskRow *row = chosen();
    if (!row)
        return;
    const QString title = row->isPlace ? tr("%1: %2").arg(row->first().finding.title, row->title()) : row->title();
    askDecision(session(), kind, row->ids(), title, this);
}

void RisksPage::withdraw()
{
    const RiskRow *row = chosen();
    const QStringList ids = row ? row->ids() : QStringList(); // the rows change with each
    for (const QString &id : ids)
        session().withdrawDecision(id);
}

} // namespace cockpit
