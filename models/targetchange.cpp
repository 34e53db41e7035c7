#include "models/targetchange.h"

#include <algorithm>
#include <set>

namespace cockpit {

void changeTarget(ProjectState &state, const Target &target)
{
    std::set<QString> gone;
    for (const Host &host : state.settings.target.hosts) {
        if (std::ranges::find(target.hosts, host.name, &Host::name) == target.hosts.end())
            gone.insert(host.name);
    }
    state.settings.target = target;
    const auto isAboutGone = [&](const Finding &finding) { return gone.contains(finding.host); };
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

} // namespace cockpit
