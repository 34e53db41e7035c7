// Outages of the last thirty days, newest first.
#pragma once

#include "ui/monitoring/figures.h"

#include <QWidget>

class QVBoxLayout;

namespace cockpit {

struct IncidentLine
{
    QString title; // "App did not answer"
    QString when;  // "Today 13:42 – 13:53 · 11 min"
    QString cause;
    QString owner; // "Owner: Dana · recovered"

    bool operator==(const IncidentLine &) const = default;
};

// Newest first, at most `most`. owner: empty when nobody is named. Pure.
std::vector<IncidentLine> incidentLines(const MonitoringFigures &figures, const QString &owner, int most);

class IncidentList : public QWidget
{
    Q_OBJECT

public:
    explicit IncidentList(QWidget *parent = nullptr);

    void setFigures(const MonitoringFigures &figures, const QString &owner);

private:
    std::vector<IncidentLine> m_lines;
    QVBoxLayout *m_column;
    QWidget *m_content = nullptr;
};

} // namespace cockpit
