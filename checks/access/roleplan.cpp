#include "checks/access/roleplan.h"

#include "models/routes/pathtemplate.h"
#include "models/routes/routelist.h"

#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// By its name, asking for it does something, though it is a GET.
bool hasEffect(const Route &route)
{
    static const QRegularExpression effect(
        u"log[-_]?out|sign[-_]?out|log[-_]?off|end[-_]?session|unsubscribe|(?:^|[/_-])(?:delete|remove|revoke|trigger|send)(?:$|[/_-])"_s,
        QRegularExpression::CaseInsensitiveOption);
    return effect.match(route.path).hasMatch();
}

// A record costs an account one request more: for another tenant's.
int costOf(const Route &route)
{
    return hasHoles(route.path) ? 2 : 1;
}

bool handsOutIds(const Route &list, const std::vector<RoleRow> &rows)
{
    return std::ranges::any_of(rows, [&](const RoleRow &row) {
        return hasHoles(row.route.path) && row.route.path.startsWith(list.path + "/{"_L1);
    });
}

constexpr int kCrossedRank = 1;

int rankOf(const Route &route, const std::vector<RoleRow> &rows)
{
    if (route.access == AccessClass::Admin)
        return 0;
    if (route.access == AccessClass::Public)
        return 3;
    return hasHoles(route.path) || handsOutIds(route, rows) ? kCrossedRank : 2;
}

bool isAlike(const QString &a, const QString &b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

// 0: the first of its kind; 1: the first of both kinds together; 2: there is one like it before. The kind is the role;
// where records are crossed, it is the tenant. A visitor is the only one of a kind.
int rankIn(const std::vector<RoleCell> &cells, std::size_t at, bool isCrossed)
{
    if (!cells[at].actor)
        return 0;
    const TestActor &asked = *cells[at].actor;
    int rank = 0;
    for (std::size_t i = 0; i < at; ++i) {
        const auto &other = cells[i].actor;
        if (!other)
            continue;
        const bool isSameRole = other->role == asked.role;
        const bool isSameTenant = isAlike(other->tenant, asked.tenant);
        if (isSameRole && isSameTenant)
            return 2;
        if (isCrossed ? isSameTenant : isSameRole)
            rank = 1;
    }
    return rank;
}

struct Wish
{
    RoleCell *cell = nullptr;
    int rank = 0;
    int cost = 0;
};

} // namespace

bool isAskableRead(const Route &route)
{
    return onlyReads(route) && !hasEffect(route);
}

int roleReadsCeiling(const std::vector<Route> &routes, int actors)
{
    int requests = 0;
    for (const Route &route : routes)
        requests += isAskableRead(route) ? actors * costOf(route) + 1 : 0;
    return requests;
}

void chooseCells(std::vector<RoleRow> &rows, int requests)
{
    std::vector<Wish> wishes;
    for (RoleRow &row : rows) {
        if (!isAskableRead(row.route))
            continue;
        const int rank = rankOf(row.route, rows);
        const bool isCrossed = rank == kCrossedRank;
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            const int cost = row.cells[i].actor ? costOf(row.route) : 1;
            wishes.push_back({&row.cells[i], rank + 2 * rankIn(row.cells, i, isCrossed), cost});
        }
    }
    std::ranges::stable_sort(wishes, {}, &Wish::rank);
    for (const Wish &wish : wishes) {
        requests -= wish.cost;
        if (requests < 0)
            wish.cell->gap = CellGap::Budget;
    }
}

} // namespace cockpit
