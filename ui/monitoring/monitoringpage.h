// Monitoring: is it up, how fast is it, and what happened; all from stored samples.
#pragma once

#include "ui/monitoring/monitordata.h"
#include "ui/widgets/page.h"

class QComboBox;
class QPushButton;
class QStackedLayout;
class QTableView;

namespace cockpit {

class EmptyState;
class EndpointModel;
class IncidentList;
class LatencyChartView;
class SummaryRow;

class MonitoringPage : public Page
{
    Q_OBJECT

public:
    explicit MonitoringPage(Session &session, QWidget *parent = nullptr);

    void aboutToShow() override;

protected:
    void refresh() override;

private:
    void createHeader();
    QWidget *createEmpty();
    QWidget *createBoard();
    QWidget *createTable();
    QWidget *createActions();
    void bindSession();

    void readSamples();
    void showProposals();
    void showLatency();
    void showButtons();
    const EndpointFigures *chosen() const;

    void addProposed();
    void addMonitor();
    void editMonitor();
    void removeMonitor();
    void lookNow();
    void writeNote(const QString &about, const IncidentNote &note);
    void replaceMonitor(const Monitor &changed);

    MonitorData m_data;
    EndpointModel *m_model;
    QComboBox *m_window;
    QStackedLayout *m_stack;
    EmptyState *m_empty = nullptr;
    SummaryRow *m_summary = nullptr;
    LatencyChartView *m_chart = nullptr;
    QTableView *m_table = nullptr;
    IncidentList *m_incidents = nullptr;
    QPushButton *m_edit = nullptr;
    QPushButton *m_remove = nullptr;
    QPushButton *m_look = nullptr;
};

} // namespace cockpit
