#include "checks/monitor/latency.h"

#include "checks/net/urlhost.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LatencyMonitor)
};

constexpr qint64 kHour = 3600;
constexpr qint64 kWeek = 7LL * 24 * kHour;

struct Times
{
    int samples = 0;
    std::optional<milliseconds> p50;
    std::optional<milliseconds> p95; // only with enough samples
};

Times timesBetween(const std::vector<Sample> &samples, const QDateTime &from, const QDateTime &to)
{
    std::vector<Sample> inside;
    std::ranges::copy_if(samples, std::back_inserter(inside),
                         [&](const Sample &s) { return s.state == SampleState::Up && s.at >= from && s.at <= to; });
    Times times{.samples = static_cast<int>(inside.size()), .p50 = percentile(inside, 0.5), .p95 = {}};
    if (times.samples >= kFewestSamplesForP95)
        times.p95 = percentile(inside, 0.95);
    return times;
}

QJsonValue toJson(const std::optional<milliseconds> &value)
{
    return value ? QJsonValue(static_cast<qint64>(value->count())) : QJsonValue();
}

struct Watched
{
    const Monitor &monitor;
    Times recent;
    Times earlier;
};

QJsonObject observedOf(const Watched &one)
{
    return {{u"name"_s, one.monitor.name},         {u"url"_s, one.monitor.url},
            {u"samples"_s, one.recent.samples},    {u"p50_ms"_s, toJson(one.recent.p50)},
            {u"p95_ms"_s, toJson(one.recent.p95)}, {u"earlier_p95_ms"_s, toJson(one.earlier.p95)}};
}

Finding fault(const Watched &one, const QString &code, const QString &title, const QString &saw)
{
    Finding finding = makeFinding(code, Severity::Medium, Proof::Strong, Impact::Downtime, title, saw);
    finding.host = hostOf(QUrl(one.monitor.url));
    finding.subject = one.monitor.url;
    finding.effortMinutes = 120;
    return finding;
}

std::optional<Finding> findingFor(const Watched &one, const Policy &policy)
{
    if (!one.recent.p95)
        return std::nullopt;
    const auto p95 = one.recent.p95->count();
    if (policy.p95LimitMs && p95 > *policy.p95LimitMs) {
        return fault(
            one, u"slow"_s, Text::tr("Your pages answer too slowly"),
            Text::tr("%1 (%2): 95 of 100 answers of the last hour came within %3 ms. Wanted: %4 ms.")
                .arg(one.monitor.name, one.monitor.url, QString::number(p95), QString::number(*policy.p95LimitMs)));
    }
    const bool rises =
        one.earlier.p95 && one.earlier.p95->count() > 0 &&
        static_cast<double>(p95) >= policy.p95RiseFactorAlarm * static_cast<double>(one.earlier.p95->count());
    if (rises) {
        return fault(one, u"rising"_s, Text::tr("Your pages became much slower"),
                     Text::tr("%1 (%2): p95 is %3 ms in the last hour; in the week before it was %4 ms.")
                         .arg(one.monitor.name, one.monitor.url, QString::number(p95),
                              QString::number(one.earlier.p95->count())));
    }
    return std::nullopt;
}

std::vector<Watched> watchedOf(const std::vector<MonitorHistory> &monitoring, const QDateTime &now)
{
    const QDateTime hourAgo = now.addSecs(-kHour);
    std::vector<Watched> watched;
    for (const MonitorHistory &history : monitoring) {
        if (history.monitor.kind == MonitorKind::Certificate || !history.monitor.enabled)
            continue;
        Watched one{history.monitor, timesBetween(history.samples, hourAgo, now),
                    timesBetween(history.samples, now.addSecs(-kWeek), hourAgo.addMSecs(-1))};
        if (one.recent.samples > 0)
            watched.push_back(one);
    }
    return watched;
}

} // namespace

Judged judgeLatencyHistory(const std::vector<MonitorHistory> &monitoring, const Policy &policy, const QDateTime &now)
{
    const std::vector<Watched> watched = watchedOf(monitoring, now);
    if (watched.empty())
        return notRun(labelOf(Need::Samples));
    QJsonArray rows;
    std::vector<Finding> findings;
    for (const Watched &one : watched) {
        rows.append(observedOf(one));
        if (auto finding = findingFor(one, policy))
            findings.push_back(std::move(*finding));
    }
    const QJsonObject observed{{u"monitors"_s, rows},
                               {u"limit_ms"_s, policy.p95LimitMs ? QJsonValue(*policy.p95LimitMs) : QJsonValue()}};
    const auto enough = std::ranges::count_if(watched, [](const Watched &one) { return one.recent.p95.has_value(); });
    if (enough == 0) {
        Judged judged =
            notRun(Text::tr("Fewer than %1 answers in the last hour: too few for a p95. Let the monitor run on.")
                       .arg(kFewestSamplesForP95));
        judged.observed = observed;
        return judged;
    }
    return concluded(std::move(findings),
                     Text::tr("%n address(es) timed over the last hour", nullptr, static_cast<int>(enough)), observed,
                     {});
}

Check latencyMonitorCheck()
{
    return {.id = u"monitor.latency"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::Downtime},
            .needs = {Need::Samples},
            .look = [](const Look &look) {
                return judgeLatencyHistory(look.facts.monitoring, look.policy, look.startedAt);
            }};
}

} // namespace cockpit
