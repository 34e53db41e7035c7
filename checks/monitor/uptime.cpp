#include "checks/monitor/uptime.h"

#include "checks/net/urlhost.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(UptimeMonitor)
};

constexpr int kWindowHours = 24;
// 99.5 % of a day is 7 minutes down: more than a restart, so customers notice.
constexpr double kWantedUptime = 0.995;
constexpr int kPercent = 100;

struct Watched
{
    const MonitorHistory &history;
    Uptime uptime;
    std::vector<Incident> incidents;
    const Sample *last = nullptr;
};

std::vector<Watched> watchedOf(const std::vector<MonitorHistory> &monitoring, const QDateTime &now)
{
    const QDateTime from = now.addSecs(-3600LL * kWindowHours);
    std::vector<Watched> watched;
    for (const MonitorHistory &history : monitoring) {
        if (history.monitor.kind != MonitorKind::Uptime || !history.monitor.enabled || history.samples.empty())
            continue;
        watched.push_back({history, uptimeOf(history.samples, history.monitor.interval, from, now),
                           incidentsOf(history.samples), &history.samples.back()});
    }
    return watched;
}

QJsonObject observedOf(const Watched &one)
{
    const auto ratio = one.uptime.ratio();
    return {{u"name"_s, one.history.monitor.name},
            {u"url"_s, one.history.monitor.url},
            {u"uptime"_s, ratio ? QJsonValue(*ratio) : QJsonValue()},
            {u"coverage"_s, one.uptime.coverage()},
            {u"last"_s, toWord(one.last->state)},
            {u"incidents"_s, static_cast<int>(one.incidents.size())}};
}

std::optional<Finding> findingFor(const Watched &one)
{
    const Monitor &monitor = one.history.monitor;
    std::optional<Finding> finding;
    const auto ratio = one.uptime.ratio();
    if (!one.incidents.empty() && one.incidents.back().ended.isNull()) {
        finding = makeFinding(u"down_now"_s, Severity::High, Proof::Proven, Impact::Downtime,
                              Text::tr("Your product is down right now"),
                              Text::tr("%1 (%2) has not answered since %3: %4")
                                  .arg(monitor.name, monitor.url, one.incidents.back().started.toString(Qt::ISODate),
                                       quoted(one.last->message.toUtf8())));
    } else if (ratio && *ratio < kWantedUptime) {
        finding = makeFinding(u"below_target"_s, Severity::Medium, Proof::Proven, Impact::Downtime,
                              Text::tr("Your product was down too long today"),
                              Text::tr("%1 (%2) was up %3 % of the observed time of the last day. Wanted: %4 %.")
                                  .arg(monitor.name, monitor.url, QString::number(*ratio * kPercent, 'f', 2),
                                       QString::number(kWantedUptime * kPercent)));
    }
    if (finding) {
        finding->host = hostOf(QUrl(monitor.url));
        finding->subject = monitor.url;
        finding->effortMinutes = 60;
    }
    return finding;
}

} // namespace

Judged judgeUptime(const std::vector<MonitorHistory> &monitoring, const QDateTime &now)
{
    const std::vector<Watched> watched = watchedOf(monitoring, now);
    if (watched.empty())
        return notRun(labelOf(Need::Samples));
    QJsonArray rows;
    std::vector<Finding> findings;
    bool anyObserved = false;
    for (const Watched &one : watched) {
        rows.append(observedOf(one));
        anyObserved = anyObserved || one.uptime.ratio().has_value();
        if (auto finding = findingFor(one))
            findings.push_back(std::move(*finding));
    }
    if (!anyObserved) {
        return notRun(Text::tr("Nothing was observed in the last %n hour(s): this computer was off or offline.",
                               nullptr, kWindowHours));
    }
    return concluded(std::move(findings),
                     Text::tr("%n address(es) watched over the last day", nullptr, static_cast<int>(watched.size())),
                     {{u"monitors"_s, rows}}, {});
}

Check uptimeMonitorCheck()
{
    return {.id = u"monitor.uptime"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::Downtime},
            .needs = {Need::Samples},
            .look = [](const Look &look) { return judgeUptime(look.facts.monitoring, look.startedAt); }};
}

} // namespace cockpit
