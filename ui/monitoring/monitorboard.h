// What is watched, at a glance: figures, response times, a strip for each address, and incidents. It only shows, and
// tells what was pressed.
#pragma once

#include "ui/monitoring/figures.h"

#include <QWidget>

#include <optional>

class QPushButton;
class QTableView;
class QVBoxLayout;

namespace cockpit {

class EndpointModel;
class IncidentList;
class LatencyChartView;
class Session;
class SummaryRow;

class MonitorBoard : public QWidget
{
    Q_OBJECT

public:
    explicit MonitorBoard(QWidget *parent = nullptr);
    ~MonitorBoard() override; // the table tells what it loses: nobody listens any more

    void showFigures(const MonitoringFigures &figures, const Session &session);

signals:
    void addPressed();
    void editPressed(const cockpit::Monitor &monitor);
    void removePressed(const cockpit::Monitor &monitor);
    void lookPressed(const cockpit::Monitor &monitor);
    void notePressed(const QString &about, const cockpit::IncidentNote &note);

private:
    using Press = void (MonitorBoard::*)(const Monitor &);

    void fill(QVBoxLayout *column);
    QWidget *createChart();
    QWidget *createIncidents();
    QWidget *createTable();
    QWidget *createActions();
    void tell(Press press); // about the chosen one
    void showLatency();
    void showButtons();
    const EndpointFigures *chosen() const;

    MonitoringFigures m_figures;
    std::optional<int> m_targetMs;
    bool m_readOnly = false;
    EndpointModel *m_model;
    SummaryRow *m_summary = nullptr;
    LatencyChartView *m_chart = nullptr;
    QTableView *m_table = nullptr;
    IncidentList *m_incidents = nullptr;
    QPushButton *m_edit = nullptr;
    QPushButton *m_remove = nullptr;
    QPushButton *m_look = nullptr;
};

} // namespace cockpit
