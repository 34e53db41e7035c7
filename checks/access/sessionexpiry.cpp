#include "checks/access/sessionexpiry.h"

#include "checks/access/sessionexpirylook.h"

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

Judged look(const Look &look)
{
    const auto chosen = signingActor(look);
    if (const Judged *missing = std::get_if<Judged>(&chosen))
        return *missing;
    const int ceiling = kSessionExpiryCeiling + (passwordChangePlan(look) ? kPasswordChangeRequests : 0);
    Wire wire(look, u"access.session-expiry"_s, ceiling);
    if (!wire.isReady())
        return notRun(wire.isReady().error().message);
    return withUndo(look.seen, [&](UndoList &undo) {
        const auto seen = SessionExpiryRun(look, std::get<TestActor>(chosen), wire).run(undo);
        return seen ? judgeSessionExpiry(*seen) : trialEnded(seen.error());
    });
}

} // namespace

Check sessionExpiryCheck()
{
    return {.id = u"access.session-expiry"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::AccountTakeover},
            .needs = {Need::TestAccounts, Need::Consent},
            .look = look};
}

} // namespace cockpit
