// Who sends bad bodies, and how many requests are announced for them.
#include "checks/abuse/badinput.h"
#include "checks/abuse/badreads.h"
#include "checks/abuse/describedanswers.h"
#include "checks/actors/crew.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

const QString kCheck = u"abuse.schema"_s;

RequestNeed needFor(std::size_t places, std::size_t reads)
{
    constexpr int kBodies = 80; // about as many as a body of five fields has
    const int wanted =
        static_cast<int>(places) * (kInputPlaceRequests + kBodies) + static_cast<int>(reads) * kReadRequests;
    return {.account = kCheck,
            .most = std::min(wanted, kMostInputRequests),
            .fewest = std::min(wanted, kFewestInputRequests),
            .parts = 2};
}

} // namespace

const TestActor *inputActorOf(const std::vector<TestActor> &actors)
{
    const Crew crew = crewOf(actors);
    if (crew.admin)
        return crew.admin;
    return crew.member ? crew.member : crew.anybody;
}

BadInputTrials badInputOf(const Look &look)
{
    return {.target = look.target,
            .routes = look.facts.routes,
            .samples = look.facts.samples,
            .actors = look.facts.actors,
            .documents = shownDocuments(look.facts, look.target),
            .most = mayAnnounce(look, badInputNeed(look.facts)),
            .isLast = isLastTurn(look, kCheck)};
}

RequestNeed badInputNeed(const ProjectFacts &facts)
{
    if (!inputActorOf(facts.actors))
        return {};
    RequestNeed need = needFor(writePlaces(facts.routes, facts.samples).places.size(), readsToTry(facts.routes).size());
    if (need.most > 0)
        need.most += shownDocumentsAtMost(facts);
    return need;
}

} // namespace cockpit
