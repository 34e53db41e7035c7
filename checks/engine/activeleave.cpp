#include "checks/engine/activeleave.h"

#include "models/hostname.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool leadsAway(const Host &host, std::uint16_t port, const NetOptions &net)
{
    const auto elsewhere = net.connectOverrideFor(host.name, port);
    return elsewhere && !hostname::isLoopback(elsewhere->ip);
}

bool isAtHome(const Host &host, const NetOptions &net)
{
    return !net.homeDomain.isEmpty() && (host.name == net.homeDomain || host.name.endsWith(u'.' + net.homeDomain));
}

// Active requests go to the HTTPS port of a host and nowhere else; who leads its HTTP port to a third place has more in
// mind than a lab.
bool leadsHere(const Host &host, const NetOptions &net)
{
    const bool isHere = hostname::isLoopback(host.name) || isAtHome(host, net);
    const bool isLedSomewhere = net.connectOverrideFor(host.name, host.httpsPort).has_value();
    return (isHere || isLedSomewhere) && !leadsAway(host, host.httpsPort, net) && !leadsAway(host, kHttpPort, net);
}

bool isAsked(const Host &host)
{
    return host.role != HostRole::Mail;
}

bool isLedAway(const Target &target, const NetOptions &net)
{
    return std::ranges::any_of(target.hosts, [&](const Host &host) {
        return isAsked(host) && (leadsAway(host, host.httpsPort, net) || leadsAway(host, kHttpPort, net));
    });
}

QStringList askedHosts(const Target &target)
{
    QStringList names;
    for (const Host &host : target.hosts) {
        if (isAsked(host) && !names.contains(host.name))
            names << host.name;
    }
    return names;
}

// The same target under the name of this machine.
Target atHome(Target target)
{
    for (Host &host : target.hosts)
        host.name = u"localhost"_s;
    return target;
}

} // namespace

bool leadsToThisComputer(const Target &target, const NetOptions &net)
{
    return std::ranges::any_of(target.hosts, isAsked) &&
           std::ranges::all_of(target.hosts, [&](const Host &host) { return !isAsked(host) || leadsHere(host, net); });
}

// What is led here stands here, whatever its name; whether that is so is for the options of this run to say and never
// for a file.
ActiveLeave activeLeave(const ProjectState &project, const NetOptions &net, const QDateTime &now)
{
    const Target &target = project.settings.target;
    const bool isHere = leadsToThisComputer(target, net);
    ActiveLeave leave{.state = permissionState(project.permission, isHere ? atHome(target) : target, now)};
    // A name that is this computer's, or that was proven, says nothing about an address that it is led to.
    if (leave.state == PermissionState::Given && isLedAway(target, net))
        leave.state = PermissionState::NotProven;
    if (leave.state != PermissionState::Given)
        return leave;
    leave.terms = activeTermsOf(project.permission, target, project.actors, {});
    if (isHere) { // where each leads to decides, and not what was proven
        leave.terms->hosts = askedHosts(target);
        leave.terms->isHere = true;
    }
    return leave;
}

void give(const ActiveLeave &leave, const std::shared_ptr<UndoJournal> &journal, PlanRequest &request)
{
    request.permission = leave.state;
    request.active = leave.terms;
    if (request.active)
        request.active->journal = journal;
}

} // namespace cockpit
