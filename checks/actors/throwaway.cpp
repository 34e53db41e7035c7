#include "checks/actors/throwaway.h"

#include "checks/actors/accountstate.h"
#include "checks/actors/entrypoints.h"

namespace cockpit {

const TestActor *signsInAt(const QUrl &door, const std::vector<TestActor> &actors)
{
    const TestActor *chosen = nullptr;
    for (const TestActor &actor : actors) {
        const auto own = isForSigningIn(actor) ? loginOf(actor) : std::nullopt;
        const bool fits = own && (door.isEmpty() || own->url == door);
        if (fits && (!chosen || (actor.isThrowAway && !chosen->isThrowAway)))
            chosen = &actor;
    }
    return chosen;
}

const TestActor *throwAwayAmong(const std::vector<TestActor> &actors)
{
    const auto worth = [](const TestActor &one) { return loginOf(one) ? 2 : asksToSignIn(one.signIn.kind) ? 1 : 0; };
    const TestActor *chosen = nullptr;
    for (const TestActor &actor : actors) {
        const bool fits = actor.isThrowAway && isForSigningIn(actor);
        if (fits && (!chosen || worth(actor) > worth(*chosen)))
            chosen = &actor;
    }
    return chosen;
}

} // namespace cockpit
