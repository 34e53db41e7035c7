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
    QString owner;     // "Owner: Dana · recovered"
    IncidentNote note; // names the incident; its text is empty while nobody wrote any

    bool operator==(const IncidentLine &) const = default;
};

// Newest first, at most `most`. owner: empty when nobody is named. Pure.
std::vector<IncidentLine> incidentLines(const MonitoringFigures &figures, const std::vector<IncidentNote> &notes,
                                        const QString &owner, int most);

class IncidentList : public QWidget
{
    Q_OBJECT

public:
    explicit IncidentList(QWidget *parent = nullptr);

    void setFigures(const MonitoringFigures &figures, const std::vector<IncidentNote> &notes, const QString &owner);
    void setReadOnly(bool readOnly);

signals:
    // about: the incident in a line; note: with what is written so far.
    void noteWanted(const QString &about, const cockpit::IncidentNote &note);

private:
    void rebuild();
    void addLine(QVBoxLayout *column, const IncidentLine &line);

    bool m_readOnly = false;
    std::vector<IncidentLine> m_lines;
    QVBoxLayout *m_column;
    QWidget *m_content = nullptr;
};

} // namespace cockpit
