#include "ui/access/accesspage.h"

#include "models/target.h"
#include "models/targetchange.h"
#include "ui/access/actorsdialog.h"
#include "ui/access/celldetail.h"
#include "ui/access/consentdialog.h"
#include "ui/access/leftdialog.h"
#include "ui/access/matrixcard.h"
#include "ui/access/matrixmodel.h"
#include "ui/access/permissioncard.h"
#include "ui/access/requestlogdialog.h"
#include "ui/session.h"
#include "ui/stage/askperson.h"
#include "ui/stage/detailpanel.h"
#include "ui/stage/runstrip.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/rowlist.h"
#include "ui/widgets/tables.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr int kMinute = 60'000;
constexpr int kLinesShown = 4; // a result with its sentence

MatrixSights sightsOf(const ProjectState &project)
{
    std::vector<MatrixSight> sights;
    for (const CheckResult *result : latestOf(kRolesCheck, project)) {
        const std::vector<MatrixSight> more = matrixSightsIn(result->observed);
        sights.insert(sights.end(), more.begin(), more.end());
    }
    return MatrixSights(std::move(sights));
}

} // namespace

AccessPage::AccessPage(Session &session, QWidget *parent)
    : Page(pages::kAccess, session, parent),
      m_permission(new PermissionCard),
      m_left(new Banner),
      m_runStrip(new RunStrip(session)),
      m_matrix(new MatrixCard),
      m_groups(new AccessGroupTabs),
      m_results(new ResultsModel(this)),
      m_resultList(makeRowList(m_results, u"accessResults"_s, tr("Results about access, worst first"), {}, nullptr)),
      m_detail(new DetailPanel),
      m_run(makeSecondaryButton(tr("Check access"), u"checkAccess"_s))
{
    setTitle(tr("Identity and access"));
    setSubtitle(tr("Make sure only the right people reach the right data. We sign in as your test accounts and try to "
                   "break the rules."));
    addHeaderWidget(m_run);
    content()->addWidget(m_permission);
    m_left->setObjectName(u"leftRecords"_s);
    content()->addWidget(m_left);
    content()->addWidget(m_runStrip);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::kLarge);
    row->addWidget(makeLeft(), 62);
    row->addWidget(m_detail, 38);
    m_detail->setMinimumWidth(300);
    content()->addLayout(row, 1);
    bindPermission();
    bindMatrix();
    bindDetail();
    bindSession();
}

QWidget *AccessPage::makeLeft()
{
    auto *holder = new QWidget;
    auto *column = new QVBoxLayout(holder);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kSmall);
    column->addWidget(m_matrix, 3);
    auto *card = new Card;
    card->setPadding(0);
    card->column()->setContentsMargins(1, kCardRadius / 2, 1, kCardRadius / 2);
    card->column()->addWidget(m_groups);
    m_resultList->setMinimumHeight(fontMetrics().height() * kLinesShown);
    card->column()->addWidget(m_resultList);
    column->addWidget(card, 2);
    return holder;
}

void AccessPage::bindPermission()
{
    connect(m_permission, &PermissionCard::nextWanted, this, &AccessPage::next);
    connect(m_permission, &PermissionCard::changeWanted, this, &AccessPage::openConsent);
    connect(m_permission, &PermissionCard::stopWanted, &session(), &Session::stopActive);
    connect(m_left, &Banner::actionTriggered, this, [this] { openDialog(new LeftDialog(session(), this)); });
    connect(m_permission, &PermissionCard::accountsWanted, this, [this] { give(Need::TestAccounts); });
}

void AccessPage::bindMatrix()
{
    connect(m_matrix, &MatrixCard::ruleEdited, this, [this](const AccessRule &rule) {
        session().setAccessRules(withRule(session().project().accessRules, rule));
        bringUpToDate();
    });
    connect(m_matrix, &MatrixCard::cellChosen, this, [this] {
        m_shown = Shown::Matrix;
        refreshDetail();
    });
    connect(m_matrix, &MatrixCard::checkWanted, this, [this] { session().runChecks({QString(kRolesCheck)}); });
    connect(m_matrix, &MatrixCard::logWanted, this, [this] { openDialog(new RequestLogDialog(session(), this)); });
    connect(m_matrix, &MatrixCard::routesWanted, this, [this] { emit navigate(pages::kAddresses); });
}

void AccessPage::bindDetail()
{
    connect(m_detail, &DetailPanel::checkAgain, &session(), &Session::checkAgain);
    connect(m_detail, &DetailPanel::fixNow, this, [this] { decide(DecisionKind::FixNow); });
    connect(m_detail, &DetailPanel::fixLater, this, [this] { decide(DecisionKind::FixLater); });
    connect(m_detail, &DetailPanel::acceptRisk, this, [this] { decide(DecisionKind::Accepted); });
    connect(m_detail, &DetailPanel::withdrawDecision, this,
            [this] { session().withdrawDecision(m_detail->detail().findingId); });
    connect(m_detail, &DetailPanel::openPage, this, [this] { give(m_detail->detail().offers); });
    connect(m_detail, &DetailPanel::answer, this,
            [this] { askAnswer(session(), m_detail->detail().subject, m_detail->detail().question, this); });
    connect(m_detail, &DetailPanel::withdrawAnswer, this,
            [this] { session().withdrawAnswer(m_detail->detail().subject); });
}

void AccessPage::bindSession()
{
    follow(&Session::projectOpened, &Session::projectClosed, &Session::settingsChanged, &Session::findingsChanged,
           &Session::answersChanged, &Session::routesChanged, &Session::permissionChanged, &Session::actorsChanged,
           &Session::accessRulesChanged, &Session::resultsChanged, &Session::runStarted, &Session::runProgressed,
           &Session::runFinished, &Session::leftRecordsChanged);
    connect(m_groups, &AccessGroupTabs::changed, this, &AccessPage::showGroup);
    connect(m_run, &QPushButton::clicked, this, [this] { session().runChecks(checkIds()); });
    connect(m_resultList, &RowList::actionTriggered, this,
            [this](const QModelIndex &row) { give(m_results->rows()[size_t(row.row())].offers); });
    connect(m_resultList, &RowList::heldChanged, this, &AccessPage::changed);
    const auto choose = [this] {
        m_chosen = m_chosen || !m_choosing;
        if (m_choosing && m_shown == Shown::Matrix) // a line that comes by itself takes nothing away
            return;
        m_shown = Shown::Results;
        refreshDetail();
    };
    connect(m_resultList->selectionModel(), &QItemSelectionModel::currentChanged, this, choose);
    connect(m_resultList, &QListView::clicked, this, choose);
    m_minute.setInterval(kMinute);
    connect(&m_minute, &QTimer::timeout, this, &AccessPage::changed);
    m_minute.start();
}

void AccessPage::refresh()
{
    refreshPermission();
    tellLeft(*m_left, session().leftRecords());
    refreshMatrix();
    refreshResults();
    refreshDetail();
}

void AccessPage::refreshPermission()
{
    const ProjectState &project = session().project();
    const PermissionState state = session().permissionState();
    m_permission->setReadOnly(!session().isOpen() || session().isReadOnly());
    m_permission->setAccounts(static_cast<int>(project.actors.size()));
    m_permission->show(standingOf(project.permission, state, displayName(project.settings.target.domain), locale()),
                       state == PermissionState::Given);
    m_runStrip->refresh();
}

void AccessPage::refreshMatrix()
{
    const ProjectState &project = session().project();
    const QStringList roles = matrixRoles(project.actors);
    const bool canRun = session().isOpen() && !session().isReadOnly() && !session().isRunning();
    m_matrix->setReadOnly(!session().isOpen() || session().isReadOnly());
    const std::vector<Route> routes = routesOnTarget(project);
    m_matrix->setMatrix(accessMatrix(routes, project.accessRules, roles), roles, sightsOf(project));
    m_matrix->setElsewhere(static_cast<int>(project.routes.size() - routes.size()));
    m_matrix->setCheckable(canRun && !routes.empty() && session().registry().find(kRolesCheck));
    m_run->setEnabled(canRun && !checkIds().isEmpty());
}

QStringList AccessPage::checkIds(AccessGroup group) const
{
    QStringList ids = checksOf(group, session().catalog());
    ids.removeIf([this](const QString &id) { return !session().registry().find(id); });
    return ids;
}

// Another list, of which nobody has chosen a line yet.
void AccessPage::showGroup()
{
    m_shown = Shown::Results;
    {
        const QScopedValueRollback<bool> choosing(m_choosing, true);
        m_results->setRows({}, ResultsModel::Order::Sort);
    }
    m_chosen = false;
    m_run->setText(m_groups->current() == AccessGroup::Access ? tr("Check access") : tr("Check limits and input"));
    refresh();
}

// The worst line is chosen until somebody chooses.
void AccessPage::refreshResults()
{
    const auto order = m_resultList->isHeld() ? ResultsModel::Order::Hold : ResultsModel::Order::Sort;
    for (const AccessGroup group : {AccessGroup::Access, AccessGroup::Abuse}) {
        const std::vector<ResultRow> rows = resultRows(session(), checkIds(group));
        m_groups->setFindings(group, findingsIn(rows));
        if (group == m_groups->current())
            m_results->setRows(rows, order);
    }
    if (m_results->rowCount() == 0 || (m_chosen && m_resultList->currentIndex().isValid()))
        return;
    const QScopedValueRollback<bool> choosing(m_choosing, true);
    m_resultList->setCurrentIndex(m_results->index(0));
    m_resultList->scrollToTop();
}

void AccessPage::refreshDetail()
{
    m_detail->setRunning(session().isRunning());
    std::optional<Detail> detail;
    const QModelIndex line = m_resultList->currentIndex();
    if (m_shown == Shown::Matrix)
        detail = detailOfCell(m_matrix->model(), m_matrix->current(), session());
    else if (line.isValid())
        detail = detailOf(m_results->rows()[size_t(line.row())], session());
    if (detail)
        m_detail->show(*detail);
    else
        m_detail->showNothing(tr("Choose a cell or a line"),
                              tr("Who was let in where, the proof of it, and how to fix it will stand here."));
}

bool AccessPage::selectFinding(const QString &findingId)
{
    for (const AccessGroup group : {AccessGroup::Access, AccessGroup::Abuse}) {
        const std::vector<ResultRow> rows = resultRows(session(), checkIds(group));
        if (std::ranges::find(rows, findingId, &ResultRow::findingId) != rows.end())
            m_groups->setCurrent(group);
    }
    const int row = m_results->rowOf(findingId);
    if (row < 0)
        return false;
    m_resultList->setCurrentIndex(m_results->index(row));
    m_shown = Shown::Results;
    m_chosen = true;
    refreshDetail();
    return true;
}

void AccessPage::next()
{
    if (session().permissionState() == PermissionState::Stopped)
        session().resumeActive();
    else
        openConsent();
}

void AccessPage::openConsent()
{
    openDialog(new ConsentDialog(session(), this));
}

// What a check cannot look without: by a dialog of this page, or on another one.
void AccessPage::give(std::optional<Need> need)
{
    const auto page = need ? pageFor(*need) : std::nullopt;
    if (!page)
        return;
    if (page->pageId != pages::kAccess)
        emit navigate(page->pageId);
    else if (*need == Need::Consent)
        next();
    else
        openDialog(new ActorsDialog(session(), this));
}

void AccessPage::openDialog(QDialog *dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void AccessPage::decide(DecisionKind kind)
{
    askDecision(session(), kind, m_detail->detail().findingId, m_detail->detail().title, this);
}

} // namespace cockpit
