#include "app/cli/auditsetup.h"

#include "checks/net/trustroots.h"
#include "models/routesfile.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QHostAddress>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

// A host that is known stays in its place: the first one is the address that was typed.
Result<void> addHost(Target &target, const Host &host)
{
    const auto known = std::ranges::find(target.hosts, host.name, &Host::name);
    if (known == target.hosts.end()) {
        target.hosts.push_back(host);
        return {};
    }
    // No page of a mail host is looked at, so that everything said about this one would vanish without a word.
    if (host.role == HostRole::Mail && known->role != HostRole::Mail)
        return failure(ErrorKind::BadInput,
                       Text::tr("%1 is looked at as a website, so --host mail=%1 cannot be. The hosts that take its "
                                "mail are found by themselves.")
                           .arg(host.name));
    *known = host;
    return {};
}

Result<void> addHosts(Target &target, const std::vector<HostOption> &hosts)
{
    for (const HostOption &option : hosts) {
        const auto parsed = parseAddress(option.name);
        if (!parsed)
            return tl::unexpected(parsed.error());
        Host host = parsed->hosts.front();
        host.role = option.role;
        if (auto added = addHost(target, host); !added)
            return added;
    }
    return {};
}

// An unreadable file or a project of the future is not the fault of what was typed.
Error asStorageError(Error error)
{
    if (error.kind == ErrorKind::BadInput)
        error.kind = ErrorKind::Storage;
    return error;
}

Result<void> fromProject(AuditSetup &setup, const QString &file)
{
    auto store = ProjectStore::open(file, OpenMode::ReadWrite);
    if (!store)
        return tl::unexpected(asStorageError(store.error()));
    auto state = (*store)->load();
    if (!state)
        return tl::unexpected(asStorageError(state.error()));
    setup.store = std::move(*store);
    setup.known = std::move(*state);
    return {};
}

Result<void> fromPractice(AuditSetup &setup)
{
    auto company = PracticeCompany::start();
    if (!company)
        return tl::unexpected(company.error());
    setup.practice = std::move(*company);
    setup.known.settings = setup.practice->settings();
    setup.known.routes = setup.practice->routes();
    setup.known.sources = setup.practice->sources();
    setup.request.net = setup.practice->netOptions(setup.request.net);
    return {};
}

Result<void> fromAddress(AuditSetup &setup, const QString &typed)
{
    auto target = parseAddress(typed);
    if (!target)
        return tl::unexpected(target.error());
    setup.known.settings.target = std::move(*target);
    setup.known.settings.name = setup.known.settings.target.domain;
    setup.known.settings.roadmapId = QString::fromLatin1(kDefaultRoadmapId);
    return {};
}

Result<void> findTarget(AuditSetup &setup, const Options &options)
{
    if (options.demo)
        return fromPractice(setup);
    if (!options.projectFile.isEmpty())
        return fromProject(setup, options.projectFile);
    return fromAddress(setup, options.subject);
}

Result<void> verifyCaFile(const QString &path)
{
    const QFileInfo file(path);
    if (path.isEmpty())
        return {};
    if (!file.isFile() || !file.isReadable())
        return failure(ErrorKind::NotFound, Text::tr("The file of trusted roots %1 cannot be read.").arg(path));
    return loadTrustRoots(path).map([](const X509StorePtr &) {});
}

bool leadsAway(const Host &host, std::uint16_t port, const NetOptions &net)
{
    const auto elsewhere = net.connectOverrideFor(host.name, port);
    return elsewhere && !QHostAddress(elsewhere->ip).isLoopback();
}

// Active requests go to the HTTPS port of a host and nowhere else; who leads its HTTP port to a third place has more in
// mind than a lab.
bool leadsHere(const Host &host, const NetOptions &net)
{
    const bool isHere = host.name == "localhost"_L1 || QHostAddress(host.name).isLoopback();
    const bool isLedSomewhere = net.connectOverrideFor(host.name, host.httpsPort).has_value();
    return (isHere || isLedSomewhere) && !leadsAway(host, host.httpsPort, net) && !leadsAway(host, kHttpPort, net);
}

// The practice company runs inside this program, and its name server knows nobody else.
bool isPractice(const Host &host, const AuditSetup &setup)
{
    return setup.practice && std::ranges::count(setup.practice->settings().target.hosts, host.name, &Host::name) > 0;
}

// Active checks send hostile requests; what leads to this computer alone counts as owned, and --active agrees to it.
// For any other target the project has to hold the permission.
Result<void> allowActive(AuditSetup &setup, const Options &options)
{
    PlanRequest &plan = setup.request.plan;
    plan.permission = permissionState(setup.known.permission, plan.target, QDateTime::currentDateTimeUtc());
    if (!options.active)
        return {};
    if (plan.permission == PermissionState::Stopped) // on this computer, too
        return failure(ErrorKind::NotPermitted, sentenceOf(plan.permission));
    plan.active = activeTermsOf(setup.known.permission, plan.target, setup.known.actors, {});
    if (plan.permission == PermissionState::Given)
        return {};
    const auto &hosts = plan.target.hosts;
    plan.active->hosts.clear(); // where each leads to decides, and not what was proven
    for (const Host &host : hosts) {
        if (host.role != HostRole::Mail)
            plan.active->hosts.append(host.name);
    }
    const auto away = std::ranges::find_if(
        hosts, [&](const Host &host) { return !isPractice(host, setup) && !leadsHere(host, setup.request.net); });
    if (away == hosts.end())
        return {};
    return failure(ErrorKind::BadInput,
                   Text::tr("--active needs your permission for %1: %2").arg(away->name, sentenceOf(plan.permission)));
}

Result<void> addRoutes(AuditSetup &setup, const QString &file)
{
    if (file.isEmpty())
        return {};
    auto routes = readRoutesFile(file);
    if (!routes)
        return tl::unexpected(routes.error());
    // A HAR file also holds what the pages ask of others: that is not for us to look at.
    const Target &target = setup.known.settings.target;
    const Host *usual = apiHost(target);
    setup.known.routes =
        mergedRoutes(std::move(setup.known.routes), ownRoutes(*routes, target).routes, usual ? usual->name : QString());
    return {};
}

// Monitors and their samples are known to a project only.
Result<std::vector<MonitorHistory>> historyOf(const AuditSetup &setup)
{
    constexpr int kDays = 30; // the window that the monitoring figures are worked out over
    std::vector<MonitorHistory> history;
    if (!setup.store)
        return history;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const Monitor &monitor : setup.known.monitors) {
        auto samples = setup.store->samples(monitor.id, now.addDays(-kDays), now);
        if (!samples)
            return tl::unexpected(samples.error());
        history.push_back({monitor, std::move(*samples)});
    }
    return history;
}

void fillPlan(AuditSetup &setup, const Options &options, Roadmap roadmap, std::vector<MonitorHistory> history)
{
    PlanRequest &plan = setup.request.plan;
    plan.target = setup.known.settings.target;
    plan.roadmap = std::move(roadmap);
    plan.facts = projectFactsOf(setup.known);
    plan.facts.dkimSelectors += options.dkimSelectors;
    plan.facts.sources.insert(plan.facts.sources.end(), options.sources.begin(), options.sources.end());
    plan.facts.monitoring = std::move(history);
    plan.stage = options.stage;
    plan.only = options.only;
    plan.skip = options.skip;
}

} // namespace

Result<AuditSetup> prepareAudit(const Options &options, const Composition &composition)
{
    AuditSetup setup;
    setup.request.net = options.net;
    setup.request.language = composition.language;
    // Routes come last: which of them are the product's own depends on its hosts.
    auto ready = verifyCaFile(options.net.caFile)
                     .and_then([&] { return findTarget(setup, options); })
                     .and_then([&] { return addHosts(setup.known.settings.target, options.hosts); })
                     .and_then([&] { return addRoutes(setup, options.routesFile); });
    if (!ready)
        return tl::unexpected(ready.error());
    auto roadmap =
        composition.roadmap(options.roadmapId.isEmpty() ? setup.known.settings.roadmapId : options.roadmapId);
    if (!roadmap)
        return tl::unexpected(roadmap.error());
    auto history = historyOf(setup);
    if (!history)
        return tl::unexpected(history.error());
    fillPlan(setup, options, std::move(*roadmap), std::move(*history));
    if (auto allowed = allowActive(setup, options); !allowed)
        return tl::unexpected(allowed.error());
    return setup;
}

} // namespace cockpit
