// Who asks: the test accounts of the project, put into the places that checks speak of. Two tenants are told apart by
// the word that the person gave; an account without one belongs to nobody knows whom, and is used where one account is
// enough.
#pragma once

#include "checks/engine/check.h"
#include "models/access/actor.h"

#include <QString>

#include <optional>
#include <vector>

namespace cockpit {

// What a check needs of the accounts.
enum class CrewNeed {
    OneActor,   // anybody who can sign in
    TwoRoles,   // an administrator and somebody lower in one tenant
    TwoTenants, // one account in each of two tenants
    Full,       // administrator and member in each of two tenants
};

// Null where the project has no such account. The pointers belong to the list that crewOf() was given.
struct Crew
{
    const TestActor *member = nullptr; // of the first tenant
    const TestActor *admin = nullptr;
    const TestActor *otherMember = nullptr; // of the second tenant
    const TestActor *otherAdmin = nullptr;
    const TestActor *anybody = nullptr;          // the one for checks that need one alone: the lowest role there is
    std::vector<const TestActor *> further = {}; // with a tenant or a role beyond these four, in the person's order

    // Whose records are asked for, and who asks: of two tenants. Members first: what they may not see, an administrator
    // of the other tenant may not see either.
    const TestActor *owner() const { return member ? member : admin; }
    const TestActor *outsider() const { return otherMember ? otherMember : otherAdmin; }
    bool hasTwoTenants() const { return owner() && outsider(); }
    bool hasTwoRoles() const { return member && admin; }
};

// Without accounts that show a state (accountstate.h). Roles as isAdminRole() tells. The first tenant is the one with
// both roles, else the first named. Throw-away accounts come last: they may be locked.
Crew crewOf(const std::vector<TestActor> &actors);

// What to add before the check can run, as a sentence; empty when nothing is missing.
QString whatIsMissing(const Crew &crew, CrewNeed need);

// The judgement in that case: not run, with the sentence.
std::optional<Judged> crewMissing(const Crew &crew, CrewNeed need);

} // namespace cockpit
