#include "checks/access/credentialmatrix.h"

#include "checks/access/roleplan.h"
#include "checks/actors/refusal.h"
#include "checks/actors/routeaddress.h"
#include "checks/net/urlhost.h"
#include "checks/web/obstacle.h"
#include "models/access/accessmatrix.h"

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

std::vector<Route> privateReads(const std::vector<Route> &routes)
{
    std::vector<Route> reads;
    std::ranges::copy_if(routes, std::back_inserter(reads), [](const Route &route) {
        return route.access != AccessClass::Public && !route.isGuessed && isAskableRead(route);
    });
    // What is for administrators first: it is the most.
    std::stable_partition(reads.begin(), reads.end(),
                          [](const Route &route) { return route.access == AccessClass::Admin; });
    return reads;
}

class Table
{
public:
    explicit Table(const CredentialQuestion &question) : m_question(question)
    {
        m_table.actor = question.actor.name;
        for (const CredentialColumn &column : question.columns)
            m_table.columns.push_back(column.kind);
    }

    CredentialTable ask();
    void tryEnded(CredentialRow &row);

private:
    bool mayAskRow() const
    {
        return !m_isOver && !m_question.look.seen.isOver() && m_question.wire.left() >= kCredentialRowRequests;
    }
    bool mayRead(const Route &route, const TestActor &actor) const
    {
        return cellOf(route, actor.role, m_question.look.facts.accessRules).allowance != Allowance::Denied;
    }
    bool isReadable(const Route &route) const
    {
        return mayRead(route, m_question.actor) || (m_question.admin && mayRead(route, m_question.admin->actor()));
    }
    std::optional<HttpResponse> goodAt(const Route &route, const ActiveRequest &request);
    std::optional<HttpResponse> taken(Result<HttpResponse> answer);
    std::optional<HttpResponse> send(const ActiveRequest &request);
    std::optional<CredentialRow> rowAt(const AskableRoute &one);
    void tryColumns(CredentialRow &row);
    StrangerAfter strangerAfter(const CredentialRow &row);
    std::vector<AskableRoute> sortOut();
    ActiveRequest dressed(const ActiveRequest &request, const CredentialColumn &column) const;

    const CredentialQuestion &m_question;
    CredentialTable m_table;
    bool m_isOver = false;
};

std::optional<HttpResponse> Table::taken(Result<HttpResponse> answer)
{
    m_isOver = !answer || obstacleIn(*answer) == Obstacle::TooManyRequests;
    return m_isOver ? std::nullopt : std::optional(std::move(*answer));
}

std::optional<HttpResponse> Table::send(const ActiveRequest &request)
{
    return m_isOver ? std::nullopt : taken(m_question.wire.send(request));
}

std::optional<HttpResponse> Table::goodAt(const Route &route, const ActiveRequest &request)
{
    if (mayRead(route, m_question.actor))
        return send(m_question.spot.dressed(request, m_question.spot.value(), m_question.actor));
    return taken(m_question.admin->ask(request));
}

// Only where the account is let in and a stranger is not does the rest tell anything.
std::optional<CredentialRow> Table::rowAt(const AskableRoute &one)
{
    CredentialRow row{.route = one.route,
                      .request = requestAt(one.route, one.url),
                      .account = {},
                      .good = {},
                      .stranger = {},
                      .markers = {}};
    const bool isOwn = mayRead(one.route, m_question.actor);
    const TestActor &reader = isOwn ? m_question.actor : m_question.admin->actor();
    const auto good = goodAt(one.route, row.request);
    if (!good || !isGoodAnswer(*good, {}))
        return std::nullopt;
    const auto stranger = send(row.request);
    const Yardstick yardstick{.question = ReachOf::Route, .good = &*good};
    if (!stranger || reachOf(*stranger, yardstick).reach != ActorReach::Refused)
        return std::nullopt;
    row.account = reader.name;
    row.isActors = isOwn;
    row.good = *good;
    row.stranger = *stranger;
    const std::array own{row.good};
    const std::array others{row.stranger};
    row.markers = Markers(markersOf(reader, own, others).in(row.good));
    return row;
}

ActiveRequest Table::dressed(const ActiveRequest &request, const CredentialColumn &column) const
{
    if (column.header.isEmpty())
        return m_question.spot.dressed(request, column.value, m_question.actor);
    ActiveRequest keyed = request;
    keyed.headers.push_back({column.header, column.value.reveal()});
    return keyed;
}

void Table::tryColumns(CredentialRow &row)
{
    bool isOpened = false;
    for (const CredentialColumn &column : m_question.columns) {
        const ActiveRequest request = dressed(row.request, column);
        if (ActiveGate *gate = m_question.wire.gate())
            gate->learnSecret(column.value);
        auto answer = send(request);
        if (!answer)
            break;
        row.tries.push_back({column.kind, request, std::move(*answer)});
        isOpened = isOpened || openedBy(row.tries.back(), row).has_value();
    }
    if (!isOpened)
        return;
    const StrangerAfter after = strangerAfter(row);
    for (CredentialTry &one : row.tries)
        one.after = after;
}

StrangerAfter Table::strangerAfter(const CredentialRow &row)
{
    const auto again = send(row.request);
    if (!again)
        return StrangerAfter::Unclear;
    const Yardstick yardstick{.question = ReachOf::Route, .good = &row.good};
    switch (reachOf(*again, yardstick).reach) {
    case ActorReach::Refused:
        return StrangerAfter::Closed;
    case ActorReach::Allowed:
    case ActorReach::Filtered:
        return StrangerAfter::Open;
    case ActorReach::Unclear:
        return StrangerAfter::Unclear;
    }
    Q_UNREACHABLE();
}

// Of a row that the account itself may read: elsewhere it is refused for its role.
void Table::tryEnded(CredentialRow &row)
{
    const ActiveRequest request = m_question.spot.dressed(row.request, m_question.spot.value(), m_question.actor);
    auto answer = send(request);
    if (!answer)
        return;
    CredentialTry one{BadCredential::Ended, request, std::move(*answer)};
    if (openedBy(one, row))
        one.after = strangerAfter(row);
    row.tries.push_back(std::move(one));
}

// What can be asked; the rest is named.
std::vector<AskableRoute> Table::sortOut()
{
    std::vector<Route> reads = privateReads(m_question.look.facts.routes);
    std::erase_if(reads, [&](const Route &route) {
        const bool isReadableRoute = isReadable(route);
        if (!isReadableRoute)
            m_table.unreadable.append(routeName(route));
        return !isReadableRoute;
    });
    AskableRoutes askable = askableReads(m_question.look.target, reads, reads.size());
    for (const UntriedRoute &one : askable.notTried)
        m_table.unreachable.append(routeName(one.route));
    std::erase_if(askable.routes, [&](const AskableRoute &one) {
        const bool isCovered = m_question.wire.gate() && m_question.wire.gate()->covers(hostOf(one.url));
        if (!isCovered)
            m_table.unreachable.append(routeName(one.route));
        return !isCovered;
    });
    return std::move(askable.routes);
}

CredentialTable Table::ask()
{
    std::size_t asked = 0;
    for (const AskableRoute &one : sortOut()) {
        if (asked == kMostCredentialRoutes || !mayAskRow()) {
            m_table.leftOut.append(routeName(one.route));
            continue;
        }
        ++asked;
        auto row = rowAt(one);
        if (row)
            tryColumns(*row);
        if (row && !row->tries.empty())
            m_table.rows.push_back(std::move(*row));
        else
            (m_isOver ? m_table.leftOut : m_table.untold).append(routeName(one.route));
    }
    return std::move(m_table);
}

} // namespace

int credentialCeiling(const std::vector<Route> &routes)
{
    return kCredentialRowRequests * static_cast<int>(std::min(privateReads(routes).size(), kMostCredentialRoutes));
}

CredentialTable unaskedCredentials(const Look &look)
{
    CredentialTable table;
    for (const Route &route : privateReads(look.facts.routes))
        table.leftOut.append(routeName(route));
    return table;
}

CredentialTable askCredentials(const CredentialQuestion &question)
{
    return Table(question).ask();
}

void askEnded(const CredentialQuestion &question, CredentialTable &table)
{
    Table asking(question);
    for (CredentialRow &row : table.rows) {
        constexpr int kRequests = 2; // the stranger again beside it
        if (!row.isActors)
            continue;
        if (question.look.seen.isOver() || question.wire.left() < kRequests)
            return;
        asking.tryEnded(row);
    }
}

} // namespace cockpit
