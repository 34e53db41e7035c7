#include "ui/monitoring/monitorproposals.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MonitorProposals)
};

// Certificates change once in weeks; twelve hours still leaves time to act on the last day of a renewal window.
constexpr std::chrono::seconds kCertificateInterval = std::chrono::hours(12);

QString addressOf(const Host &host, const QString &path)
{
    QUrl url;
    url.setScheme(u"https"_s);
    url.setHost(host.name);
    if (host.httpsPort != kHttpsPort)
        url.setPort(host.httpsPort);
    url.setPath(path);
    return url.toString(QUrl::FullyEncoded);
}

const Host *hostWithRole(const Target &target, HostRole role)
{
    const auto it = std::ranges::find(target.hosts, role, &Host::role);
    return it == target.hosts.end() ? nullptr : &*it;
}

void propose(std::vector<Monitor> &monitors, const Host *host, const QString &name, const QString &path)
{
    if (!host)
        return;
    monitors.push_back({.kind = MonitorKind::Uptime, .name = name, .url = addressOf(*host, path)});
}

bool isWatched(const Monitor &proposal, const std::vector<Monitor> &watched)
{
    return std::ranges::any_of(
        watched, [&](const Monitor &monitor) { return monitor.kind == proposal.kind && monitor.url == proposal.url; });
}

} // namespace

std::vector<Monitor> proposedMonitors(const Target &target)
{
    const Host *site = hostWithRole(target, HostRole::Site);
    const Host *app = hostWithRole(target, HostRole::App);
    const Host *api = hostWithRole(target, HostRole::Api);
    if (!site && !app && !api && !target.hosts.empty())
        site = &target.hosts.front();
    std::vector<Monitor> monitors;
    propose(monitors, site, Text::tr("Homepage"), u"/"_s);
    propose(monitors, app, Text::tr("App"), u"/"_s);
    propose(monitors, api, Text::tr("API health"), u"/health"_s);
    for (const Host *host : {site, app, api}) {
        if (!host)
            continue;
        monitors.push_back({.kind = MonitorKind::Certificate,
                            .name = Text::tr("Certificate of %1").arg(displayName(host->name)),
                            .url = addressOf(*host, u"/"_s),
                            .interval = kCertificateInterval});
    }
    return monitors;
}

std::vector<Monitor> missingMonitors(const Target &target, const QStringList &checkIds,
                                     const std::vector<Monitor> &existing)
{
    std::vector<MonitorKind> wanted;
    for (const QString &id : checkIds) {
        if (const auto kind = monitorKindOfCheck(id))
            wanted.push_back(*kind);
    }
    std::vector<Monitor> missing = proposedMonitors(target);
    std::erase_if(missing, [&](const Monitor &proposal) {
        return std::ranges::find(wanted, proposal.kind) == wanted.end() || isWatched(proposal, existing);
    });
    return missing;
}

std::vector<Monitor> alsoWatched(std::vector<Monitor> watched, const std::vector<Monitor> &toAdd)
{
    for (const Monitor &monitor : toAdd) {
        if (!isWatched(monitor, watched))
            watched.push_back(monitor);
    }
    return watched;
}

// Latency is read from the same samples as uptime, so it asks for no monitor of its own.
std::optional<MonitorKind> monitorKindOfCheck(QStringView checkId)
{
    if (checkId == "monitor.uptime"_L1 || checkId == "monitor.latency"_L1)
        return MonitorKind::Uptime;
    if (checkId == "monitor.certificate"_L1)
        return MonitorKind::Certificate;
    return std::nullopt;
}

QString labelOf(MonitorKind kind)
{
    switch (kind) {
    case MonitorKind::Uptime:
        return Text::tr("Page or API");
    case MonitorKind::Latency:
        return Text::tr("Response time only");
    case MonitorKind::Certificate:
        return Text::tr("Certificate");
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
