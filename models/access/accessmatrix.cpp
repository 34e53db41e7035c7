#include "models/access/accessmatrix.h"

#include "models/routes/pathtemplate.h"
#include "models/routes/routelist.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// One cell: of the route by its shape, whatever its holes are called, and of the role.
using CellKey = std::tuple<QString, QString, QString, QString>;
using Said = std::map<CellKey, const AccessRule *>;

CellKey keyOf(const AccessRule &rule)
{
    return {rule.method, shapeOf(rule.path), rule.host, rule.role};
}

AccessCell cellIn(const Said &said, const Route &route, const QString &shape, const QString &role)
{
    const auto rule = said.find({route.method, shape, route.host, role});
    return rule == said.end() ? usualCell(route, role)
                              : AccessCell{role, rule->second->allowance, rule->second->isGuessed};
}

// Readers, ordinary accounts, administrators.
int rankOf(const QString &role)
{
    if (isReadOnlyRole(role))
        return 0;
    return isAdminRole(role) ? 2 : 1;
}

Allowance usualForMembers(const Route &route)
{
    return hasHoles(route.path) ? Allowance::OwnOnly : Allowance::Allowed;
}

} // namespace

QStringList matrixRoles(const std::vector<TestActor> &actors)
{
    QStringList roles;
    for (const TestActor &actor : actors) {
        if (!isSigningKey(actor) && !actor.role.isEmpty() && !roles.contains(actor.role))
            roles << actor.role;
    }
    std::ranges::stable_sort(roles, {}, rankOf);
    roles.prepend(QString());
    return roles;
}

AccessCell usualCell(const Route &route, const QString &role)
{
    if (route.access == AccessClass::Public)
        return {role, Allowance::Allowed, route.isGuessed};
    if (role.isEmpty())
        return {role, Allowance::Denied, route.isGuessed};
    if (route.access == AccessClass::Admin && !isAdminRole(role))
        return {role, Allowance::Denied, route.isGuessed};
    if (isReadOnlyRole(role) && !onlyReads(route))
        return {role, Allowance::Denied, true};
    return {role, usualForMembers(route), true};
}

AccessCell cellOf(const Route &route, const QString &role, const std::vector<AccessRule> &rules)
{
    const CellKey key{route.method, shapeOf(route.path), route.host, role};
    const auto rule = std::ranges::find(rules, key, keyOf);
    return rule == rules.end() ? usualCell(route, role) : AccessCell{role, rule->allowance, rule->isGuessed};
}

std::vector<AccessRow> accessMatrix(const std::vector<Route> &routes, const std::vector<AccessRule> &rules,
                                    const QStringList &roles)
{
    Said said;
    for (const AccessRule &rule : rules)
        said[keyOf(rule)] = &rule;
    std::vector<AccessRow> rows;
    rows.reserve(routes.size());
    for (const Route &route : routes) {
        AccessRow row{route, {}};
        const QString shape = shapeOf(route.path);
        for (const QString &role : roles)
            row.cells.push_back(cellIn(said, route, shape, role));
        rows.push_back(std::move(row));
    }
    return rows;
}

AccessRule ruleFor(const Route &route, const QString &role, Allowance allowance)
{
    return {route.method, route.path, route.host, role, allowance, false};
}

std::vector<AccessRule> withRule(std::vector<AccessRule> rules, const AccessRule &rule)
{
    const CellKey key = keyOf(rule);
    std::erase_if(rules, [&](const AccessRule &known) { return keyOf(known) == key; });
    rules.push_back(rule);
    return rules;
}

std::vector<AccessRule> rulesOfRoutes(const std::vector<AccessRule> &rules, const std::vector<Route> &routes)
{
    std::set<std::tuple<QString, QString, QString>> known;
    for (const Route &route : routes)
        known.insert({route.method, shapeOf(route.path), route.host});
    std::vector<AccessRule> kept;
    std::ranges::copy_if(rules, std::back_inserter(kept), [&](const AccessRule &rule) {
        return known.contains({rule.method, shapeOf(rule.path), rule.host});
    });
    return kept;
}

} // namespace cockpit
