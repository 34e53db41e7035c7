#include "ui/monitoring/monitorboard.h"

#include "models/handover/owners.h"
#include "ui/charts/latencychartview.h"
#include "ui/monitoring/endpointdelegates.h"
#include "ui/monitoring/endpointmodel.h"
#include "ui/monitoring/incidentlist.h"
#include "ui/monitoring/summaryrow.h"
#include "ui/session.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/card.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/scrollcolumn.h"
#include "ui/widgets/tables.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace cockpit {

MonitorBoard::MonitorBoard(QWidget *parent) : QWidget(parent), m_model(new EndpointModel(this))
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    fill(addScrollColumn(outer, this));
}

MonitorBoard::~MonitorBoard()
{
    m_table->selectionModel()->disconnect(this);
}

void MonitorBoard::fill(QVBoxLayout *column)
{
    m_summary = new SummaryRow(this);
    column->addWidget(m_summary);
    auto *left = new QVBoxLayout;
    left->setSpacing(space::kLarge);
    left->addWidget(createChart(), 3);
    left->addWidget(createTable(), 2);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::kLarge);
    row->addLayout(left, 7);
    row->addWidget(createIncidents(), 3);
    column->addLayout(row, 1);
}

QWidget *MonitorBoard::createChart()
{
    auto *card = new Card(this);
    card->setPadding(space::kLarge);
    m_chart = new LatencyChartView(card);
    card->column()->addWidget(m_chart);
    return card;
}

QWidget *MonitorBoard::createIncidents()
{
    auto *card = new Card(this);
    m_incidents = new IncidentList(card);
    card->column()->addWidget(&(new PlainLabel(tr("Incidents"), card))->setScale(TextSize::Section, QFont::DemiBold));
    card->column()->addWidget(m_incidents, 1);
    connect(m_incidents, &IncidentList::noteWanted, this, &MonitorBoard::notePressed);
    return card;
}

QWidget *MonitorBoard::createTable()
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
    m_table->setMinimumHeight(fontMetrics().height() * 8);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &MonitorBoard::showLatency);
    connect(m_table, &QTableView::activated, this, [this] {
        if (m_edit->isEnabled())
            tell(&MonitorBoard::editPressed);
    });
    card->column()->setSpacing(0);
    card->column()->addWidget(m_table, 1);
    card->column()->addWidget(createActions());
    return card;
}

QWidget *MonitorBoard::createActions()
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
    connect(add, &QPushButton::clicked, this, &MonitorBoard::addPressed);
    connect(m_edit, &QPushButton::clicked, this, [this] { tell(&MonitorBoard::editPressed); });
    connect(m_remove, &QPushButton::clicked, this, [this] { tell(&MonitorBoard::removePressed); });
    connect(m_look, &QPushButton::clicked, this, [this] { tell(&MonitorBoard::lookPressed); });
    return bar;
}

void MonitorBoard::tell(Press press)
{
    if (const EndpointFigures *endpoint = chosen())
        emit(this->*press)(Monitor(endpoint->monitor)); // a copy: what follows may change the list
}

void MonitorBoard::showFigures(const MonitoringFigures &figures, const Session &session)
{
    m_figures = figures;
    m_targetMs = session.roadmap().p95LimitMs();
    m_readOnly = session.isReadOnly();
    m_summary->setCards(summaryCards(figures, m_targetMs));
    m_model->setFigures(figures);
    m_incidents->setReadOnly(m_readOnly);
    m_incidents->setFigures(figures, session.project().incidentNotes, monitoringOwner(session.project()));
    m_table->resizeRowsToContents();
    if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(0, 0)); // selectRow() finds no column where text runs right to left
    showLatency();
}

const EndpointFigures *MonitorBoard::chosen() const
{
    return m_model->endpoint(m_table->currentIndex().row());
}

void MonitorBoard::showLatency()
{
    showButtons();
    const EndpointFigures *endpoint = chosen();
    if (!endpoint)
        return;
    const QDateTime from = axisStart(endpoint->latency, m_figures.from, m_figures.to);
    LatencyPicture picture{.title = tr("Response time, %1").arg(endpoint->monitor.name),
                           .plot = endpoint->latency,
                           .from = from,
                           .to = m_figures.to,
                           .timeFormat = axisFormat(from, m_figures.to),
                           .targetMs = m_targetMs};
    if (endpoint->monitor.kind == MonitorKind::Certificate)
        picture.title = tr("%1 is watched for its end date, not for speed").arg(endpoint->monitor.name);
    m_chart->setPicture(picture);
}

void MonitorBoard::showButtons()
{
    const bool canEdit = chosen() && !m_readOnly;
    m_edit->setEnabled(canEdit);
    m_remove->setEnabled(canEdit);
    m_look->setEnabled(chosen() && chosen()->monitor.enabled);
}

} // namespace cockpit
