#include "checks/monitor/certificate.h"

#include "checks/net/urlhost.h"
#include "checks/web/report.h"
#include "models/wholedays.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CertificateMonitor)
};

// The days on which people are warned in the field (facts 23.1). That renewal is late is judged by tls.expiry, which
// sees the whole life of the certificate; here the alarm rings.
constexpr int kWarnDays = 7;
constexpr qint64 kOldSampleSeconds = 2LL * 24 * 3600; // a watch that has been silent for longer does not warn anybody

const Sample *lastWithDays(const MonitorHistory &history)
{
    const auto it = std::find_if(history.samples.rbegin(), history.samples.rend(),
                                 [](const Sample &sample) { return sample.certificateDaysLeft.has_value(); });
    return it == history.samples.rend() ? nullptr : &*it;
}

// A sample holds whole days, rounded down: the certificate ends at the earliest after as many, and less than a day
// later.
struct End
{
    QDateTime earliest;
    QDateTime latest; // is over by then
};

End endBy(const Sample &sample)
{
    const QDateTime earliest = sample.at.addDays(*sample.certificateDaysLeft);
    return {earliest, earliest.addDays(1)};
}

// Each earlier sample of the same certificate narrows it down; one that allows for no such end was of another.
End endOf(const MonitorHistory &history, const Sample &last)
{
    End end = endBy(last);
    for (auto it = history.samples.rbegin(); it != history.samples.rend(); ++it) {
        if (!it->certificateDaysLeft)
            continue;
        const End by = endBy(*it);
        if (by.earliest >= end.latest || by.latest <= end.earliest)
            break;
        end = {std::max(end.earliest, by.earliest), std::min(end.latest, by.latest)};
    }
    return end;
}

QString sentenceFor(const QString &host, int daysLeft, bool isOver)
{
    if (isOver)
        return Text::tr("The certificate of %1 ended %n day(s) ago.", nullptr, -daysLeft).arg(host);
    if (daysLeft < 0)
        return Text::tr("The certificate of %1 ends within a day, or has just ended.").arg(host);
    return Text::tr("The certificate of %1 has %n day(s) left. Wanted: more than %2.", nullptr, daysLeft)
        .arg(host, QString::number(kWarnDays));
}

// Counted once, from now: two counts that are rounded down each can be a day off.
std::optional<Finding> findingFor(const Monitor &monitor, const End &end, const QDateTime &now)
{
    const int daysLeft = wholeDays(now, end.earliest);
    if (daysLeft > kWarnDays)
        return std::nullopt;
    const bool isOver = end.latest <= now;
    Finding finding = makeFinding(isOver ? u"expired"_s : u"expiring"_s, isOver ? Severity::Critical : Severity::High,
                                  Proof::Proven, Impact::Downtime,
                                  isOver ? Text::tr("Browsers warn your visitors away: the certificate has expired")
                                         : Text::tr("In a few days browsers will warn your visitors away"),
                                  sentenceFor(hostOf(QUrl(monitor.url)), daysLeft, isOver));
    finding.host = hostOf(QUrl(monitor.url));
    finding.effortMinutes = 60;
    return finding;
}

} // namespace

Judged judgeCertificateHistory(const std::vector<MonitorHistory> &monitoring, const QDateTime &now)
{
    QJsonArray rows;
    std::vector<Finding> findings;
    int fresh = 0;
    for (const MonitorHistory &history : monitoring) {
        const Sample *sample = lastWithDays(history);
        if (!history.monitor.enabled || !sample)
            continue;
        rows.append(QJsonObject{{u"name"_s, history.monitor.name},
                                {u"url"_s, history.monitor.url},
                                {u"days_left"_s, *sample->certificateDaysLeft},
                                {u"last_sample"_s, sample->at.toString(Qt::ISODate)}});
        if (sample->at.secsTo(now) > kOldSampleSeconds)
            continue;
        ++fresh;
        if (auto finding = findingFor(history.monitor, endOf(history, *sample), now))
            findings.push_back(std::move(*finding));
    }
    if (fresh == 0)
        return notRun(rows.isEmpty()
                          ? labelOf(Need::Samples)
                          : Text::tr("The certificate watch has been silent for two days. Keep the program open."));
    return concluded(std::move(findings), Text::tr("%n certificate(s) watched", nullptr, fresh),
                     {{u"monitors"_s, rows}}, {});
}

Check certificateMonitorCheck()
{
    return {.id = u"monitor.certificate"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::Downtime},
            .needs = {Need::Samples},
            .look = [](const Look &look) { return judgeCertificateHistory(look.facts.monitoring, look.startedAt); }};
}

} // namespace cockpit
