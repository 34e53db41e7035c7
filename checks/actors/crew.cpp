#include "checks/actors/crew.h"

#include "checks/actors/accountstate.h"
#include "checks/engine/nothingtotry.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Crew)
};

QString tenantOf(const TestActor &actor)
{
    return actor.tenant.trimmed().toLower();
}

struct Pair
{
    QString tenant;
    const TestActor *member = nullptr;
    const TestActor *admin = nullptr;
    int roles() const { return (member ? 1 : 0) + (admin ? 1 : 0); }
};

// Who only looks is lower than a member and as good as one where nothing else is there.
void place(Pair &pair, const TestActor &actor)
{
    const TestActor *&seat = isAdminRole(actor.role) ? pair.admin : pair.member;
    if (!seat || (isReadOnlyRole(seat->role) && !isReadOnlyRole(actor.role)))
        seat = &actor;
}

std::vector<Pair> pairsOf(const std::vector<const TestActor *> &actors)
{
    std::vector<Pair> pairs;
    for (const TestActor *actor : actors) {
        const QString tenant = tenantOf(*actor);
        if (tenant.isEmpty())
            continue;
        auto it = std::ranges::find(pairs, tenant, &Pair::tenant);
        if (it == pairs.end())
            it = pairs.insert(pairs.end(), Pair{tenant});
        place(*it, *actor);
    }
    std::ranges::stable_sort(pairs, std::ranges::greater{}, &Pair::roles);
    return pairs;
}

const TestActor *lowestOf(const std::vector<const TestActor *> &actors)
{
    const auto it = std::ranges::find_if(actors, [](const TestActor *one) { return !isAdminRole(one->role); });
    if (it != actors.end())
        return *it;
    return actors.empty() ? nullptr : actors.front();
}

bool isPlaced(const Crew &crew, const TestActor *actor)
{
    return actor == crew.member || actor == crew.admin || actor == crew.otherMember || actor == crew.otherAdmin;
}

} // namespace

Crew crewOf(const std::vector<TestActor> &actors)
{
    std::vector<const TestActor *> inOrder;
    for (const TestActor &actor : actors) {
        if (isForSigningIn(actor))
            inOrder.push_back(&actor);
    }
    // Not of std::ranges: Clang 14 refuses the subrange that it returns.
    std::stable_partition(inOrder.begin(), inOrder.end(), [](const TestActor *one) { return !one->isThrowAway; });
    const std::vector<Pair> pairs = pairsOf(inOrder);
    Crew crew;
    if (!pairs.empty()) {
        crew.member = pairs[0].member;
        crew.admin = pairs[0].admin;
    }
    if (pairs.size() > 1) {
        crew.otherMember = pairs[1].member;
        crew.otherAdmin = pairs[1].admin;
    }
    crew.anybody = lowestOf(inOrder);
    for (const TestActor &actor : actors) {
        if (isForSigningIn(actor) && !isPlaced(crew, &actor))
            crew.further.push_back(&actor);
    }
    return crew;
}

QString whatIsMissing(const Crew &crew, CrewNeed need)
{
    if (!crew.anybody)
        return Text::tr("Add a test account that can sign in.");
    const bool needsRoles = need == CrewNeed::TwoRoles || need == CrewNeed::Full;
    const bool needsTenants = need == CrewNeed::TwoTenants || need == CrewNeed::Full;
    if ((needsRoles || needsTenants) && !crew.owner())
        return Text::tr("Say for each test account to which customer (tenant) it belongs.");
    if (needsTenants && !crew.outsider())
        return Text::tr("Add a test account of a second customer: all that are there belong to %1.")
            .arg(crew.owner()->tenant);
    if (needsRoles && !crew.hasTwoRoles())
        return crew.admin ? Text::tr("Add a test account of %1 that is no administrator.").arg(crew.admin->tenant)
                          : Text::tr("Add a test account of %1 that is an administrator.").arg(crew.member->tenant);
    if (need == CrewNeed::Full && !(crew.otherMember && crew.otherAdmin))
        return crew.otherAdmin
                   ? Text::tr("Add a test account of %1 that is no administrator.").arg(crew.otherAdmin->tenant)
                   : Text::tr("Add a test account of %1 that is an administrator.").arg(crew.otherMember->tenant);
    return {};
}

std::optional<Judged> crewMissing(const Crew &crew, CrewNeed need)
{
    const QString missing = whatIsMissing(crew, need);
    return missing.isEmpty() ? std::nullopt : std::optional(nothingToTry(missing));
}

} // namespace cockpit
