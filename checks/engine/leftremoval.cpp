#include "checks/engine/leftremoval.h"

#include <algorithm>

namespace cockpit {

QStringList LeftReport::gone() const
{
    QStringList ids;
    for (const LeftOutcome &one : each) {
        if (one.isGone)
            ids.append(one.entryId);
    }
    return ids;
}

std::vector<TestActor> actorsToRemove(const std::vector<JournalEntry> &entries, const std::vector<TestActor> &actors)
{
    const auto isMaker = [&](const TestActor &actor) {
        return std::ranges::find(entries, actor.id, &JournalEntry::actorId) != entries.end();
    };
    const bool needsAdmins = std::ranges::any_of(entries, &JournalEntry::isRemovedByAdmin);
    std::vector<TestActor> needed;
    for (const TestActor &actor : actors) {
        const bool isHelper = needsAdmins && isAdminRole(actor.role) && !actor.isThrowAway && !isSigningKey(actor);
        if (isMaker(actor) || isHelper)
            needed.push_back(actor);
    }
    return needed;
}

} // namespace cockpit
