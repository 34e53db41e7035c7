#include "ui/monitoring/monitoringpage.h"

#include "models/handover/owners.h"
#include "ui/charts/latencychartview.h"
#include "ui/monitoring/endpointdelegates.h"
#include "ui/monitoring/endpointmodel.h"
#include "ui/monitoring/incidentdialog.h"
#include "ui/monitoring/incidentlist.h"
#include "ui/monitoring/monitordialog.h"
#include "ui/monitoring/monitorproposals.h"
#include "ui/monitoring/summaryrow.h"
#include "ui/session.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/card.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/scrollcolumn.h"
#include "ui/widgets/tables.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMessageBox>
#include <QStackedLayout>
#include <QTableView>
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
      m_model(new EndpointModel(this)),
      m_window(new QComboBox(this)),
      m_stack(new QStackedLayout)
{
    setTitle(tr("Monitoring"));
    setSubtitle(tr("Is it down, what broke, and since when? Know before a customer tells you."));
    createHeader();
    content()->addLayout(m_stack, 1);
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
    connect(m_empty, &EmptyState::actionTriggered, this, &MonitoringPage::addProposed);
    auto *own = makeLinkButton(tr("Choose an address yourself…"), u"addFirstMonitor"_s, card);
    connect(own, &QPushButton::clicked, this, &MonitoringPage::addMonitor);
    card->column()->addWidget(m_empty, 1);
    card->column()->addWidget(own, 0, Qt::AlignHCenter);
    return card;
}

QWidget *MonitoringPage::createBoard()
{
    auto *board = new QWidget(this);
    auto *outer = new QVBoxLayout(board);
    outer->setContentsMargins(0, 0, 0, 0);
    QVBoxLayout *column = addScrollColumn(outer, board);
    m_summary = new SummaryRow(board);
    column->addWidget(m_summary);

    auto *chartCard = new Card(board);
    chartCard->setPadding(space::kLarge);
    m_chart = new LatencyChartView(chartCard);
    chartCard->column()->addWidget(m_chart);
    auto *incidentCard = new Card(board);
    m_incidents = new IncidentList(incidentCard);
    incidentCard->column()->addWidget(
        &(new PlainLabel(tr("Incidents"), incidentCard))->setScale(TextSize::Section, QFont::DemiBold));
    incidentCard->column()->addWidget(m_incidents, 1);

    auto *left = new QVBoxLayout;
    left->setSpacing(space::kLarge);
    left->addWidget(chartCard, 3);
    left->addWidget(createTable(), 2);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::kLarge);
    row->addLayout(left, 7);
    row->addWidget(incidentCard, 3);
    column->addLayout(row, 1);
    return board;
}

QWidget *MonitoringPage::createTable()
{
    auto *card = new Card(this);
    card->setPadding(0);
    m_table = makeTable(m_model, u"endpoints"_s, tr("What we watch"), card);
    m_table->setItemDelegateForColumn(EndpointModel::NameColumn, new EndpointNameDelegate(m_table));
    m_table->setItemDelegateForColumn(EndpointModel::StripColumn, new UptimeStripDelegate(m_table));
    m_table->horizontalHeader()->setSectionResizeMode(EndpointModel::NameColumn, QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(EndpointModel::StripColumn, QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(EndpointModel::UptimeColumn, QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(EndpointModel::LatencyColumn, QHeaderView::ResizeToContents);
    m_table->setMinimumHeight(fontMetrics().height() * 10);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &MonitoringPage::showLatency);
    connect(m_table, &QTableView::activated, this, &MonitoringPage::editMonitor);
    card->column()->setSpacing(0);
    card->column()->addWidget(m_table, 1);
    card->column()->addWidget(createActions());
    return card;
}

QWidget *MonitoringPage::createActions()
{
    auto *bar = new QWidget(this);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(space::kMedium, space::kSmall, space::kMedium, space::kSmall);
    auto *add = makeSecondaryButton(tr("Watch more…"), u"addMonitor"_s, bar);
    m_edit = makeSecondaryButton(tr("Change…"), u"editMonitor"_s, bar);
    m_remove = makeSecondaryButton(tr("Remove…"), u"removeMonitor"_s, bar);
    m_look = makeSecondaryButton(tr("Look now"), u"sampleNow"_s, bar);
    row->addWidget(add);
    row->addWidget(m_edit);
    row->addWidget(m_remove);
    row->addStretch();
    row->addWidget(m_look);
    connect(add, &QPushButton::clicked, this, &MonitoringPage::addMonitor);
    connect(m_edit, &QPushButton::clicked, this, &MonitoringPage::editMonitor);
    connect(m_remove, &QPushButton::clicked, this, &MonitoringPage::removeMonitor);
    connect(m_look, &QPushButton::clicked, this, &MonitoringPage::lookNow);
    return bar;
}

void MonitoringPage::bindSession()
{
    for (const auto signal : {&Session::projectOpened, &Session::projectClosed, &Session::monitorsChanged})
        connect(&session(), signal, this, &MonitoringPage::readSamples);
    connect(&session(), &Session::sampleAdded, &m_data, &MonitorData::addSample);
    connect(&m_data, &MonitorData::figuresChanged, this, &MonitoringPage::changed);
    follow(&Session::projectOpened, &Session::projectClosed, &Session::monitorsChanged, &Session::settingsChanged,
           &Session::ownershipChanged, &Session::incidentNotesChanged);
    connect(m_incidents, &IncidentList::noteWanted, this, &MonitoringPage::writeNote);
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
    const MonitoringFigures &figures = m_data.figures();
    m_summary->setCards(summaryCards(figures, session().roadmap().p95LimitMs()));
    m_model->setFigures(figures);
    m_incidents->setReadOnly(session().isReadOnly());
    m_incidents->setFigures(figures, session().project().incidentNotes, monitoringOwner(session().project()));
    m_table->resizeRowsToContents();
    if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(0, 0)); // selectRow() finds no column where text runs right to left
    showLatency();
}

const EndpointFigures *MonitoringPage::chosen() const
{
    return m_model->endpoint(m_table->currentIndex().row());
}

void MonitoringPage::showLatency()
{
    showButtons();
    const EndpointFigures *endpoint = chosen();
    if (!endpoint)
        return;
    const QDateTime to = m_data.figures().to;
    const QDateTime from = axisStart(endpoint->latency, m_data.figures().from, to);
    LatencyPicture picture{.title = tr("Response time, %1").arg(endpoint->monitor.name),
                           .plot = endpoint->latency,
                           .from = from,
                           .to = to,
                           .timeFormat = axisFormat(from, to),
                           .targetMs = session().roadmap().p95LimitMs()};
    if (endpoint->monitor.kind == MonitorKind::Certificate)
        picture.title = tr("%1 is watched for its end date, not for speed").arg(endpoint->monitor.name);
    m_chart->setPicture(picture);
}

void MonitoringPage::showButtons()
{
    const bool canEdit = chosen() && !session().isReadOnly();
    m_edit->setEnabled(canEdit);
    m_remove->setEnabled(canEdit);
    m_look->setEnabled(chosen() && chosen()->monitor.enabled);
}

void MonitoringPage::addProposed()
{
    session().setMonitors(proposedMonitors(session().project().settings.target));
}

void MonitoringPage::addMonitor()
{
    auto *dialog = new MonitorDialog({}, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        std::vector<Monitor> monitors = session().project().monitors;
        monitors.push_back(dialog->monitor());
        session().setMonitors(monitors);
    });
    dialog->open();
}

void MonitoringPage::editMonitor()
{
    if (!chosen() || session().isReadOnly())
        return;
    auto *dialog = new MonitorDialog(chosen()->monitor, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { replaceMonitor(dialog->monitor()); });
    dialog->open();
}

void MonitoringPage::replaceMonitor(const Monitor &changed)
{
    std::vector<Monitor> monitors = session().project().monitors;
    std::ranges::replace_if(
        monitors, [&](const Monitor &monitor) { return monitor.id == changed.id; }, changed);
    session().setMonitors(monitors);
}

void MonitoringPage::removeMonitor()
{
    if (!chosen())
        return;
    const Monitor removed = chosen()->monitor;
    auto *box = new QMessageBox(QMessageBox::Question, tr("Stop watching"),
                                tr("Stop watching %1 and forget what was measured?").arg(removed.name),
                                QMessageBox::Cancel, this);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setDefaultButton(QMessageBox::Cancel);
    QPushButton *yes = box->addButton(tr("Stop watching"), QMessageBox::DestructiveRole);
    yes->setObjectName(u"confirmRemoveMonitor"_s);
    connect(yes, &QPushButton::clicked, this, [this, id = removed.id] {
        std::vector<Monitor> monitors = session().project().monitors;
        std::erase_if(monitors, [&](const Monitor &monitor) { return monitor.id == id; });
        session().setMonitors(monitors);
    });
    box->open();
}

void MonitoringPage::writeNote(const QString &about, const IncidentNote &note)
{
    auto *dialog = new IncidentDialog(about, note, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { session().noteIncident(dialog->note()); });
    dialog->open();
}

void MonitoringPage::lookNow()
{
    if (chosen())
        session().sampleNow(chosen()->monitor.id);
}

} // namespace cockpit
