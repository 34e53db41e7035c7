#include "models/targetchange.h"

#include <algorithm>
#include <iterator>
#include <set>

namespace cockpit {

void changeTarget(ProjectState &state, const Target &target)
{
    std::set<QString> gone;
    for (const Host &host : state.settings.target.hosts) {
        if (std::ranges::find(target.hosts, host.name, &Host::name) == target.hosts.end())
            gone.insert(host.name);
    }
    // The whole target is another one when its domain is: nothing said about it holds any more.
    if (state.settings.target.domain != target.domain)
        gone.insert(QString());
    state.settings.target = target;
    // A finding about the whole target may be one of several, told apart by the host that it is about.
    const auto isAboutGone = [&](const Finding &finding) {
        return gone.contains(finding.host) ||
               (finding.host.isEmpty() && !finding.subject.isEmpty() && gone.contains(finding.subject));
    };
    std::erase_if(state.latest, [&](const auto &entry) {
        const CheckResult &result = entry.second;
        return gone.contains(result.host) || std::ranges::any_of(result.findings, isAboutGone);
    });
    std::erase_if(state.decisions, [&](const auto &entry) {
        const auto known = state.findings.find(entry.first);
        return known != state.findings.end() && isAboutGone(known->second.finding);
    });
    std::erase_if(state.findings, [&](const auto &entry) { return isAboutGone(entry.second.finding); });
}

bool isOnTarget(const QString &host, const Target &target)
{
    return host.isEmpty() || std::ranges::find(target.hosts, host, &Host::name) != target.hosts.end();
}

std::vector<Route> routesOnTarget(const ProjectState &state)
{
    std::vector<Route> routes;
    std::ranges::copy_if(state.routes, std::back_inserter(routes),
                         [&](const Route &route) { return isOnTarget(route.host, state.settings.target); });
    return routes;
}

} // namespace cockpit
