// The removals of the table: who may take a record away, by what its owner sees afterwards.
#include "checks/access/rolewrites.h"
#include "checks/actors/canaryplaces.h"
#include "checks/actors/canaryremoval.h"
#include "checks/actors/recordsight.h"
#include "checks/actors/routeaddress.h"

#include <algorithm>

namespace cockpit {

namespace {

constexpr std::chrono::seconds kProofTime{10};

} // namespace

RoleTry RoleWrites::remove(const CanaryPlan &plan, const RoleCell &cell, const Planted &planted)
{
    ActiveRequest request = requestAt(plan.remove, planted.canary.removeAt);
    request.writes = true;
    RoleTry asked = send(cell.who(), request);
    if (!asked.answer)
        return asked;
    asked.tookEffect = isGone(plan, planted);
    return asked;
}

// As after a removal of our own: "not found" says nothing where the owner is signed out. Empty: nobody knows.
std::optional<bool> RoleWrites::isGone(const CanaryPlan &plan, const Planted &planted)
{
    const Canary &canary = planted.canary;
    const bool isAlone = !canary.address.isEmpty();
    const QUrl url = isAlone ? canary.address : listAddress(plan, m_look.target);
    if (url.isEmpty())
        return std::nullopt;
    const ActiveRequest request = requestAt(isAlone ? *plan.read : *plan.list, url);
    const auto answer = m_accounts.ask(planted.owner, request);
    if (!answer)
        return std::nullopt;
    const SoughtRecord sought{
        .text = canary.text, .id = canary.id, .isInList = !isAlone, .before = isAlone ? nullptr : &canary.seen};
    const RecordSight sight = sightOf(*answer, sought);
    if (sight == RecordSight::There)
        return false;
    if (sight == RecordSight::MarkedDeleted) // it can still be read, so that its owner is signed in
        return true;
    if (sight != RecordSight::Gone)
        return std::nullopt;
    CanaryRemoval looked{.text = canary.text,
                         .id = canary.id,
                         .plan = plan,
                         .target = m_look.target,
                         .owner = m_accounts.ownerOf(planted.owner),
                         .isProven = true,
                         .isShownAlone = isAlone};
    looked.gone = {.request = request, .answer = *answer, .at = Clock::now(), .isInList = !isAlone};
    const auto wasIn = wasOwnerSignedIn(looked, Deadline::in(kProofTime));
    return wasIn && *wasIn ? std::optional(true) : std::nullopt;
}

// First those who should be refused; those who may take away what they made themselves.
void RoleWrites::removeAsAll(const CanaryPlan &plan)
{
    const auto forget = [this](const Planted *gone, const RoleTry &asked) {
        if (asked.tookEffect.value_or(false))
            std::erase_if(m_planted, [&](const Planted &one) { return one.canary.text == gone->canary.text; });
    };
    const auto removeForbidden = [&](RoleCell *cell) {
        if (!cell)
            return;
        if (const Planted *own = cell->wanted.allowance == Allowance::Denied ? ownFor(*cell) : nullptr;
            own && mayAsk(*cell)) {
            const Planted copy = *own;
            cell->own = remove(plan, *cell, copy);
            forget(&copy, *cell->own);
        }
        if (const Planted *foreign = foreignFor(*cell); foreign && mayAsk(*cell)) {
            const Planted copy = *foreign;
            cell->foreign = remove(plan, *cell, copy);
            forget(&copy, *cell->foreign);
        }
    };
    removeForbidden(cellOf(plan.remove, nullptr));
    for (const TestActor &actor : m_actors)
        removeForbidden(cellOf(plan.remove, &actor));
    for (const Planted &own : m_planted)
        m_made.try_emplace(own.owner->id, own);
    for (const TestActor &actor : m_actors) {
        RoleCell *cell = cellOf(plan.remove, &actor);
        const auto made = m_made.find(actor.id);
        if (cell && made != m_made.end() && cell->wanted.allowance != Allowance::Denied && mayAsk(*cell))
            cell->own = remove(plan, *cell, made->second);
    }
}

} // namespace cockpit
