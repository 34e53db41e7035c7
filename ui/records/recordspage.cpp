#include "ui/records/recordspage.h"

#include "ui/records/draftcard.h"
#include "ui/records/plancard.h"
#include "ui/records/waitingcard.h"
#include "ui/records/wishforms.h"
#include "ui/session.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/scrollcolumn.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace cockpit {

namespace {

// Questions to the DNS begin when typing has ended.
constexpr auto kTypingPause = 400ms;

QPushButton *makeTab(const QString &text, const QString &objectName)
{
    QPushButton *tab = makeSecondaryButton(text, objectName);
    tab->setProperty("kind", u"tab"_s);
    tab->setCheckable(true);
    return tab;
}

} // namespace

RecordsPage::RecordsPage(Session &session, QWidget *parent) : RecordsPage(session, RecordWaiter::Patience(), parent) {}

RecordsPage::RecordsPage(Session &session, RecordWaiter::Patience patience, QWidget *parent)
    : Page(pages::kRecords, session, parent),
      m_desk(session.recordServices()),
      m_stack(new QStackedLayout),
      m_empty(new EmptyState({}, {}, this)),
      m_banner(new Banner(this)),
      m_tabs(new QButtonGroup(this)),
      m_spf(new SpfForm),
      m_dkim(new DkimForm),
      m_dmarc(new DmarcForm),
      m_plan(new PlanCard(session)),
      m_draft(new DraftCard),
      m_waiting(new WaitingCard(session.recordServices().askOwners, patience))
{
    setTitle(tr("Mail records"));
    setSubtitle(tr("What to publish so that your mail arrives and fakes do not, and who has it already."));
    m_again = makeSecondaryButton(tr("Read again"), u"readRecords"_s, this);
    addHeaderWidget(m_again);
    connect(m_again, &QPushButton::clicked, this, &RecordsPage::readAgain);
    content()->addWidget(m_banner);
    content()->addLayout(m_stack, 1);
    auto *card = new Card(this);
    card->column()->addWidget(m_empty, 1);
    m_stack->addWidget(card);
    createColumns();
    bindWork();
    for (QTimer *timer : {&m_countSoon, &m_lookSoon}) {
        timer->setSingleShot(true);
        timer->setInterval(kTypingPause);
        timer->setParent(this);
    }
    m_countSoon.setObjectName(u"countSoon"_s);
    m_lookSoon.setObjectName(u"lookSoon"_s);
    showKind(RecordKind::Spf);
    follow(&Session::projectOpened, &Session::projectClosed, &Session::settingsChanged, &Session::answersChanged);
}

void RecordsPage::createColumns()
{
    auto *whole = new QWidget(this);
    auto *rows = new QVBoxLayout(whole);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(space::kSmall);
    rows->addWidget(createTabs());
    auto *columns = new QHBoxLayout;
    columns->setSpacing(space::kLarge);
    auto *left = new QVBoxLayout;
    auto *right = new QVBoxLayout;
    columns->addLayout(left, 1);
    columns->addLayout(right, 1);
    QVBoxLayout *forms = addScrollColumn(left, whole);
    for (QWidget *form : std::initializer_list<QWidget *>{m_spf, m_dkim, m_dmarc, m_plan})
        forms->addWidget(form);
    forms->addStretch();
    QVBoxLayout *results = addScrollColumn(right, whole);
    results->addWidget(m_draft);
    results->addWidget(m_waiting);
    results->addStretch();
    rows->addLayout(columns, 1);
    m_stack->addWidget(whole);
}

QWidget *RecordsPage::createTabs()
{
    auto *holder = new QWidget;
    auto *row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kSmall);
    const std::pair<RecordKind, QPushButton *> tabs[] = {
        {RecordKind::Spf, makeTab(tr("Who may send (SPF)"), u"showSpf"_s)},
        {RecordKind::Dkim, makeTab(tr("Signature (DKIM)"), u"showDkim"_s)},
        {RecordKind::Dmarc, makeTab(tr("Policy (DMARC)"), u"showDmarc"_s)},
    };
    for (const auto &[kind, tab] : tabs) {
        m_tabs->addButton(tab, static_cast<int>(kind));
        row->addWidget(tab);
    }
    row->addStretch();
    connect(m_tabs, &QButtonGroup::idClicked, this, [this](int kind) { showKind(static_cast<RecordKind>(kind)); });
    return holder;
}

void RecordsPage::bindWork()
{
    // Nobody is asked on behalf of a project that is closed, whether the page is seen or not.
    connect(&session(), &Session::projectClosed, this, &RecordsPage::leave);
    connect(m_banner, &Banner::actionTriggered, this, &RecordsPage::readAgain);
    connect(&m_desk, &RecordDesk::todayChanged, this, &RecordsPage::takeToday);
    connect(&m_desk, &RecordDesk::failed, this, &RecordsPage::takeFailure);
    connect(&m_desk, &RecordDesk::budgetReady, m_draft, &DraftCard::setBudget);
    connect(&m_desk, &RecordDesk::textsReady, this, [this] {
        if (m_kind == RecordKind::Dkim)
            showDraft();
    });
    connect(m_spf, &SpfForm::changed, this, &RecordsPage::showDraft);
    connect(m_dkim, &DkimForm::changed, this, &RecordsPage::showDraft);
    connect(m_dmarc, &DmarcForm::changed, this, &RecordsPage::showDraft);
    connect(m_plan, &PlanCard::stepChosen, this,
            [this](const DmarcPlanStep &step) { m_dmarc->choose(step.policy, step.isTest); });
    connect(&m_countSoon, &QTimer::timeout, this, [this] { m_desk.countBudget(m_draft->draft().corrected); });
    connect(&m_lookSoon, &QTimer::timeout, this, [this] { m_desk.readTexts(m_draft->draft().name); });
    connect(m_draft, &DraftCard::waitRequested, this, &RecordsPage::wait);
    connect(m_waiting, &WaitingCard::waitingChanged, this, [this] { m_draft->setWaiting(m_waiting->isWaiting()); });
    connect(m_waiting, &WaitingCard::arrived, this, [this](RecordKind kind) {
        m_arrived = kind;
        read();
    });
    connect(m_waiting, &WaitingCard::checkAgain, this,
            [this](const QString &checkId) { session().checkAgain(checkId, {}); });
}

QString RecordsPage::domain() const
{
    return session().project().settings.target.domain;
}

void RecordsPage::aboutToShow()
{
    // What was read stays, with what was chosen in the forms; the button reads it anew.
    if (session().isOpen() && m_desk.isUsable() && !m_desk.isReading() && !m_desk.today())
        readAgain();
}

void RecordsPage::readAgain()
{
    m_arrived.reset();
    read();
}

void RecordsPage::read()
{
    m_banner->dismiss();
    m_hasFailed = false;
    m_domain = domain();
    m_path = session().path();
    m_desk.read(m_domain, session().netOptions());
    showStanding();
}

// What was read and what was chosen belong to the project that they were read and chosen for.
void RecordsPage::leave()
{
    m_waiting->stop();
    m_waiting->hide();
    m_countSoon.stop();
    m_lookSoon.stop();
    m_desk.forget();
    m_domain.clear();
    m_path.clear();
    m_hasFailed = false;
    m_banner->dismiss();
    m_spf->forget();
    m_dkim->forget();
    m_dmarc->forget();
    m_plan->forget();
}

void RecordsPage::refresh()
{
    if (domain() != m_domain || session().path() != m_path || !session().isOpen()) {
        leave();
        if (session().isOpen() && m_desk.isUsable())
            readAgain();
    }
    m_plan->refresh();
    showStanding();
}

bool RecordsPage::selectFinding(const QString &findingId)
{
    for (const RecordKind kind : {RecordKind::Spf, RecordKind::Dkim, RecordKind::Dmarc}) {
        const QString checkId = u"mail."_s + toWord(kind);
        if (findingId == checkId || findingId.startsWith(checkId + u':')) {
            showKind(kind);
            return true;
        }
    }
    return false;
}

void RecordsPage::showStanding()
{
    m_stack->setCurrentIndex(m_desk.today() ? 1 : 0);
    m_again->setEnabled(session().isOpen() && m_desk.isUsable() && !m_desk.isReading());
    m_empty->setShape(m_desk.isReading() ? StateShape::Running : StateShape::NotRun);
    if (m_desk.isReading())
        m_empty->setTexts(tr("Reading the records"), tr("The name servers of %1 are being asked.").arg(domain()));
    else if (m_hasFailed && session().isOpen())
        m_empty->setTexts(tr("The records could not be read."), tr("Without them there is nothing to start from."));
    else
        m_empty->setTexts(tr("Nothing read yet"), tr("Open a project to see the mail records of its domain."));
}

void RecordsPage::takeToday()
{
    const RecordsToday &today = *m_desk.today();
    m_banner->dismiss();
    if (m_arrived.value_or(RecordKind::Spf) == RecordKind::Spf)
        m_spf->setToday(today);
    if (m_arrived.value_or(RecordKind::Dmarc) == RecordKind::Dmarc)
        m_dmarc->setToday(today);
    m_arrived.reset();
    m_plan->setToday(today);
    showDraft();
    showStanding();
}

void RecordsPage::takeFailure(const Error &error)
{
    m_arrived.reset();
    m_hasFailed = true;
    m_banner->showError(error);
    m_banner->setAction(tr("Look again"));
    showStanding();
}

void RecordsPage::showKind(RecordKind kind)
{
    m_kind = kind;
    m_tabs->button(static_cast<int>(kind))->setChecked(true);
    m_spf->setVisible(kind == RecordKind::Spf);
    m_dkim->setVisible(kind == RecordKind::Dkim);
    m_dmarc->setVisible(kind == RecordKind::Dmarc);
    m_plan->setVisible(kind == RecordKind::Dmarc);
    showDraft();
}

void RecordsPage::showDraft()
{
    // What was asked for the draft before says nothing about this one.
    m_countSoon.stop();
    m_lookSoon.stop();
    m_desk.stopCounting();
    if (!m_desk.today())
        return;
    m_draft->clearBudget();
    RecordDraft draft;
    switch (m_kind) {
    case RecordKind::Spf:
        draft = m_desk.draft(m_spf->wish());
        if (!draft.corrected.isEmpty())
            m_countSoon.start();
        break;
    case RecordKind::Dkim:
        draft = m_desk.draft(m_dkim->wish());
        if (!draft.name.isEmpty() && !m_desk.hasLookedAt(draft.name))
            m_lookSoon.start();
        break;
    case RecordKind::Dmarc:
        draft = m_desk.draft(m_dmarc->wish());
        break;
    }
    m_draft->show(draft, m_desk.today()->dnsHost, whyUnknown(draft));
}

// SPF and DMARC are read before anything is shown; a selector is asked for when somebody has typed it.
QString RecordsPage::whyUnknown(const RecordDraft &draft) const
{
    if (draft.kind != RecordKind::Dkim)
        return {};
    if (!m_desk.hasLookedAt(draft.name))
        return tr("Not looked up yet.");
    return m_desk.lookError() ? m_desk.lookError()->message : QString();
}

void RecordsPage::wait()
{
    m_waiting->wait(m_draft->draft(), session().netOptions());
}

} // namespace cockpit
