#include "app/cli/auditsetup.h"

#include "checks/net/trustroots.h"
#include "models/routesfile.h"

#include <QCoreApplication>
#include <QFileInfo>

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

Result<void> fromProject(AuditSetup &setup, const QString &file, const Composition &composition)
{
    auto store = ProjectStore::open(file, OpenMode::ReadWrite);
    if (!store)
        return tl::unexpected(asStorageError(store.error()));
    auto state = (*store)->load();
    if (!state)
        return tl::unexpected(asStorageError(state.error()));
    auto left = (*store)->journal();
    if (!left)
        return tl::unexpected(asStorageError(left.error()));
    setup.store = std::move(*store);
    setup.known = std::move(*state);
    setup.left.before = std::move(*left);
    setup.journal = std::make_shared<ProjectJournal>(setup.store->path());
    setup.known.permission = ownPermission(setup.known.permission, composition.machineKey());
    return {};
}

Result<void> fromPractice(AuditSetup &setup)
{
    auto company = PracticeCompany::start();
    if (!company)
        return tl::unexpected(company.error());
    setup.practice = std::move(*company);
    setup.known = setup.practice->project();
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

Result<void> findTarget(AuditSetup &setup, const Options &options, const Composition &composition)
{
    if (options.demo)
        return fromPractice(setup);
    if (!options.projectFile.isEmpty())
        return fromProject(setup, options.projectFile, composition);
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
    plan.answers = setup.known.answers;
    plan.facts.dkimSelectors += options.dkimSelectors;
    plan.facts.sources.insert(plan.facts.sources.end(), options.sources.begin(), options.sources.end());
    plan.facts.monitoring = std::move(history);
    plan.stage = options.stage;
    plan.only = options.only;
    plan.skip = options.skip;
    plan.permission = permissionState(setup.known.permission, plan.target, QDateTime::currentDateTimeUtc());
    if (plan.permission == PermissionState::Given) // until --active is asked for
        plan.permission = PermissionState::NotAgreed;
}

} // namespace

Result<AuditSetup> prepareAudit(const Options &options, const Composition &composition)
{
    AuditSetup setup;
    setup.request.net = options.net;
    setup.request.isDeadlineFixed = options.isDeadlineFixed;
    setup.request.language = composition.language;
    // Routes come last: which of them are the product's own depends on its hosts.
    auto ready = verifyCaFile(options.net.caFile)
                     .and_then([&] { return findTarget(setup, options, composition); })
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
    setup.removesLeft = options.removeLeft && options.active && !setup.left.before.empty();
    fillPlan(setup, options, std::move(*roadmap), std::move(*history));
    return setup;
}

} // namespace cockpit
