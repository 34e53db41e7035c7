#include "checks/abuse/siegelook.h"

#include "checks/abuse/ratelimitneed.h"
#include "checks/actors/accountstate.h"
#include "checks/actors/signedin.h"
#include "checks/engine/activegate.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LoginSiege)
};

} // namespace

// How many logins are besieged in this run: as many as whoever asks first finds room for.
struct SiegeCount
{
    using Answer = std::size_t;

    QString login; // of the product that is looked at
    std::size_t most = 0;

    QString key() const { return login; }
    int roundTrips() const { return 1; }
};

static Result<std::size_t> probe(const SiegeCount &question, ProbeContext &)
{
    return question.most;
}

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
        if (isForSigningIn(actor) && asksToSignIn(actor.signIn.kind) && look.seen.active()->secretOf(actor.id))
            everybody.push_back({actor});
    }
    look.seen.askAll(everybody);
    return *look.seen.ask(*siege);
}

OtherSieges otherSiegesFor(const Look &look, const RequestNeed &need, const BlockPatience &patience)
{
    OtherSieges others;
    const std::vector<LoginSiege> sieges = siegesOf(look.target, look.facts, patience);
    if (sieges.empty())
        return others;
    const SiegeCount count{.login = sieges.front().login.url.toString(), .most = siegesWithin(look, need)};
    const auto settled = look.seen.ask(count);
    const std::size_t most = *settled ? **settled : 1; // without an answer the run is over
    for (std::size_t i = 1; i < sieges.size(); ++i) {
        const LoginSiege &siege = sieges[i];
        const QString route = siege.login.route.method + u' ' + siege.login.route.path;
        if (i >= most || look.seen.isOver()) {
            others.notTried.push_back({route, UntriedDoor::Why::TooMany});
            continue;
        }
        const auto report = look.seen.ask(siege);
        if (*report) {
            others.reports.push_back(**report);
            continue;
        }
        others.untold.append(route);
        others.sentences.append(report->error().message);
    }
    return others;
}

} // namespace cockpit
