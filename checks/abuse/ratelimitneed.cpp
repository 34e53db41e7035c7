#include "checks/abuse/ratelimitneed.h"

#include "checks/abuse/codetries.h"
#include "checks/abuse/graphqltries.h"
#include "checks/abuse/loginsiege.h"
#include "checks/abuse/racelook.h"
#include "checks/abuse/seriesplan.h"
#include "checks/actors/throwaway.h"

#include <algorithm>

namespace cockpit {

namespace {

// Where not everybody gets all: others have attacks, too.
constexpr int kPartOfAll = 3;

int countSieges(const Outlook &outlook)
{
    return static_cast<int>(siegesOf(outlook.target, outlook.facts, {}).size());
}

// Addresses of GraphQL at which people sign in.
int countQuestions(const Outlook &outlook)
{
    if (countSieges(outlook) == 0)
        return 0;
    return static_cast<int>(graphQlEntriesOf(outlook.target, outlook.facts).size());
}

bool mayTryCodes(const Outlook &outlook)
{
    return throwAwayAmong(outlook.facts.actors) != nullptr;
}

} // namespace

int keptForTheEnd(const Outlook &outlook)
{
    const bool hasQuestion = countQuestions(outlook) > 0;
    const bool hasCode = mayTryCodes(outlook) && !codeEntriesOf(outlook.target, outlook.facts).empty();
    return (hasQuestion ? kGraphQlRequests : 0) + (hasCode ? kCodeRequests : 0);
}

RequestNeed limitNeedOf(const Outlook &outlook, const BlockPatience &patience)
{
    const SeriesPlan plan = seriesPlanOf(outlook.target, outlook.facts);
    const int sieges = countSieges(outlook);
    const int end = keptForTheEnd(outlook);
    const auto codes = mayTryCodes(outlook) ? static_cast<int>(codeEntriesOf(outlook.target, outlook.facts).size()) : 0;
    return {.account = kSiegeAccount,
            .most = sieges * kSiegeRequests + plan.ceiling() + end + std::max(0, codes - 1) * kCodeRequests +
                    std::max(0, countQuestions(outlook) - 1) * kGraphQlRequests,
            .fewest = std::min(1, sieges) * kSiegeRequests + plan.fewest() + end,
            .parts = kPartOfAll,
            .waits = sieges * waitsOfSiege(patience) + plan.races() * waitsOfRace(patience)};
}

RequestNeed siegeNeedOf(const Outlook &outlook, const BlockPatience &patience)
{
    return {.account = kSiegeAccount,
            .most = countSieges(outlook) * kSiegeRequests,
            .fewest = kSiegeRequests,
            .parts = kPartOfAll,
            .waits = countSieges(outlook) * waitsOfSiege(patience)};
}

std::size_t siegesWithin(const Look &look, const RequestNeed &need)
{
    const int sieges = countSieges({look.target, look.facts});
    // The need of abuse.rate-limit keeps something for its other doors, that of abuse.lockout nothing.
    const int beside = need.fewest - std::min(1, sieges) * kSiegeRequests;
    const int fit = (mayAnnounce(look, need) - beside) / kSiegeRequests;
    return static_cast<std::size_t>(std::clamp(fit, std::min(1, sieges), sieges));
}

} // namespace cockpit
