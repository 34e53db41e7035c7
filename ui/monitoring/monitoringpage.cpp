#include "ui/monitoring/monitoringpage.h"

#include "ui/monitoring/baselinecard.h"
#include "ui/monitoring/monitoractions.h"
#include "ui/monitoring/monitorboard.h"
#include "ui/monitoring/monitorproposals.h"
#include "ui/session.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/card.h"
#include "ui/widgets/emptystate.h"

#include <QComboBox>
#include <QStackedLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

SampleLoader loaderOf(Session &session)
{
    return [&session](qint64 id, const QDateTime &from, const QDateTime &to, QObject *context, auto done) {
        session.loadSamples(id, from, to, context, std::move(done));
    };
}

} // namespace

MonitoringPage::MonitoringPage(Session &session, QWidget *parent)
    : Page(pages::kMonitoring, session, parent),
      m_data(loaderOf(session)),
      m_actions(new MonitorActions(session, this)),
      m_window(new QComboBox(this)),
      m_banner(new Banner(this)),
      m_stack(new QStackedLayout)
{
    setTitle(tr("Monitoring"));
    setSubtitle(tr("Is it down, what broke, and since when? Know before a customer tells you."));
    createHeader();
    content()->addWidget(m_banner);
    content()->addLayout(m_stack, 1);
    content()->addWidget(createBaseline());
    m_stack->addWidget(createEmpty());
    m_stack->addWidget(createBoard());
    bindSession();
    readSamples();
}

void MonitoringPage::aboutToShow()
{
    readSamples(); // time has gone on
}

void MonitoringPage::createHeader()
{
    m_window->setObjectName(u"monitoringWindow"_s);
    m_window->setAccessibleName(tr("Window of time"));
    for (const TimeWindow window : kTimeWindows)
        m_window->addItem(labelOf(window), static_cast<int>(window));
    m_window->setCurrentIndex(m_window->findData(static_cast<int>(m_data.window())));
    connect(m_window, &QComboBox::currentIndexChanged, this,
            [this] { m_data.setWindow(static_cast<TimeWindow>(m_window->currentData().toInt())); });
    addHeaderWidget(m_window);
}

QWidget *MonitoringPage::createEmpty()
{
    auto *card = new Card(this);
    m_empty = new EmptyState(tr("Nothing is watched yet"), {}, card);
    m_empty->setAction(tr("Watch these"), u"addProposedMonitors"_s);
    connect(m_empty, &EmptyState::actionTriggered, m_actions, &MonitorActions::addProposed);
    auto *own = makeLinkButton(tr("Choose an address yourself…"), u"addFirstMonitor"_s, card);
    connect(own, &QPushButton::clicked, m_actions, &MonitorActions::add);
    card->column()->addWidget(m_empty, 1);
    card->column()->addWidget(own, 0, Qt::AlignHCenter);
    return card;
}

QWidget *MonitoringPage::createBoard()
{
    m_board = new MonitorBoard(this);
    connect(m_board, &MonitorBoard::addPressed, m_actions, &MonitorActions::add);
    connect(m_board, &MonitorBoard::editPressed, m_actions, &MonitorActions::edit);
    connect(m_board, &MonitorBoard::removePressed, m_actions, &MonitorActions::remove);
    connect(m_board, &MonitorBoard::notePressed, m_actions, &MonitorActions::writeNote);
    connect(m_board, &MonitorBoard::lookPressed, this,
            [this](const Monitor &monitor) { session().sampleNow(monitor.id); });
    return m_board;
}

// Accepting is followed by a look, so that what is said about the records is about the new baseline.
QWidget *MonitoringPage::createBaseline()
{
    m_baseline = new BaselineCard(this);
    const auto look = [this] { session().checkAgain(u"dns.drift"_s, {}); };
    connect(m_baseline, &BaselineCard::lookPressed, this, look);
    connect(m_baseline, &BaselineCard::acceptPressed, this, [this, look] {
        session().acceptDnsRecords();
        look();
    });
    connect(m_baseline, &BaselineCard::intervalChosen, &session(), &Session::setRecordWatch);
    return m_baseline;
}

void MonitoringPage::bindSession()
{
    for (const auto signal : {&Session::projectOpened, &Session::projectClosed, &Session::monitorsChanged})
        connect(&session(), signal, this, &MonitoringPage::readSamples);
    connect(&session(), &Session::projectOpened, m_banner, &Banner::dismiss);
    connect(&session(), &Session::sampleAdded, &m_data, &MonitorData::addSample);
    connect(&m_data, &MonitorData::figuresChanged, this, &MonitoringPage::changed);
    connect(&m_data, &MonitorData::unreadable, this, [this](const Error &error) {
        m_banner->showMessage(Tone::Fail, tr("What was measured could not be read, so it is missing below."),
                              error.message);
    });
    follow(&Session::projectOpened, &Session::projectClosed, &Session::monitorsChanged, &Session::settingsChanged,
           &Session::ownershipChanged, &Session::incidentNotesChanged, &Session::dnsBaselineChanged,
           &Session::recordWatchChanged, &Session::resultsChanged, &Session::runStarted, &Session::runFinished);
}

// In the background, also while the page is hidden: its picture is there when it is opened.
void MonitoringPage::readSamples()
{
    m_data.setMonitors(session().project().monitors);
}

void MonitoringPage::showProposals()
{
    const ProjectState &project = session().project();
    QStringList names;
    for (const Monitor &monitor : proposedMonitors(project.settings.target))
        names += monitor.name;
    m_empty->setTexts(tr("Nothing is watched yet"),
                      tr("While this program is open it can look at your product every minute and keep what it saw. "
                         "Suggested: %1.")
                          .arg(names.join(u", "_s)));
}

void MonitoringPage::refresh()
{
    const bool watches = !session().project().monitors.empty();
    m_stack->setCurrentIndex(watches ? 1 : 0);
    m_window->setVisible(watches);
    showProposals();
    m_board->showFigures(m_data.figures(), session());
    BaselineView records =
        baselineView(session().project(), session().nextRecordLook(), QDateTime::currentDateTimeUtc());
    records.canChoose = records.canChoose && !session().isReadOnly();
    m_baseline->show(records, session().isRunning() || session().isReadOnly());
}

} // namespace cockpit
