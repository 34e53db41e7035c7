#include "checks/access/rolerun.h"

#include "checks/access/roleplan.h"
#include "checks/access/rolewrites.h"
#include "checks/actors/accountstate.h"
#include "checks/actors/crew.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/testtexts.h"
#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "models/routes/pathtemplate.h"
#include "models/routes/routelist.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kControlRequests = 2; // for each account, at the end

HttpGet strangersQuestion(const ActiveRequest &request)
{
    return HttpGet{.url = request.url, .method = request.method};
}

bool isSuccess(const RoleTry &asked)
{
    return asked.answer && asked.answer->status >= 200 && asked.answer->status < 300;
}

RoleTry tryOf(const ActiveRequest &request, const Result<HttpResponse> &answer)
{
    if (answer)
        return {.request = request, .answer = *answer};
    return {.request = request, .answer = {}, .problem = answer.error().message};
}

// By the hosts that routes name, and the usual one.
int baselinesCeiling(const std::vector<Route> &routes)
{
    QStringList hosts;
    for (const Route &route : routes) {
        if (!hosts.contains(route.host))
            hosts.append(route.host);
    }
    return kBaselineRequests * static_cast<int>(hosts.size());
}

} // namespace

std::vector<TestActor> roleActors(const std::vector<TestActor> &actors)
{
    std::vector<TestActor> accounts = actors;
    std::erase_if(accounts, [](const TestActor &one) { return !isForSigningIn(one); });
    std::vector<TestActor> kept = accounts;
    std::erase_if(kept, [](const TestActor &one) { return one.isThrowAway; });
    return kept.empty() ? accounts : kept;
}

int roleCeiling(const ProjectFacts &facts)
{
    const auto actors = static_cast<int>(roleActors(facts.actors).size());
    return baselinesCeiling(facts.routes) + kControlRequests * actors + roleReadsCeiling(facts.routes, actors) +
           roleWritesCeiling(facts, actors) + confirmingCeiling(facts.routes, actors);
}

RoleRun::RoleRun(const Look &look, const std::vector<TestActor> &actors, Wire &wire)
    : m_look(look), m_actors(actors), m_wire(wire), m_accounts(actors, wire)
{
    makeRows();
}

void RoleRun::makeRows()
{
    m_result.testTexts = testTextsOf(m_look.facts);
    std::vector<Route> routes = m_look.facts.routes;
    for (std::size_t i = kMostRoleRoutes; i < routes.size(); ++i)
        m_result.leftOut.append(routeName(routes[i]));
    if (routes.size() > kMostRoleRoutes)
        routes.resize(kMostRoleRoutes);
    const QStringList roles = matrixRoles(m_actors);
    for (const AccessRow &said : accessMatrix(routes, m_look.facts.accessRules, roles)) {
        RoleRow row{said.route, {}};
        const CellGap gap = !isAskableRead(said.route)  ? CellGap::Writes
                            : hasHoles(said.route.path) ? CellGap::NoSeenId
                                                        : CellGap::OtherHost;
        row.cells.push_back({.wanted = said.cells.front(), .gap = gap});
        for (const TestActor &actor : m_actors)
            row.cells.push_back({.actor = actor,
                                 .wanted = said.cells.at(static_cast<std::size_t>(roles.indexOf(actor.role))),
                                 .gap = gap});
        m_result.rows.push_back(std::move(row));
    }
    const auto actors = static_cast<int>(m_actors.size());
    const int writes = std::min(roleWritesCeiling(m_look.facts, actors), m_wire.left() / 3);
    const int confirming = std::min(confirmingCeiling(m_look.facts.routes, actors), m_wire.left() / 10);
    const int reserved = writes + kControlRequests * actors + baselinesCeiling(m_look.facts.routes) + confirming;
    chooseCells(m_result.rows, m_wire.left() - reserved);
}

Result<void> RoleRun::begin()
{
    std::optional<Error> first;
    for (const TestActor &actor : m_actors) {
        const auto ready = m_accounts.signIn(actor);
        if (ready)
            continue;
        m_failed[actor.id] = ready.error().message;
        m_result.problems.append(ready.error().message);
        if (!first)
            first = ready.error();
    }
    if (first && m_failed.size() == m_actors.size())
        return tl::unexpected<Error>(*first);
    askBaselines();
    return {};
}

void RoleRun::askBaselines()
{
    std::vector<HttpGet> questions;
    QStringList asked;
    for (const RoleRow &row : m_result.rows) {
        const Host *host = hostFor(m_look.target, row.route);
        if (!host || asked.contains(host->name))
            continue;
        asked.append(host->name);
        const QString word = probeWord(host->name + m_look.startedAt.toString(Qt::ISODateWithMs));
        questions.push_back(HttpGet{httpsAddress(*host, u'/' + word)});
        questions.push_back(HttpGet{httpsAddress(*host, u"/api/"_s + word)});
    }
    for (const auto &answer : m_look.seen.askAll(questions)) {
        if (*answer)
            m_result.baselines.push_back(**answer);
    }
}

bool RoleRun::mayGoOn()
{
    return !m_look.seen.isOver() && m_refusedAsTooMany < kMostRefusedAsTooMany &&
           m_wire.left() > kControlRequests * static_cast<int>(m_actors.size());
}

RoleTry RoleRun::tryAs(const TestActor *actor, const ActiveRequest &request)
{
    // As a visitor without an account: asked once for all checks, and counted where it is sent.
    const bool isShared = !actor && (request.method == "GET" || request.method == "HEAD");
    const Result<HttpResponse> answer =
        isShared ? *m_look.seen.ask(strangersQuestion(request)) : m_accounts.ask(actor, request);
    if (answer && answer->status == 429)
        ++m_refusedAsTooMany;
    return tryOf(m_accounts.dressed(actor, request), answer);
}

void RoleRun::askCell(RoleCell &cell, std::optional<RoleTry> RoleCell::*place, const ActiveRequest &request)
{
    if (cell.actor && !isUsable(*cell.actor))
        cell.gap = CellGap::NoSession;
    else if (!mayGoOn())
        cell.gap = m_refusedAsTooMany >= kMostRefusedAsTooMany ? CellGap::Limited : CellGap::Budget;
    else
        cell.*place = tryAs(cell.who(), request);
}

// In one go: they share a connection then, and each is known when its cell asks.
void RoleRun::askAsStrangers()
{
    std::vector<HttpGet> questions;
    for (const RoleRow &row : m_result.rows) {
        const RouteAddress address = addressOf(m_look.target, row.route);
        const bool isChosen = isOf(Round::Chosen, row.cells.front());
        if (isAskableRead(row.route) && !hasHoles(row.route.path) && address && isChosen)
            questions.push_back(strangersQuestion(requestAt(row.route, *address)));
    }
    m_look.seen.askAll(questions);
}

bool RoleRun::isOf(Round round, const RoleCell &cell) const
{
    switch (round) {
    case Round::Chosen:
        return cell.gap != CellGap::Budget;
    case Round::LeftOut:
        return cell.gap == CellGap::Budget && !cell.own;
    }
    Q_UNREACHABLE();
}

void RoleRun::ask()
{
    askAsStrangers();
    askReads(Round::Chosen);
    askRecords(Round::Chosen);
    askWrites();
    askReads(Round::LeftOut);
    askRecords(Round::LeftOut);
    confirmExceeding();
    confirmSessions();
}

void RoleRun::askReads(Round round)
{
    for (RoleRow &row : m_result.rows) {
        if (!isAskableRead(row.route) || hasHoles(row.route.path))
            continue;
        const RouteAddress address = addressOf(m_look.target, row.route);
        if (!address)
            continue;
        for (RoleCell &cell : row.cells) {
            if (isOf(round, cell))
                askCell(cell, &RoleCell::own, requestAt(row.route, *address));
        }
    }
}

// Null when no id is known.
QUrl RoleRun::recordFor(const RoleRow &row, const TestActor &actor, const RoleIds &ids) const
{
    const bool hasOneHole = row.route.path.count(u'{') == 1;
    const QString id = hasOneHole && !actor.tenant.trimmed().isEmpty() ? ids.idFor(row.route, actor) : QString();
    const RouteAddress address =
        id.isEmpty() ? addressOf(m_look.target, row.route) : addressOf(m_look.target, row.route, {id});
    return address ? *address : QUrl();
}

void RoleRun::askRecordRow(RoleRow &row, const RoleIds &ids, Round round)
{
    QUrl first;
    for (RoleCell &cell : row.cells) {
        if (!cell.actor)
            continue;
        const QUrl url = recordFor(row, *cell.actor, ids);
        if (first.isEmpty())
            first = url;
        if (url.isEmpty())
            cell.gap = CellGap::NoSeenId;
        else if (isOf(round, cell))
            askCell(cell, &RoleCell::own, requestAt(row.route, url));
    }
    const auto signedOut = std::ranges::find_if(row.cells, [](const RoleCell &cell) { return !cell.actor; });
    const bool isLeftOut =
        signedOut == row.cells.end() || (signedOut->gap == CellGap::Budget && round == Round::Chosen);
    if (!first.isEmpty() && !isLeftOut && !signedOut->own)
        askCell(*signedOut, &RoleCell::own, requestAt(row.route, first));
}

// What another tenant's account just got, at the same address.
void RoleRun::askForeign(RoleRow &row)
{
    for (RoleCell &cell : row.cells) {
        const bool isWhole = cell.wanted.allowance == Allowance::Allowed && !cell.wanted.isGuessed;
        if (!cell.actor || cell.wanted.allowance == Allowance::Denied || isWhole || !cell.own || cell.foreign ||
            cell.actor->tenant.trimmed().isEmpty())
            continue;
        const auto owner = std::ranges::find_if(row.cells, [&](const RoleCell &other) {
            return other.actor && !other.actor->tenant.trimmed().isEmpty() &&
                   !isSameTenant(*other.actor, *cell.actor) && other.own && isSuccess(*other.own) &&
                   other.own->request.url != cell.own->request.url;
        });
        if (owner != row.cells.end())
            askCell(cell, &RoleCell::foreign, requestAt(row.route, owner->own->request.url));
    }
}

void RoleRun::askRecords(Round round)
{
    const RoleIds ids(m_result.rows);
    for (RoleRow &row : m_result.rows) {
        if (!isAskableRead(row.route) || !hasHoles(row.route.path))
            continue;
        askRecordRow(row, ids, round);
        if (row.route.access != AccessClass::Public)
            askForeign(row);
    }
}

void RoleRun::askWrites()
{
    RoleWrites writes(m_look, m_actors, m_accounts, m_result.rows, [this] { return mayGoOn(); });
    m_undone = writes.run([this](const TestActor &actor) { return isUsable(actor); });
    if (!writes.problem().isEmpty())
        m_result.problems.append(writes.problem());
}

bool RoleRun::isLost(const TestActor &actor)
{
    if (const auto isAlive = m_accounts.isStillSignedIn(actor))
        return !*isAlive;
    for (const RoleRow &row : m_result.rows) {
        if (row.route.access == AccessClass::Public)
            continue;
        for (const RoleCell &cell : row.cells) {
            if (!cell.actor || cell.actor->id != actor.id || !cell.own || !isSuccess(*cell.own) ||
                !isAskableRead(row.route))
                continue;
            const auto again = m_accounts.ask(&actor, requestAt(row.route, cell.own->request.url));
            return !again || again->status != cell.own->answer->status || looksSignedOut(*again);
        }
    }
    return false; // nothing of it was good: no refusal of it will be taken for a proof either
}

void RoleRun::confirmSessions()
{
    for (const TestActor &actor : m_actors) {
        if (isUsable(actor) && !m_look.seen.isOver() && isLost(actor))
            m_result.lost.append(actor.id);
    }
    if (const ActiveGate *gate = m_wire.gate())
        m_result.known = gate->knownSecrets();
}

} // namespace cockpit
