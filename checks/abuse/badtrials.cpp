#include "checks/abuse/badtrials.h"

#include "checks/abuse/badreads.h"
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

// Empty where no answer came that could be judged.
std::optional<InputVerdict> verdictOn(const Mutation &mutation, const PlaceRun &run)
{
    const auto one =
        std::ranges::find(run.tried, mutation.name(), [](const TriedMutation &tried) { return tried.mutation.name(); });
    return one == run.tried.end() ? std::nullopt : std::optional(inputVerdictOf(*one, run));
}

bool isTaken(const std::optional<InputVerdict> &verdict)
{
    using enum InputVerdict;
    return verdict == Kept || verdict == Altered || verdict == Ignored || verdict == Unseen;
}

QString noneLeftFor(const QString &route, bool isCapped)
{
    return isCapped ? Text::tr("%1: no request was left for it, as one run sends %2 of this kind at most. Mark some "
                               "routes as safe to write, then others.")
                          .arg(route, QString::number(kMostInputRequests))
                    : Text::tr("%1: no request was left for it. Allow more on the page \"Access\".").arg(route);
}

} // namespace

void BadTrials::noteError(const Error &error, PlaceRun &run)
{
    if (endsIt(error) || m_context.observations.isOver())
        m_run.brokenOff = error.message;
    else
        run.notTested = error.message;
}

void BadTrials::noteObstacle(const HttpResponse &answer)
{
    const auto obstacle = obstacleIn(answer);
    if (obstacle == Obstacle::TooManyRequests || obstacle == Obstacle::Challenge)
        m_run.brokenOff = describe(*obstacle, answer);
}

// What is odd is tried once more before it counts.
void BadTrials::lookAgain(WriteTrial &trial, PlaceRun &run, TriedMutation &one)
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

void BadTrials::sendOne(WriteTrial &trial, PlaceRun &run, const Mutation &mutation)
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
        run.notTold.append(mutation.name());
        return;
    }
    if (mutation.kind == MutationKind::VastBody) // not kept as a whole: it is blanks
        tried->request.body = tried->request.body.left(kShownOfVast);
    noteObstacle(tried->answer);
    if (isOver()) {
        run.notTold.append(mutation.name());
        return;
    }
    TriedMutation one{mutation, std::move(*tried)};
    lookAgain(trial, run, one);
    if (one.mutation.kind == MutationKind::VastBody)
        one.mutation.body.truncate(kShownOfVast);
    run.tried.push_back(std::move(one));
}

void BadTrials::sendAll(WriteTrial &trial, PlaceRun &run, int share, Progress &progress)
{
    const WriteKind kind = run.place.kind;
    const bool stays = kind == WriteKind::Update || kind == WriteKind::Settings;
    const MutationSource source{.contentType = run.place.contentType,
                                .body = trial.goodBody(),
                                .schema = run.place.schema,
                                .ownText = trial.text(),
                                .marksEach = stays,
                                .withHugeBody = progress.withHuge};
    const std::vector<Mutation> all = mutationsOf(source);
    run.fieldsLeftOut = fieldsLeftOut(source);
    const int end = m_wire.sent() + share;
    for (const Mutation &mutation : all) {
        const auto key = std::pair(mutation.kind, mutation.field());
        if (progress.sent.contains(key))
            continue;
        if (isOver() || isLast(run) || m_wire.sent() >= end) {
            ++run.leftOut;
            run.notSent.append(mutation.name());
            continue;
        }
        if (mutation.kind == MutationKind::VastBody && !isTaken(progress.huge)) {
            // Where what is smaller is refused, so is this. No answer to that one tells nothing of this one.
            if (progress.huge != InputVerdict::Refused)
                run.notSent.append(mutation.name());
            continue;
        }
        progress.sent.insert(key);
        m_hasHuge = m_hasHuge || mutation.kind == MutationKind::HugeBody;
        sendOne(trial, run, mutation);
        if (mutation.kind == MutationKind::HugeBody)
            progress.huge = verdictOn(mutation, run);
    }
}

void BadTrials::end(WriteTrial &trial, PlaceRun &run)
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
void BadTrials::tryPlace(const WritePlace &place, int share, Progress progress)
{
    PlaceRun run{.place = place};
    UndoList undo([this] { return m_context.observations.isOver(); });
    WriteTrial trial(place, m_question.target, m_session, undo);
    auto control = trial.open();
    if (control) {
        takeOver(place);
        run.control = std::move(*control);
        run.goodBody = trial.goodBody();
        sendAll(trial, run, share, progress);
        end(trial, run);
    } else {
        noteError(control.error(), run);
    }
    const UndoReport report = undo.run();
    m_run.undone.add(report);
    if (run.leftOut > 0 && !isOver() && run.notTested.isEmpty())
        m_rests.push_back({m_run.places.size(), std::move(progress)});
    m_run.places.push_back(std::move(run));
}

// What an earlier turn left out is this one's now.
void BadTrials::takeOver(const WritePlace &place)
{
    const auto before = std::ranges::find_if(
        m_run.places, [&](const PlaceRun &one) { return one.place.route == place.route && one.leftOut > 0; });
    if (before == m_run.places.end())
        return;
    before->leftOut = 0;
    before->notSent.clear();
}

void BadTrials::askReads(const std::vector<Route> &reads)
{
    const ReadTrials readTrials{m_question.target, m_session};
    for (const Route &route : reads) {
        if (isOver() || m_wire.left() < kReadRequests) {
            m_run.leftReads.without.push_back(route);
            continue;
        }
        const auto asked = readTrials.ask(route, m_run);
        if (!asked)
            m_run.silentReads.push_back(route);
        if (!asked && endsIt(asked.error()))
            m_run.brokenOff = asked.error().message;
    }
}

// Once in a run is enough, and where it told something before it is asked again.
bool BadTrials::isForHuge(const WritePlace &place) const
{
    return place.kind != WriteKind::Question && (!m_hasHuge || m_question.vastAgain.contains(routeName(place.route)));
}

// What is left is shared; a place for which nothing would be left but its opening is not even opened.
void BadTrials::tryPlaces(const std::vector<WritePlace> &places)
{
    auto left = static_cast<int>(places.size());
    for (const WritePlace &place : places) {
        const int share = m_wire.left() / std::max(1, left--) - kInputPlaceRequests;
        if (isOver())
            return;
        if (m_wire.left() <= kInputPlaceRequests)
            m_run.places.push_back({.place = place, .notTested = noneLeftFor(routeName(place.route), m_run.isCapped)});
        else
            tryPlace(place, std::max(1, share), {.withHuge = isForHuge(place)});
    }
}

// Places that refuse everything at once need far less than their share.
void BadTrials::tryRests()
{
    const std::vector<Rest> rests = std::exchange(m_rests, {});
    auto left = static_cast<int>(rests.size());
    for (const Rest &rest : rests) {
        const int share = m_wire.left() / left-- - kInputPlaceRequests;
        if (isOver())
            return;
        if (share > 0)
            tryPlace(WritePlace(m_run.places[rest.run].place), share, rest.progress);
    }
}

BadInputRun BadTrials::run(WritePlaces places, ReadChoice reads)
{
    m_run.actor = m_session.actor().name;
    m_run.isCapped = m_question.most >= kMostInputRequests;
    m_run.notTried = std::move(places.notTried);
    m_run.leftReads.beyond = std::move(reads.beyond);
    askReads(reads.first);
    tryPlaces(places.places);
    tryRests();
    askReads(reads.more);
    if (const ActiveGate *gate = m_wire.gate())
        m_run.known = gate->knownSecrets();
    m_run.requests = m_wire.sent();
    return std::move(m_run);
}

} // namespace cockpit
