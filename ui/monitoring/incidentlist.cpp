#include "ui/monitoring/incidentlist.h"

#include "models/redactor.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/numbertext.h"

#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

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

std::vector<IncidentLine> incidentLines(const MonitoringFigures &figures, const std::vector<IncidentNote> &notes,
                                        const QString &owner, int most)
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
        lines.back().note = {incident.monitorId, incident.started, noteAbout(incident, notes)};
    }
    return lines;
}

IncidentList::IncidentList(QWidget *parent) : QWidget(parent), m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    rebuild();
}

void IncidentList::setFigures(const MonitoringFigures &figures, const std::vector<IncidentNote> &notes,
                              const QString &owner)
{
    std::vector<IncidentLine> lines = incidentLines(figures, notes, owner, kMostShown);
    if (lines == m_lines)
        return;
    m_lines = std::move(lines);
    rebuild();
}

void IncidentList::setReadOnly(bool readOnly)
{
    if (std::exchange(m_readOnly, readOnly) != readOnly)
        rebuild();
}

void IncidentList::rebuild()
{
    if (m_content)
        m_content->deleteLater();
    m_content = new QWidget(this);
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    for (const IncidentLine &line : m_lines)
        addLine(column, line);
    if (m_lines.empty())
        column->addWidget(&(new PlainLabel(tr("None in the last 30 days. Three failures in a row open an incident, two "
                                              "good answers close it."),
                                           m_content))
                               ->setMuted());
    column->addStretch();
    m_column->addWidget(m_content);
}

void IncidentList::addLine(QVBoxLayout *column, const IncidentLine &line)
{
    column->addWidget(&(new PlainLabel(line.title, m_content))->setScale(TextSize::Body, QFont::DemiBold));
    column->addWidget(&(new PlainLabel(line.when, m_content))->setMuted());
    if (!line.cause.isEmpty())
        column->addWidget(&(new PlainLabel(line.cause, m_content))->setMuted());
    column->addWidget(&(new PlainLabel(line.owner, m_content))->setMuted());
    if (!line.note.text.isEmpty())
        column->addWidget(new PlainLabel(line.note.text, m_content));
    const QString words = line.note.text.isEmpty() ? tr("Write a note…") : tr("Change the note…");
    auto *write = makeLinkButton(words, u"incidentNote"_s, m_content);
    write->setAccessibleName(tr("%1 %2, %3").arg(words, line.title, line.when));
    write->setEnabled(!m_readOnly);
    connect(write, &QPushButton::clicked, this,
            [this, line] { emit noteWanted(tr("%1. %2").arg(line.title, line.when), line.note); });
    column->addWidget(write, 0, Qt::AlignLeading);
    column->addSpacing(space::kMedium);
}

} // namespace cockpit
