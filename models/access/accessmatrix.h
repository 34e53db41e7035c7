// The table route × role: what a person said of a cell, and what is guessed of the rest.
#pragma once

#include "models/access/accessrule.h"
#include "models/projectstate.h"

#include <QStringList>

#include <vector>

namespace cockpit {

struct AccessCell
{
    QString role;
    Allowance allowance = Allowance::Denied;
    bool isGuessed = true;

    bool operator==(const AccessCell &) const = default;
};

struct AccessRow
{
    Route route;
    std::vector<AccessCell> cells; // one for each role, in the order of the roles

    bool operator==(const AccessRow &) const = default;
};

// Signed out (the empty role) first, then each role of the accounts once: those that only look, the ordinary ones, the
// administrators, each group in the order of the accounts.
QStringList matrixRoles(const std::vector<TestActor> &actors);

// What a route's class and method suggest: public routes are for everybody; nobody signed out beyond them; routes of
// administrators for administrators; who only looks does not write; an address with an id is for its owner.
// isGuessed: unless the class of the route is said by a person or a document, and says it all.
AccessCell usualCell(const Route &route, const QString &role);

// A row for each route, in their order. A rule goes before what is guessed.
std::vector<AccessRow> accessMatrix(const std::vector<Route> &routes, const std::vector<AccessRule> &rules,
                                    const QStringList &roles);

// What is known of one cell, by a rule or a guess.
AccessCell cellOf(const Route &route, const QString &role, const std::vector<AccessRule> &rules);

// A rule about the cell, as a person says it.
AccessRule ruleFor(const Route &route, const QString &role, Allowance allowance);
// The rules with this one in place of what was said of its cell.
std::vector<AccessRule> withRule(std::vector<AccessRule> rules, const AccessRule &rule);
// Those whose route is still in the list.
std::vector<AccessRule> rulesOfRoutes(const std::vector<AccessRule> &rules, const std::vector<Route> &routes);

} // namespace cockpit
