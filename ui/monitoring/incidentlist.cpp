#include "ui/monitoring/incidentlist.h"

#include "models/redactor.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/numbertext.h"

#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>

namespace cockpit {

namespace {

constexpr int kMostShown = 20;
constexpr int kLongestCause = 300;

QString dayText(const QDateTime &at, const QDateTime &now)
{
    const QDate day = at.toLocalTime().date();
    if (day == now.toLocalTime().date())
        return IncidentList::tr("Today");
    return QLocale().toString(day, QLocale::ShortFormat);
}

QString timeText(const QDateTime &at)
{
    return QLocale().toString(at.toLocalTime().time(), QLocale::ShortFormat);
}

QString ownerText(const QString &owner, bool goesOn)
{
    if (owner.isEmpty())
        return IncidentList::tr("Owner: nobody is named for Monitoring on the Handover page");
    return goesOn ? IncidentList::tr("Owner: %1").arg(owner) : IncidentList::tr("Owner: %1 · recovered").arg(owner);
}

IncidentLine lineOf(const Incident &incident, const QString &name, const QDateTime &now)
{
    const QDateTime end = incident.ended.isNull() ? now : incident.ended;
    const QString lasted = durationText(std::chrono::milliseconds(incident.started.msecsTo(end)));
    IncidentLine line;
    line.title = IncidentList::tr("%1 was down").arg(name);
    if (incident.ended.isNull()) {
        line.title = IncidentList::tr("%1 is down").arg(name);
        line.when = IncidentList::tr("Since %1 %2 · %3")
                        .arg(dayText(incident.started, now), timeText(incident.started), lasted);
    } else {
        line.when = IncidentList::tr("%1 %2 – %3 · %4")
                        .arg(dayText(incident.started, now), timeText(incident.started), timeText(end), lasted);
    }
    line.cause = plainText(incident.cause, kLongestCause);
    return line;
}

} // namespace

std::vector<IncidentLine> incidentLines(const MonitoringFigures &figures, const QString &owner, int most)
{
    std::vector<std::pair<Incident, QString>> all;
    for (const EndpointFigures &endpoint : figures.endpoints) {
        for (const Incident &incident : endpoint.incidents)
            all.emplace_back(incident, endpoint.monitor.name);
    }
    std::ranges::stable_sort(all, [](const auto &a, const auto &b) { return a.first.started > b.first.started; });
    std::vector<IncidentLine> lines;
    for (const auto &[incident, name] : all) {
        if (static_cast<int>(lines.size()) == most)
            break;
        lines.push_back(lineOf(incident, name, figures.to));
        lines.back().owner = ownerText(owner, incident.ended.isNull());
    }
    return lines;
}

IncidentList::IncidentList(QWidget *parent) : QWidget(parent), m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    setFigures({}, {});
}

void IncidentList::setFigures(const MonitoringFigures &figures, const QString &owner)
{
    const std::vector<IncidentLine> lines = incidentLines(figures, owner, kMostShown);
    if (m_content && lines == m_lines)
        return;
    m_lines = lines;
    if (m_content)
        m_content->deleteLater();
    m_content = new QWidget(this);
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    for (const IncidentLine &line : lines) {
        column->addWidget(&(new PlainLabel(line.title, m_content))->setScale(TextSize::Body, QFont::DemiBold));
        column->addWidget(&(new PlainLabel(line.when, m_content))->setMuted());
        if (!line.cause.isEmpty())
            column->addWidget(&(new PlainLabel(line.cause, m_content))->setMuted());
        column->addWidget(&(new PlainLabel(line.owner, m_content))->setMuted());
        column->addSpacing(space::kMedium);
    }
    if (lines.empty())
        column->addWidget(&(new PlainLabel(tr("None in the last 30 days. Three failures in a row open an incident, two "
                                              "good answers close it."),
                                           m_content))
                               ->setMuted());
    column->addStretch();
    m_column->addWidget(m_content);
}

} // namespace cockpit
