// Who sends bad bodies, and how many requests are announced for them.
#include "checks/abuse/badinput.h"
#include "checks/abuse/badreads.h"
#include "checks/abuse/describedanswers.h"
#include "checks/abuse/schemamemory.h"
#include "checks/actors/crew.h"

#include <QJsonDocument>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

const QString kCheck = u"abuse.schema"_s;

// What one body costs that is taken, as all may be: it is looked at, and a record that it made is removed again.
int requestsEach(WriteKind kind)
{
    switch (kind) {
    case WriteKind::Create:
        return kTrialRequests;
    case WriteKind::Update:
    case WriteKind::Settings:
        return 2;
    case WriteKind::Question:
        return 1;
    }
    Q_UNREACHABLE();
}

// About as many as mutationsOf() makes of its body: making them all to count them takes its time.
int bodiesOf(const WritePlace &place)
{
    constexpr int kOfTheWhole = 15;
    constexpr int kOfEachField = 15;
    const BodyFieldRules fields = place.isForm()
                                      ? formRulesOf(place.body)
                                      : fieldRulesOf(QJsonDocument::fromJson(place.body).object(), place.schema);
    return kOfTheWhole + kOfEachField * static_cast<int>(fields.rules.size());
}

RequestNeed needFor(const std::vector<WritePlace> &places, std::size_t reads)
{
    int wanted = static_cast<int>(reads) * kReadRequests;
    for (const WritePlace &place : places)
        wanted += kInputPlaceRequests + bodiesOf(place) * requestsEach(place.kind);
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
    const QJsonObject before = look.facts.lastObserved(kCheck);
    return {.target = look.target,
            .routes = look.facts.routes,
            .samples = look.facts.samples,
            .actors = look.facts.actors,
            .documents = shownDocuments(look.facts, look.target),
            .readsFirst = readsToAskFirst(before),
            .vastAgain = placesOfVastBodies(before),
            .most = mayAnnounce(look, badInputNeed(look.facts)),
            .isLast = isLastTurn(look, kCheck)};
}

RequestNeed badInputNeed(const ProjectFacts &facts)
{
    if (!inputActorOf(facts.actors))
        return {};
    RequestNeed need = needFor(writePlaces(facts.routes, facts.samples).places, readsToTry(facts.routes).asked());
    if (need.most > 0)
        need.most += shownDocumentsAtMost(facts);
    return need;
}

} // namespace cockpit
