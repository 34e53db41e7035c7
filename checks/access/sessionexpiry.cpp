#include "checks/access/sessionexpiry.h"

#include "checks/access/sessionexpirylook.h"

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

RequestNeed needFor(bool changesPassword)
{
    return {.account = u"access.session-expiry"_s,
            .most = kSessionExpiryCeiling + (changesPassword ? kPasswordChangeRequests : 0)};
}

std::vector<RequestNeed> requestsOf(const Outlook &outlook)
{
    return needOfSigningActor(outlook, needFor(passwordChangePlan(outlook).has_value()));
}

Judged look(const Look &look)
{
    const auto chosen = signingActor(look);
    if (const Judged *missing = std::get_if<Judged>(&chosen))
        return *missing;
    Wire wire(look, needFor(passwordChangePlan({look.target, look.facts}).has_value()));
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
            .look = look,
            .requests = requestsOf,
            .needsFingerprintKey = true};
}

} // namespace cockpit
