#include "models/deliverables/makers.h"

#include <QCoreApplication>
#include <QLocale>

namespace cockpit::deliverables {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Deliverable)
};

QString sayNoMonitors()
{
    return Text::tr("Nothing is watched yet: add the homepage and the sign-in page on the Monitoring page.");
}

std::span<const Sample> samplesOf(const HandoverInput &input, const Monitor &monitor)
{
    const auto it = input.samples.find(monitor.id);
    return it == input.samples.end() ? std::span<const Sample>() : std::span<const Sample>(it->second);
}

QString milliseconds(const std::optional<std::chrono::milliseconds> &value)
{
    return value ? Text::tr("%1 ms").arg(QLocale().toString(static_cast<qlonglong>(value->count())))
                 : handover::notKnownYet();
}

QString percent(const std::optional<double> &ratio)
{
    return ratio ? QLocale().toString(*ratio * 100, 'f', 2) + u" %"_s : handover::notKnownYet();
}

Uptime uptime(const HandoverInput &input, const Monitor &monitor)
{
    const std::span<const Sample> samples = samplesOf(input, monitor);
    return samples.empty() ? Uptime() : uptimeOf(samples, monitor.interval, samples.front().at, input.now);
}

QString p95(std::span<const Sample> samples)
{
    if (samples.size() < static_cast<std::size_t>(kFewestSamplesForP95))
        return Text::tr("too few samples");
    return milliseconds(percentile(samples, 0.95));
}

} // namespace

void writeDashboard(Draft &draft, const HandoverInput &input)
{
    Table table;
    table.header = {Text::tr("Watched"), Text::tr("Address"), Text::tr("Uptime"), Text::tr("p50"), Text::tr("p95")};
    table.emptyText = sayNoMonitors();
    for (const Monitor &monitor : input.project.monitors) {
        const std::span<const Sample> samples = samplesOf(input, monitor);
        table.rows.push_back({monitor.name, monitor.url, percent(uptime(input, monitor).ratio()),
                              milliseconds(percentile(samples, 0.5)), p95(samples)});
        if (samples.empty())
            draft.missing(Text::tr("No sample of %1 yet: leave the program open for a while.").arg(monitor.name));
    }
    if (table.rows.empty())
        draft.missing(sayNoMonitors());
    draft.add(std::move(table));
    handover::listChecks(
        draft, input.project,
        {u"monitor.uptime"_s, u"monitor.errors"_s, u"monitor.latency"_s, u"monitor.login"_s, u"monitor.mail"_s});
}

void writeAlertRules(Draft &draft, const HandoverInput &input)
{
    Table table;
    table.header = {Text::tr("Alert when"), Text::tr("How soon to act")};
    table.rows = {
        {Text::tr("A watched page fails three times in a row"),
         Text::tr("at once, day or night in the first 72 hours")},
        {Text::tr("The p95 response time stands above the target for 15 minutes"), Text::tr("within the working day")},
        {Text::tr("A certificate has 21 days left"), Text::tr("within the week")},
        {Text::tr("A run of failed sign-ins"), Text::tr("within the hour")},
        {Text::tr("A release fails, or a smoke test after it"), Text::tr("at once: go back to the last good release")},
    };
    draft.add(std::move(table));
    if (input.project.monitors.empty())
        draft.missing(sayNoMonitors());
    handover::listChecks(draft, input.project,
                         {u"handover.alert-owners"_s, u"monitor.alert-delivery"_s, u"monitor.certificate"_s,
                          u"monitor.auth-failures"_s, u"monitor.deploy"_s});
}

void writeBaseline(Draft &draft, const HandoverInput &input)
{
    Table table;
    table.header = {Text::tr("Watched"), Text::tr("Samples"), Text::tr("p50"), Text::tr("p95"), Text::tr("Target p95")};
    table.emptyText = sayNoMonitors();
    const std::optional<int> limit = input.roadmap.p95LimitMs();
    for (const Monitor &monitor : input.project.monitors) {
        const std::span<const Sample> samples = samplesOf(input, monitor);
        table.rows.push_back({monitor.name, QString::number(samples.size()), milliseconds(percentile(samples, 0.5)),
                              p95(samples), limit ? Text::tr("below %1 ms").arg(*limit) : Text::tr("none set")});
    }
    if (table.rows.empty())
        draft.missing(sayNoMonitors());
    draft.add(std::move(table));
    handover::listChecks(draft, input.project, {u"http.latency"_s, u"monitor.latency"_s});
}

void writeIncidentTemplate(Draft &draft, const HandoverInput &input)
{
    const QStringList lines{
        Text::tr("What happened, in one sentence:"),
        Text::tr("Noticed at (UTC), by whom, through what:"),
        Text::tr("Who is affected, and what can they not do:"),
        Text::tr("Who leads, who talks to customers:"),
        Text::tr("What was tried, at what time:"),
        Text::tr("Rolled back to which release, at what time:"),
        Text::tr("Ended at (UTC):"),
        Text::tr("Cause:"),
        Text::tr("What we change so that it does not come back:"),
    };
    draft.add(CodeBlock{Text::tr("Copy, fill in, keep"), lines.join(u"\n\n"_s)});
    handover::listChecks(draft, input.project, {u"handover.incident"_s, u"handover.alert-owners"_s});
}

} // namespace cockpit::deliverables
