#include "checks/access/rolewrites.h"

#include "checks/actors/answertext.h"
#include "checks/actors/canaryremoval.h"
#include "checks/actors/routeaddress.h"
#include "models/routes/pathtemplate.h"

#include <algorithm>
#include <memory>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// A change: sent, read back, undone. A removal: sent, read back.
constexpr int kChangeRequests = 3;
constexpr int kRemoveRequests = 2 + kRemovalControlRequests;

bool isRouteOf(const std::optional<Route> &route, const Route &other)
{
    return route && route->method == other.method && route->path == other.path && route->host == other.host;
}

RoleTry tryOf(const ActiveRequest &request, const Result<HttpResponse> &answer)
{
    if (answer)
        return {.request = request, .answer = *answer};
    return {.request = request, .answer = {}, .problem = answer.error().message};
}

} // namespace

int roleWritesCeiling(const ProjectFacts &facts, int actors)
{
    const auto plans = static_cast<int>(std::min(canaryPlans(facts.routes, facts.samples).size(), kMostWritePlans));
    const int askers = actors + 1;
    const int each =
        kCanaryRequests + kCanaryRemovalRequests + kRemovalControlRequests + 2 * kChangeRequests + 2 * kRemoveRequests;
    return plans * askers * each;
}

RoleWrites::RoleWrites(const Look &look, const std::vector<TestActor> &actors, ActorSessions &accounts,
                       std::vector<RoleRow> &rows, std::function<bool()> mayGoOn)
    : m_look(look), m_actors(actors), m_accounts(accounts), m_rows(rows), m_mayGoOn(std::move(mayGoOn))
{
}

std::vector<UndoReport> RoleWrites::run(const std::function<bool(const TestActor &)> &isUsable)
{
    m_isUsable = isUsable;
    std::vector<UndoReport> reports;
    std::vector<CanaryPlan> plans = canaryPlans(m_look.facts.routes, m_look.facts.samples);
    for (RoleRow &row : m_rows) {
        for (RoleCell &cell : row.cells) {
            if (cell.gap == CellGap::Writes && maySafelyWrite(row.route))
                cell.gap = CellGap::NoCanary;
        }
    }
    if (plans.size() > kMostWritePlans)
        plans.resize(kMostWritePlans);
    for (const CanaryPlan &plan : plans) {
        if (!m_mayGoOn()) {
            noteGap(plan);
            continue;
        }
        UndoList undo([this] { return m_look.seen.isOver(); });
        runPlan(plan, undo);
        reports.push_back(undo.run());
    }
    return reports;
}

void RoleWrites::noteGap(const CanaryPlan &plan)
{
    for (RoleRow &row : m_rows) {
        const bool isOfPlan =
            isRouteOf(plan.create, row.route) || isRouteOf(plan.remove, row.route) || isRouteOf(plan.update, row.route);
        for (RoleCell &cell : row.cells) {
            if (isOfPlan && !cell.own && !cell.foreign)
                cell.gap = CellGap::Budget;
        }
    }
}

void RoleWrites::runPlan(const CanaryPlan &plan, UndoList &undo)
{
    m_planted.clear();
    m_made.clear();
    plantForTenants(plan, undo);
    if (m_planted.empty())
        return;
    createAsOthers(plan, undo);
    if (plan.update)
        changeAsAll(plan);
    removeAsAll(plan);
}

RoleCell *RoleWrites::cellOf(const Route &route, const TestActor *actor)
{
    const auto row = std::ranges::find_if(m_rows, [&](const RoleRow &one) { return isRouteOf(route, one.route); });
    if (row == m_rows.end())
        return nullptr;
    const auto cell = std::ranges::find_if(
        row->cells, [&](const RoleCell &one) { return actor ? one.actor && one.actor->id == actor->id : !one.actor; });
    return cell == row->cells.end() ? nullptr : &*cell;
}

bool RoleWrites::mayAsk(RoleCell &cell)
{
    if (cell.actor && !m_isUsable(*cell.actor)) {
        cell.gap = CellGap::NoSession;
        return false;
    }
    if (!m_mayGoOn()) {
        cell.gap = CellGap::Budget;
        return false;
    }
    return true;
}

// The first of each tenant that may make one. An account without a tenant is one of its own.
void RoleWrites::plantForTenants(const CanaryPlan &plan, UndoList &undo)
{
    for (const TestActor &actor : m_actors) {
        RoleCell *cell = cellOf(plan.create, &actor);
        const bool isServed =
            std::ranges::any_of(m_planted, [&](const Planted &one) { return isSameTenant(*one.owner, actor); });
        if (!cell || isServed || cell->wanted.allowance == Allowance::Denied || !mayAsk(*cell))
            continue;
        if (auto canary = plantAs(plan, *cell, undo))
            m_planted.push_back({&actor, std::move(*canary)});
    }
}

// The answer to the request that makes it is the cell's; that it can be read back proves it. The sender lives on in
// what is to be undone.
std::optional<Canary> RoleWrites::plantAs(const CanaryPlan &plan, RoleCell &cell, UndoList &undo)
{
    const auto first = std::make_shared<std::optional<RoleTry>>();
    // The list of accounts outlives the undo list; the cell may not.
    const auto known =
        std::ranges::find_if(m_actors, [&](const TestActor &one) { return cell.actor && one.id == cell.actor->id; });
    const TestActor *who = known == m_actors.end() ? nullptr : &*known;
    RecordOwner owner = m_accounts.ownerOf(who);
    owner.send = [accounts = &m_accounts, who, first](const ActiveRequest &request) {
        auto answer = accounts->senderOf(who)(request);
        if (!*first)
            *first = tryOf(accounts->dressed(who, request), answer);
        return answer;
    };
    auto canary = plantCanary(plan, m_look.target, owner, undo);
    if (!canary && !*first && canary.error().kind == ErrorKind::NotPermitted && !m_look.seen.isOver()) // not even sent
        m_problem = canary.error().message;
    if (*first) {
        cell.own = **first;
        if (canary)
            cell.own->tookEffect = true;
    }
    return canary ? std::optional(std::move(*canary)) : std::nullopt;
}

void RoleWrites::createAsOthers(const CanaryPlan &plan, UndoList &undo)
{
    const auto isOwner = [this](const TestActor &actor) {
        return std::ranges::any_of(m_planted, [&](const Planted &one) { return one.owner == &actor; });
    };
    if (RoleCell *cell = cellOf(plan.create, nullptr); cell && mayAsk(*cell))
        plantAs(plan, *cell, undo);
    for (const TestActor &actor : m_actors) {
        RoleCell *cell = isOwner(actor) ? nullptr : cellOf(plan.create, &actor);
        if (!cell || cell->own || !mayAsk(*cell))
            continue;
        if (auto canary = plantAs(plan, *cell, undo))
            m_made[actor.id] = {&actor, std::move(*canary)};
    }
}

const RoleWrites::Planted *RoleWrites::ownFor(const RoleCell &cell) const
{
    const auto own = std::ranges::find_if(m_planted, [&](const Planted &one) {
        return !cell.actor || one.owner->id == cell.actor->id || isSameTenant(*one.owner, *cell.actor);
    });
    return own == m_planted.end() ? nullptr : &*own;
}

const RoleWrites::Planted *RoleWrites::foreignFor(const RoleCell &cell) const
{
    if (!cell.actor || cell.wanted.allowance == Allowance::Denied || cell.actor->tenant.trimmed().isEmpty())
        return nullptr;
    const auto other = std::ranges::find_if(m_planted, [&](const Planted &one) {
        return !one.owner->tenant.trimmed().isEmpty() && !isSameTenant(*one.owner, *cell.actor);
    });
    return other == m_planted.end() ? nullptr : &*other;
}

RoleTry RoleWrites::send(const TestActor *actor, const ActiveRequest &request)
{
    return tryOf(m_accounts.dressed(actor, request), m_accounts.ask(actor, request));
}

std::optional<bool> RoleWrites::shows(const CanaryPlan &plan, const Planted &planted, const QString &text)
{
    Canary looked = planted.canary;
    looked.text = text; // by which it is found where only the list shows it
    const auto answer = readCanary(looked, plan, m_look.target, m_accounts.senderOf(planted.owner));
    if (!answer)
        return answer.error().kind == ErrorKind::NotFound ? std::optional(false) : std::nullopt;
    if (answer->status < 200 || answer->status >= 300)
        return std::nullopt;
    return AnswerText::of(*answer).holds(text);
}

RoleTry RoleWrites::change(const CanaryPlan &plan, const RoleCell &cell, const Planted &planted)
{
    const QString text = newCanaryText();
    const auto requestWith = [&](const QString &wanted) {
        const RouteAddress address =
            addressOf(m_look.target, *plan.update, seenIdsOf(plan.create) + QStringList{planted.canary.id});
        ActiveRequest request = requestAt(*plan.update, address.value_or(QUrl()));
        request.writes = true;
        request.headers.push_back({"Content-Type", plan.contentType});
        request.body = bodyWithText(plan.body, plan.contentType, wanted).value_or(QByteArray());
        return request;
    };
    RoleTry asked = send(cell.who(), requestWith(text));
    if (!asked.answer)
        return asked;
    asked.tookEffect = shows(plan, planted, text);
    // As it was, so that the next one finds it, and so that it is known again when it is removed.
    if (asked.tookEffect.value_or(false) && !m_accounts.ask(planted.owner, requestWith(planted.canary.text)))
        asked.problem = u"not changed back"_s;
    return asked;
}

void RoleWrites::changeAsAll(const CanaryPlan &plan)
{
    const auto changeIn = [&](RoleCell *cell) {
        if (!cell)
            return;
        if (const Planted *own = ownFor(*cell); own && mayAsk(*cell))
            cell->own = change(plan, *cell, *own);
        if (const Planted *foreign = foreignFor(*cell); foreign && mayAsk(*cell))
            cell->foreign = change(plan, *cell, *foreign);
    };
    changeIn(cellOf(*plan.update, nullptr));
    for (const TestActor &actor : m_actors)
        changeIn(cellOf(*plan.update, &actor));
}

} // namespace cockpit
