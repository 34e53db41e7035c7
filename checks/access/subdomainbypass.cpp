#include "checks/access/subdomainbypass.h"

#include "checks/access/bypassowed.h"
#include "checks/access/rolerun.h"
#include "checks/actors/routeaddress.h"
#include "checks/net/urlhost.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SubdomainBypass)
};

const QString kId = u"access.subdomain-bypass"_s;
constexpr int kPartsOfBudget = 4;

QStringList hostsToAsk(const Target &target, const ActiveGate *gate)
{
    QStringList hosts;
    for (const Host &host : target.hosts) {
        const bool isAllowed = !gate || gate->covers(host.name);
        if (host.role != HostRole::Mail && isAllowed && !hosts.contains(host.name) &&
            static_cast<std::size_t>(hosts.size()) < kMostBypassHosts)
            hosts.append(host.name);
    }
    return hosts;
}

RequestNeed needFor(const Target &target, const QStringList &hosts)
{
    const int visits = bypassBaselines(target);
    const int most = hosts.size() < 2 ? 0 : bypassCeiling(static_cast<int>(hosts.size()) - 1) + visits;
    return {.account = kId, .most = most, .fewest = std::min(most, kFewestForBypass + visits), .parts = kPartsOfBudget};
}

// As the session is one of the usual host, its cookies stay there; a token goes along.
std::vector<BypassWay> onOtherHosts(const BypassTarget &target, const QStringList &hosts)
{
    std::vector<BypassWay> ways;
    for (const QString &host : hosts) {
        if (host == hostOf(target.url))
            continue;
        ActiveRequest request = requestAt(target.route, target.url);
        request.url.setHost(host);
        ways.push_back({u"other_host"_s, Text::tr("the host %1").arg(host), request});
    }
    return ways;
}

QString titleOf(const QString &code, const QString &label)
{
    Q_UNUSED(code)
    return Text::tr("Another host gives what the usual one refuses: %1").arg(label);
}

Judged look(const Look &look)
{
    const std::vector<TestActor> actors = roleActors(look.facts.actors);
    const QStringList hosts = hostsToAsk(look.target, look.seen.active());
    if (hostsToAsk(look.target, nullptr).size() < 2)
        return notApplicable(Text::tr("The product has one host, as far as it is known here."));
    const QJsonObject before = look.facts.lastObserved(kId);
    if (hosts.size() < 2)
        return withOwed(notRun(Text::tr("The permission of this run covers one host alone. Whether another one gives "
                                        "what it refuses was not tried.")),
                        before);
    Wire wire(look, needFor(look.target, hosts));
    if (!wire.isReady())
        return withOwed(couldNotAsk(wire.isReady().error()), before);
    BypassRun run(look, actors, wire);
    run.result().before = before;
    if (const auto ready = run.findTargets(); !ready)
        return withOwed(couldNotAsk(ready.error()), before);
    run.ask([&](const BypassTarget &target) { return onOtherHosts(target, hosts); });
    run.confirm();
    Judged judged =
        look.seen.token().isCancelled() ? withOwed(stoppedAsking(), before) : judgeSubdomainBypass(run.take(), hosts);
    judged.observed.insert(u"sent"_s, wire.sent());
    return judged;
}

std::vector<RequestNeed> requestsOf(const Outlook &outlook)
{
    return {needFor(outlook.target, hostsToAsk(outlook.target, nullptr))};
}

} // namespace

Judged judgeSubdomainBypass(const BypassLook &look, const QStringList &hosts)
{
    Judged judged =
        judgeBypass(look, {.title = titleOf,
                           .nothingToTry = Text::tr("No address was found that lets one of the test accounts in and "
                                                    "refuses others. Add routes that can be read (GET) and that take "
                                                    "a session."),
                           .passed = Text::tr("%1 requests for private addresses on other hosts were refused")});
    judged.observed.insert(u"hosts"_s, QJsonArray::fromStringList(hosts));
    return judged;
}

Check subdomainBypassCheck()
{
    return {.id = kId,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::DataExposure},
            .needs = {Need::Routes, Need::TestAccounts, Need::Consent},
            .look = look,
            .requests = requestsOf};
}

} // namespace cockpit
