#include "checks/abuse/badinput.h"

#include "checks/abuse/badreads.h"
#include "checks/actors/canaryremoval.h"
#include "checks/actors/crew.h"
#include "checks/actors/routeaddress.h"
#include "checks/web/obstacle.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BadInput)
};

constexpr auto kSlow = std::chrono::milliseconds(2000);
constexpr int kSlowFactor = 5; // of what the good body takes (facts 20)
// Of one place: the opening, the good body twice, a removal that has to be tried again, and whether all are gone.
constexpr int kPlaceRequests =
    kTrialOpening + 2 * kTrialRequests + kCanaryRemovalRequests + kRemovalControlRequests + 1;

const QString kCheck = u"abuse.schema"_s;

RequestNeed needFor(std::size_t places, std::size_t reads)
{
    constexpr int kBodies = 80; // about as many as a body of five fields has
    const int wanted = static_cast<int>(places) * (kPlaceRequests + kBodies) + static_cast<int>(reads) * kReadRequests;
    return {.account = kCheck,
            .most = std::min(wanted, kMostInputRequests),
            .fewest = std::min(wanted, kFewestInputRequests),
            .parts = 2};
}

bool endsIt(const Error &error)
{
    return error.kind == ErrorKind::Cancelled || error.kind == ErrorKind::NotPermitted;
}

constexpr qsizetype kShownOfVast = 4096;
// Ten megabytes take their time on the way of somebody's connection.
constexpr std::chrono::milliseconds kVastTime{30000};

std::chrono::microseconds timeOf(const HttpResponse &answer)
{
    return answer.timings.total;
}

class Trials
{
public:
    Trials(const BadInputTrials &question, ProbeContext &context, Wire &wire, ActorSession &session)
        : m_question(question), m_context(context), m_wire(wire), m_session(session)
    {
    }

    BadInputRun run(WritePlaces places, const std::vector<Route> &reads);

private:
    bool isOver() const { return !m_run.brokenOff.isEmpty(); }
    void tryPlace(const WritePlace &place, int share);
    void sendAll(WriteTrial &trial, PlaceRun &run, int share);
    void sendOne(WriteTrial &trial, PlaceRun &run, const Mutation &mutation);
    void lookAgain(WriteTrial &trial, PlaceRun &run, TriedMutation &one);
    void end(WriteTrial &trial, PlaceRun &run);
    void noteError(const Error &error, PlaceRun &run);
    void noteObstacle(const HttpResponse &answer);
    bool isLast(const PlaceRun &run) const { return m_wire.left() < 2 * kTrialRequests || !run.notTested.isEmpty(); }

    const BadInputTrials &m_question;
    ProbeContext &m_context;
    Wire &m_wire;
    ActorSession &m_session;
    bool m_hasHuge = false; // once is enough
    BadInputRun m_run;
};

void Trials::noteError(const Error &error, PlaceRun &run)
{
    if (endsIt(error) || m_context.observations.isOver())
        m_run.brokenOff = error.message;
    else
        run.notTested = error.message;
}

void Trials::noteObstacle(const HttpResponse &answer)
{
    const auto obstacle = obstacleIn(answer);
    if (obstacle == Obstacle::TooManyRequests || obstacle == Obstacle::Challenge)
        m_run.brokenOff = describe(*obstacle, answer);
}

// What is odd is tried once more before it counts.
void Trials::lookAgain(WriteTrial &trial, PlaceRun &run, TriedMutation &one)
{
    const auto time = timeOf(one.tried.answer);
    // What takes long on the way to the server says nothing of the server.
    const bool isLong = one.mutation.kind == MutationKind::HugeBody || one.mutation.kind == MutationKind::VastBody;
    const bool isSlow = !isLong && time > kSlow && time > kSlowFactor * timeOf(run.control->answer);
    if (isSlow) {
        const auto again = trial.send({one.mutation.contentType, one.mutation.body, false});
        one.isSlow =
            again && timeOf(again->answer) > kSlow && timeOf(again->answer) > kSlowFactor * timeOf(run.control->answer);
    }
    const bool isFirst =
        std::ranges::none_of(run.tried, [](const TriedMutation &other) { return other.tried.answer.status >= 500; });
    if (one.tried.answer.status < 500 || !isFirst)
        return;
    const auto good = trial.stillTakes();
    one.tookDown = good && !*good;
    if (one.tookDown)
        run.notTested =
            Text::tr("%1: after a bad body it does not take the good one any more.").arg(routeName(run.place.route));
    else if (!good)
        noteError(good.error(), run);
}

void Trials::sendOne(WriteTrial &trial, PlaceRun &run, const Mutation &mutation)
{
    TrialBody body{mutation.contentType, mutation.body};
    if (mutation.kind == MutationKind::VastBody)
        body.timeout = kVastTime;
    auto tried = trial.send(body);
    if (!tried) {
        // A server that hangs up on one body still answers the next.
        if (endsIt(tried.error()) || m_context.observations.isOver() || tried.error().kind == ErrorKind::BadInput)
            noteError(tried.error(), run);
        else if (tried.error().kind == ErrorKind::TimedOut)
            run.unanswered.append(describe(mutation.kind));
        return;
    }
    if (mutation.kind == MutationKind::VastBody) // not kept as a whole: it is blanks
        tried->request.body = tried->request.body.left(kShownOfVast);
    noteObstacle(tried->answer);
    if (isOver())
        return;
    TriedMutation one{mutation, std::move(*tried)};
    lookAgain(trial, run, one);
    if (one.mutation.kind == MutationKind::VastBody)
        one.mutation.body.truncate(kShownOfVast);
    run.tried.push_back(std::move(one));
}

void Trials::sendAll(WriteTrial &trial, PlaceRun &run, int share)
{
    const WriteKind kind = run.place.kind;
    const bool stays = kind == WriteKind::Update || kind == WriteKind::Settings;
    const MutationSource source{.contentType = run.place.contentType,
                                .body = trial.goodBody(),
                                .schema = run.place.schema,
                                .ownText = trial.text(),
                                .marksEach = stays,
                                .withHugeBody = !m_hasHuge && kind != WriteKind::Question};
    const std::vector<Mutation> all = mutationsOf(source);
    run.fieldsLeftOut = fieldsLeftOut(source);
    const int end = m_wire.sent() + share;
    for (const Mutation &mutation : all) {
        if (isOver() || isLast(run) || m_wire.sent() >= end) {
            ++run.leftOut;
            continue;
        }
        if (mutation.kind == MutationKind::VastBody && !run.hasTaken(MutationKind::HugeBody))
            continue; // what is smaller was not taken either
        m_hasHuge = m_hasHuge || mutation.kind == MutationKind::HugeBody;
        sendOne(trial, run, mutation);
    }
}

void Trials::end(WriteTrial &trial, PlaceRun &run)
{
    if (isOver() || !run.notTested.isEmpty())
        return;
    const auto takes = trial.stillTakes();
    if (!takes)
        return noteError(takes.error(), run);
    run.stillTakes = *takes;
    if (*takes)
        return;
    run.notTested = Text::tr("%1: at the end it did not take the good body any more, so that the refusals before may "
                             "have had another reason.")
                        .arg(routeName(run.place.route));
    const auto health = m_session.health();
    if (health && !health->isSignedIn)
        m_run.brokenOff = Text::tr("%1 was signed out while the requests went out.").arg(m_session.actor().name);
}

// Its own list of what is to be taken back: little is left to undo at any time.
void Trials::tryPlace(const WritePlace &place, int share)
{
    PlaceRun run{.place = place};
    UndoList undo([this] { return m_context.observations.isOver(); });
    WriteTrial trial(place, m_question.target, m_session, undo);
    auto control = trial.open();
    if (control) {
        run.control = std::move(*control);
        run.goodBody = trial.goodBody();
        sendAll(trial, run, share);
        end(trial, run);
    } else {
        noteError(control.error(), run);
    }
    const UndoReport report = undo.run();
    m_run.undone.done += report.done;
    m_run.undone.left += report.left;
    m_run.places.push_back(std::move(run));
}

BadInputRun Trials::run(WritePlaces places, const std::vector<Route> &reads)
{
    m_run.actor = m_session.actor().name;
    m_run.notTried = std::move(places.notTried);
    const ReadTrials readTrials{m_question.target, m_session};
    for (const Route &route : reads) {
        if (isOver())
            break;
        if (auto asked = readTrials.ask(route, m_run); !asked && endsIt(asked.error()))
            m_run.brokenOff = asked.error().message;
    }
    auto left = static_cast<int>(places.places.size());
    for (const WritePlace &place : places.places) {
        // What is left is shared; a place for which nothing would be left but its opening is not even opened.
        const int share = m_wire.left() / std::max(1, left--) - kPlaceRequests;
        if (isOver())
            break;
        if (m_wire.left() <= kPlaceRequests)
            m_run.places.push_back({.place = place,
                                    .notTested = Text::tr("%1: no request was left for it. Allow more on the page "
                                                          "\"Access\".")
                                                     .arg(routeName(place.route))});
        else
            tryPlace(place, std::max(1, share));
    }
    if (const ActiveGate *gate = m_wire.gate())
        m_run.known = gate->knownSecrets();
    m_run.requests = m_wire.sent();
    return std::move(m_run);
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
    return std::make_shared<const BadInputRun>(Trials(question, context, wire, session).run(std::move(places), reads));
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
    return needFor(writePlaces(facts.routes, facts.samples).places.size(), readsToTry(facts.routes).size());
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
