#include "models/handover/sections.h"

#include <QCoreApplication>
#include <QLocale>

namespace cockpit::handover {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Handover)
};

QString sentence(const std::vector<Sample> &samples, const Monitor &monitor, const QDateTime &to)
{
    const Uptime uptime = uptimeOf(samples, monitor.interval, samples.front().at, to);
    const std::optional<double> ratio = uptime.ratio();
    const QString up = ratio ? Text::tr("Up %1 % of the time observed").arg(QLocale().toString(*ratio * 100, 'f', 2))
                             : Text::tr("Nothing was observed");
    return Text::tr("%1; %2 % of the time since %3 was observed.")
        .arg(up, QLocale().toString(uptime.coverage() * 100, 'f', 0), dateTimeText(samples.front().at));
}

QString incidentText(const Incident &incident)
{
    const QString end = incident.ended.isValid() ? dateTimeText(incident.ended) : Text::tr("still going on");
    return Text::tr("Down from %1 to %2: %3").arg(dateTimeText(incident.started), end, incident.cause);
}

void writeMonitor(Draft &draft, const Context &context, const Monitor &monitor)
{
    draft.heading(monitor.name.isEmpty() ? monitor.url : monitor.name);
    draft.note(Text::tr("%1, every %2 s").arg(monitor.url, QString::number(monitor.interval.count())));
    const auto found = context.input.samples.find(monitor.id);
    if (found == context.input.samples.end() || found->second.empty()) {
        draft.paragraph(Text::tr("No sample yet."));
        draft.missing(Text::tr("No sample of %1 yet.").arg(monitor.name));
        return;
    }
    const std::vector<Sample> &samples = found->second;
    draft.paragraph(sentence(samples, monitor, context.input.now));
    if (monitor.kind == MonitorKind::Certificate) {
        if (const std::optional<int> days = samples.back().certificateDaysLeft)
            draft.paragraph(Text::tr("The certificate has %n day(s) left.", nullptr, *days));
    } else {
        draft.add(LatencyChart{Text::tr("Response time"), samples, context.input.roadmap.p95LimitMs(),
                               samples.front().at, context.input.now});
    }
    draft.add(UptimeStrip{Text::tr("Uptime"), samples, monitor.interval, samples.front().at, context.input.now});
    for (const Incident &incident : incidentsOf(samples)) {
        draft.add(StatusLine{ItemState::Problem, incidentText(incident), {}, {}});
        if (const QString note = noteAbout(incident, context.input.project.incidentNotes); !note.isEmpty())
            draft.note(note);
    }
}

} // namespace

Section monitoringSection(const Context &context)
{
    Draft draft;
    const std::vector<Monitor> &monitors = context.input.project.monitors;
    if (monitors.empty()) {
        draft.paragraph(
            Text::tr("Nothing is watched yet. Add the homepage and the sign-in page on the Monitoring page."));
        draft.missing(Text::tr("Nothing is watched yet."));
    }
    for (const Monitor &monitor : monitors)
        writeMonitor(draft, context, monitor);
    Section section = finished(u"monitoring"_s, Text::tr("Monitoring: response times and uptime"), std::move(draft));
    if (monitors.empty())
        section.completeness = Completeness::NotStarted;
    return section;
}

} // namespace cockpit::handover
