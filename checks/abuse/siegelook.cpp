#include "checks/abuse/siegelook.h"

#include "checks/actors/signedin.h"
#include "checks/engine/activegate.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LoginSiege)
};

} // namespace

Result<SiegeReport> siegeFor(const Look &look, const BlockPatience &patience)
{
    const auto siege = siegeOf(look.facts, patience);
    if (!siege)
        return failure(ErrorKind::NotFound,
                       Text::tr("Needs a test account that signs in with a password, by form or JSON."));
    if (!look.seen.active() || !look.seen.active()->secretOf(siege->control.id))
        return failure(ErrorKind::NotFound, Text::tr("No password is known for %1.").arg(siege->control.name));
    std::vector<SignedIn> everybody;
    for (const TestActor &actor : look.facts.actors) {
        if (asksToSignIn(actor.signIn.kind) && look.seen.active()->secretOf(actor.id))
            everybody.push_back({actor});
    }
    look.seen.askAll(everybody);
    return *look.seen.ask(*siege);
}

} // namespace cockpit
