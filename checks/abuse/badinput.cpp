#include "checks/abuse/badinput.h"

#include "checks/abuse/badreads.h"
#include "checks/abuse/badtrials.h"
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
    const auto rules = place.isForm() ? formRulesOf(place.body)
                                      : fieldRulesOf(QJsonDocument::fromJson(place.body).object(), place.schema);
    return kOfTheWhole + kOfEachField * static_cast<int>(rules.size());
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

Result<std::shared_ptr<const BadInputRun>> sendTrials(const BadInputTrials &question, ProbeContext &context,
                                                      const TestActor &actor)
{
    WritePlaces places = writePlaces(question.routes, question.samples);
    const std::vector<Route> reads = readsToTry(question.routes);
    Wire wire(context.observations, kCheck, question.most);
    if (!wire.isReady())
        return tl::unexpected<Error>(wire.isReady().error());
    ActorSession session(actor, wire);
    if (auto ready = session.signIn(); !ready)
        return tl::unexpected<Error>(ready.error());
    return std::make_shared<const BadInputRun>(
        BadTrials(question, context, wire, session).run(std::move(places), reads));
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
            .most = mayAnnounce(look, badInputNeed(look.facts)),
            .isLast = isLastTurn(look, kCheck)};
}

RequestNeed badInputNeed(const ProjectFacts &facts)
{
    if (!inputActorOf(facts.actors))
        return {};
    return needFor(writePlaces(facts.routes, facts.samples).places, readsToTry(facts.routes).size());
}

Result<std::shared_ptr<const BadInputRun>> probe(const BadInputTrials &question, ProbeContext &context)
{
    const TestActor *actor = inputActorOf(question.actors);
    if (!context.active)
        return failure(ErrorKind::NotPermitted, labelOf(Need::Consent));
    if (!actor)
        return failure(ErrorKind::BadInput, labelOf(Need::TestAccounts));
    auto run = sendTrials(question, context, *actor);
    // Asked once in a run: who waits for what is left over need not wait for each look that reads the answer.
    if (question.isLast)
        context.active->finish(kCheck);
    return run;
}

} // namespace cockpit
