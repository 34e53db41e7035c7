#include "checks/engine/plan.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>
#include <tuple>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Plan)
};

constexpr auto kFamilyPattern = ".*"_L1;

bool matches(const QString &pattern, const QString &id)
{
    if (pattern.endsWith(kFamilyPattern))
        return id.startsWith(QStringView(pattern).chopped(1));
    return pattern == id;
}

bool matchesAny(const QStringList &patterns, const QString &id)
{
    return std::ranges::any_of(patterns, [&](const QString &p) { return matches(p, id); });
}

Result<void> verifyPatterns(const QStringList &patterns, const CheckCatalog &catalog)
{
    for (const QString &pattern : patterns) {
        const auto &all = catalog.entries();
        if (std::ranges::none_of(all, [&](const CatalogEntry &e) { return matches(pattern, e.id); })) {
            return failure(
                ErrorKind::BadInput,
                Text::tr("There is no check \"%1\". Did you mean \"%2\"?").arg(pattern, catalog.nearest(pattern)));
        }
    }
    return {};
}

bool isWanted(const PlanRequest &request, const QString &id)
{
    if (!request.only.isEmpty() && !matchesAny(request.only, id))
        return false;
    if (matchesAny(request.skip, id))
        return false;
    return request.stage == 0 || request.roadmap.checkIds(request.stage).contains(id);
}

QString unbuiltReason(CheckKind kind)
{
    if (kind == CheckKind::Guided)
        return Text::tr("A person answers this: nothing outside can prove it.");
    return Text::tr("Not built yet. You can answer it yourself.");
}

bool readsPasted(const Check &check, const PastedText &pasted)
{
    return pasted.text && std::ranges::find(check.sources, pasted.kind) != check.sources.end();
}

// The first need that the request does not meet, if there is one.
std::optional<Need> unmetNeed(const Check &check, const PlanRequest &request)
{
    for (const Need need : check.needs) {
        switch (need) {
        case Need::Routes:
            if (request.facts.routes.empty())
                return need;
            break;
        case Need::Redirects:
            if (request.facts.redirects.empty())
                return need;
            break;
        case Need::Samples:
            if (request.facts.monitoring.empty())
                return need;
            break;
        case Need::Message:
            if (!request.facts.delivery)
                return need;
            break;
        case Need::Consent: // reasonNotToRun() says why there is none
            break;
        case Need::TestAccounts:
            if (request.facts.actors.empty())
                return need;
            break;
        case Need::ApiToken:
            if (!request.facts.edgeToken)
                return need;
            break;
        case Need::Folder:
            if (!hasSourceFor(check, request.facts.sources) && !readsPasted(check, request.pasted))
                return need;
            break;
        case Need::Answer:
            return need;
        }
    }
    return std::nullopt;
}

// Active checks send hostile requests, and test accounts sign in where they change things.
bool needsPermission(const Check &check, CheckKind kind)
{
    return kind == CheckKind::Active || std::ranges::find(check.needs, Need::Consent) != check.needs.end() ||
           std::ranges::find(check.needs, Need::TestAccounts) != check.needs.end();
}

// Empty when it can run. What the person has to bring comes first: permission is asked for when it is of use.
QString reasonNotToRun(const Check &check, CheckKind kind, const PlanRequest &request)
{
    if (const auto need = unmetNeed(check, request))
        return labelOf(*need);
    if (!needsPermission(check, kind) || request.active)
        return {};
    return request.permission == PermissionState::Given ? labelOf(Need::Consent) : sentenceOf(request.permission);
}

bool isAskedOn(const Check &check, const Host &host)
{
    if (check.roles.empty())
        return host.role != HostRole::Mail;
    return std::ranges::find(check.roles, host.role) != check.roles.end();
}

QStringList hostsAskedBy(const Check &check, const Target &target)
{
    QStringList names;
    for (const Host &host : target.hosts) {
        if (isAskedOn(check, host))
            names.append(host.name);
    }
    return names;
}

void planBuilt(Plan &plan, const Check &check, CheckKind kind, const PlanRequest &request)
{
    if (check.scope == Scope::EachHost)
        plan.askedHosts.emplace(check.id, hostsAskedBy(check, request.target));
    PlannedCheck planned{.checkId = check.id, .host = {}, .runs = true, .outcomeIfNot = Outcome::NotRun, .reason = {}};
    planned.reason = reasonNotToRun(check, kind, request);
    planned.runs = planned.reason.isEmpty();
    if (check.scope == Scope::Target || !planned.runs) {
        plan.checks.push_back(planned);
        return;
    }
    bool asked = false;
    for (const Host &host : request.target.hosts) {
        if (!isAskedOn(check, host))
            continue;
        asked = true;
        if (request.onlyHost && *request.onlyHost != host.name)
            continue;
        planned.host = host;
        plan.checks.push_back(planned);
    }
    if (!asked) {
        planned.runs = false;
        planned.outcomeIfNot = Outcome::NotApplicable;
        planned.reason = Text::tr("The project has no host that this is about.");
        plan.checks.push_back(planned);
    }
}

// What could hurt most is looked for first: what checks say of themselves, then what their findings can raise, in the
// order of the vocabulary, then the catalogue.
int spendingRank(const Check &check)
{
    if (check.spendsFirst)
        return -1;
    const auto gravest = std::ranges::min_element(check.impacts);
    return gravest == check.impacts.end() ? std::numeric_limits<int>::max() : static_cast<int>(*gravest);
}

using Needs = std::vector<RequestNeed>;

// What the planned checks need, by the index of their line.
std::vector<std::pair<const Check *, Needs>> needsOf(const Plan &plan, const PlanRequest &request,
                                                     const CheckRegistry &registry)
{
    std::vector<std::pair<const Check *, Needs>> needs;
    for (const PlannedCheck &planned : plan.checks) {
        const Check *check = planned.runs ? registry.find(planned.checkId) : nullptr;
        const bool asks = check && check->requests && request.active;
        needs.emplace_back(check, asks ? check->requests({request.target, request.facts}) : Needs());
    }
    return needs;
}

bool getsNothing(const Needs &needs, const std::vector<Allotment> &allotments)
{
    const auto isGranted = [&](const RequestNeed &need) {
        const auto it = std::ranges::find(allotments, need.account, &Allotment::account);
        return it != allotments.end() && it->granted > 0;
    };
    return !needs.empty() && std::ranges::none_of(needs, isGranted);
}

void planRequests(Plan &plan, const PlanRequest &request, const CheckRegistry &registry)
{
    const auto needs = needsOf(plan, request, registry);
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < needs.size(); ++i) {
        const Check *check = needs[i].first;
        plan.checks[i].turn = check ? check->turn : LookTurn::BesideOthers;
        // It sends nothing by itself, and waits for the others all the same: it reads what they found (LooksSoFar).
        plan.checks[i].getsLeftovers = plan.checks[i].turn == LookTurn::AloneLast && !check->requests;
        if (!needs[i].second.empty())
            order.push_back(i);
    }
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return spendingRank(*needs[i].first); });
    for (const std::size_t i : order)
        plan.claims.push_back({.needs = needs[i].second, .isLast = plan.checks[i].turn != LookTurn::BesideOthers});
    if (plan.claims.empty())
        return;
    const int budget = request.active->budget.requests;
    const auto accounts = static_cast<int>(request.active->secrets.size());
    plan.allotments = allot(plan.claims, budget - keptForSignIns(budget, accounts));
    for (const std::size_t i : order)
        plan.checks[i].getsLeftovers = getsNothing(needs[i].second, plan.allotments);
}

std::size_t placeIn(const std::vector<Allotment> &allotments, const QString &account)
{
    return static_cast<std::size_t>(std::ranges::find(allotments, account, &Allotment::account) - allotments.begin());
}

} // namespace

std::vector<PlannedCheck> startOrder(const Plan &plan)
{
    std::vector<PlannedCheck> order;
    std::ranges::copy_if(plan.checks, std::back_inserter(order), &PlannedCheck::runs);
    std::ranges::stable_sort(order, {}, [&](const PlannedCheck &one) {
        return std::tuple(one.turn, one.getsLeftovers, one.getsLeftovers ? placeIn(plan.allotments, one.checkId) : 0);
    });
    return order;
}

int Plan::runCount() const
{
    return static_cast<int>(std::ranges::count(checks, true, &PlannedCheck::runs));
}

QStringList readersOf(SourceKind pasted, const CheckRegistry &registry)
{
    QStringList ids;
    for (const Check &check : registry.checks()) {
        if (std::ranges::find(check.sources, pasted) != check.sources.end())
            ids << check.id;
    }
    return ids;
}

bool hasSourceFor(const Check &check, const std::vector<LocalSource> &sources)
{
    return std::ranges::any_of(sources, [&](const LocalSource &source) {
        return std::ranges::find(check.sources, source.kind) != check.sources.end();
    });
}

Result<Plan> makePlan(const PlanRequest &request, const CheckCatalog &catalog, const CheckRegistry &registry)
{
    if (auto valid = verifyPatterns(request.only + request.skip, catalog); !valid)
        return tl::unexpected(valid.error());
    Plan plan;
    for (const CatalogEntry &entry : catalog.entries()) {
        if (!isWanted(request, entry.id))
            continue;
        if (const Check *check = registry.find(entry.id)) {
            planBuilt(plan, *check, entry.kind, request);
        } else {
            plan.checks.push_back({.checkId = entry.id,
                                   .host = {},
                                   .runs = false,
                                   .outcomeIfNot = Outcome::NotRun,
                                   .reason = unbuiltReason(entry.kind)});
        }
    }
    planRequests(plan, request, registry);
    return plan;
}

bool looksFor(Need need, const PlanRequest &request, const CheckCatalog &catalog, const CheckRegistry &registry)
{
    return std::ranges::any_of(catalog.entries(), [&](const CatalogEntry &entry) {
        const Check *check = isWanted(request, entry.id) ? registry.find(entry.id) : nullptr;
        return check && std::ranges::find(check->needs, need) != check->needs.end();
    });
}

Policy policyOf(const Roadmap &roadmap)
{
    Policy policy;
    policy.p95LimitMs = roadmap.p95LimitMs();
    for (const Item *item : roadmap.items()) {
        if (item->threshold && item->threshold->p95RiseFactorAlarm)
            policy.p95RiseFactorAlarm = *item->threshold->p95RiseFactorAlarm;
    }
    return policy;
}

} // namespace cockpit
