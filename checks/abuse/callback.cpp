#include "checks/abuse/callback.h"

#include "checks/abuse/badinput.h"
#include "checks/actors/canaryremoval.h"
#include "checks/actors/routeaddress.h"
#include "checks/engine/nothingtotry.h"
#include "checks/web/obstacle.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CallbackUrl)
};

constexpr int kAddressRequests = 18; // as many as innerAddresses() has; those that are taken cost more
constexpr int kTaken = 6;            // that may be taken before it is plain enough

bool endsIt(const Error &error)
{
    return error.kind == ErrorKind::Cancelled || error.kind == ErrorKind::NotPermitted;
}

RequestNeed needFor(std::size_t places)
{
    constexpr int kRepeats = static_cast<int>(kMostUnanswered);
    constexpr int kPlace = kTrialOpening + 2 * kTrialRequests + kAddressRequests + kRepeats +
                           kTaken * (kTrialRequests - 1) + kCanaryRemovalRequests + kRemovalControlRequests;
    return {.account = u"abuse.callback-url"_s, .most = std::min(static_cast<int>(places), kMostCallbacks) * kPlace};
}

struct CallbackPlaces
{
    std::vector<CallbackPlace> places;
    std::vector<UntriedWrite> notTried;
};

// Those whose body has an address in it, each field by itself; the first of each body first. A record is known again by
// the address, which ends in our own text.
CallbackPlaces callbackPlaces(const ProjectFacts &facts)
{
    CallbackPlaces found;
    WritePlaces all = writePlaces(facts.routes, facts.samples);
    for (const WritePlace &place : all.places) {
        for (const QString &field : addressFieldsOf(place.contentType, place.body)) {
            const bool isFurther = !found.places.empty() && found.places.back().write.route == place.route;
            found.places.push_back({place, field, isFurther});
        }
    }
    std::ranges::stable_sort(found.places, {}, &CallbackPlace::isFurther);
    for (const UntriedWrite &one : all.notTried) {
        const RouteSample *sample = sampleFor(one.route.method, one.route.path, one.route.host, facts.samples);
        if (sample && !addressFieldsOf(sample->contentType, sample->body).isEmpty())
            found.notTried.push_back(one);
    }
    return found;
}

class Callbacks
{
public:
    Callbacks(const Look &look, Wire &wire, ActorSession &session) : m_look(look), m_wire(wire), m_session(session) {}

    CallbackLook run(CallbackPlaces places);
    const UndoReport &undone() const { return m_undone; }

private:
    void tryPlace(const CallbackPlace &given);
    void sendOne(WriteTrial &trial, CallbackRun &run, const CallbackAddress &address);
    void sendAll(WriteTrial &trial, CallbackRun &run, const QString &text);
    void noteError(const Error &error, CallbackRun &run);
    bool isOver() const { return !m_result.brokenOff.isEmpty(); }

    const Look &m_look;
    Wire &m_wire;
    ActorSession &m_session;
    UndoReport m_undone;
    int m_repeats = 0; // at one place
    CallbackLook m_result;
};

void Callbacks::noteError(const Error &error, CallbackRun &run)
{
    if (endsIt(error) || m_look.seen.isOver())
        m_result.brokenOff = error.message;
    else
        run.notTested = error.message;
}

// Once more where nothing came in time: what stood in the way of one answer need not stand in the way of the next.
void Callbacks::sendOne(WriteTrial &trial, CallbackRun &run, const CallbackAddress &address)
{
    const WritePlace &place = trial.place();
    const QByteArray body = bodyWithAddress(place.contentType, trial.goodBody(), run.place.field, address.url);
    const auto isLate = [](const Result<TriedBody> &tried) {
        return !tried && tried.error().kind == ErrorKind::TimedOut;
    };
    auto tried = trial.send({place.contentType, body});
    const bool isRepeated = isLate(tried) && place.kind != WriteKind::Create && !m_look.seen.isOver() &&
                            m_repeats < static_cast<int>(kMostUnanswered);
    if (isRepeated) {
        ++m_repeats;
        tried = trial.send({place.contentType, body});
    }
    if (tried) {
        if (obstacleIn(tried->answer) == Obstacle::TooManyRequests)
            m_result.brokenOff = describe(Obstacle::TooManyRequests, tried->answer);
        run.tried.push_back({address, std::move(*tried)});
        return;
    }
    if (endsIt(tried.error()) || m_look.seen.isOver() || tried.error().kind == ErrorKind::BadInput) {
        noteError(tried.error(), run);
        return;
    }
    ActiveRequest sent = requestAt(place.route, run.control->request.url);
    sent.headers = {{"Content-Type", place.contentType}};
    sent.body = body;
    (isRepeated && isLate(tried) ? run.unanswered : run.hungUp)
        .push_back({address, {.request = std::move(sent), .answer = {}}});
}

void Callbacks::sendAll(WriteTrial &trial, CallbackRun &run, const QString &text)
{
    for (const CallbackAddress &address : innerAddresses(text)) {
        const auto taken = std::ranges::count_if(run.tried, [](const TriedAddress &one) { return one.tried.wasTaken; });
        if (isOver() || !run.notTested.isEmpty() || taken >= kTaken || run.unanswered.size() >= kMostUnanswered)
            break;
        sendOne(trial, run, address);
    }
    if (isOver() || !run.notTested.isEmpty())
        return;
    const auto takes = trial.stillTakes();
    run.stillTakes = takes && *takes;
    if (!takes)
        noteError(takes.error(), run);
    else if (!*takes)
        run.notTested = Text::tr("%1: at the end it did not take the good address any more, so that the refusals "
                                 "before may have had another reason.")
                            .arg(run.place.name());
}

void Callbacks::tryPlace(const CallbackPlace &given)
{
    m_repeats = 0;
    CallbackRun run{.place = given};
    WritePlace &place = run.place.write;
    const QString &field = run.place.field;
    const QString text = newCanaryText();
    if (place.kind == WriteKind::Create) {
        const QString known = addressIn(place.contentType, place.body, field);
        place.ownText = text;
        place.body = bodyWithAddress(place.contentType, place.body, field, withText(known, text));
    }
    UndoList undo([this] { return m_look.seen.isOver(); });
    WriteTrial trial(place, m_look.target, m_session, undo);
    auto control = trial.open();
    if (control) {
        run.control = std::move(*control);
        sendAll(trial, run, trial.text().isEmpty() ? text : trial.text());
    } else {
        noteError(control.error(), run);
    }
    const UndoReport report = undo.run();
    m_undone.add(report);
    m_result.routes.push_back(std::move(run));
}

CallbackLook Callbacks::run(CallbackPlaces places)
{
    m_result.actor = m_session.actor().name;
    m_result.notTried = std::move(places.notTried);
    for (const CallbackPlace &place : places.places) {
        if (m_result.routes.size() >= kMostCallbacks)
            m_result.leftOut.append(place.name());
        else if (!isOver())
            tryPlace(place);
    }
    if (const ActiveGate *gate = m_wire.gate())
        m_result.known = gate->knownSecrets();
    m_result.requests = m_wire.sent();
    return std::move(m_result);
}

Judged look(const Look &look)
{
    const TestActor *actor = inputActorOf(look.facts.actors);
    if (!actor)
        return nothingToTry(labelOf(Need::TestAccounts));
    CallbackPlaces places = callbackPlaces(look.facts);
    if (places.places.empty()) {
        QStringList open;
        for (const UntriedWrite &one : places.notTried)
            open.append(describe(one.why, one.route));
        if (open.isEmpty())
            open.append(Text::tr("No route that takes an address is marked as safe to write."));
        return nothingToTry(open.join(u' '));
    }
    Wire wire(look, needFor(places.places.size()));
    if (!wire.isReady())
        return notRun(wire.isReady().error().message);
    ActorSession session(*actor, wire);
    if (const auto ready = session.signIn(); !ready)
        return couldNotLook(ready.error());
    Callbacks callbacks(look, wire, session);
    Judged judged = judgeCallbacks(callbacks.run(std::move(places)));
    noteLeft(judged, callbacks.undone());
    return judged;
}

std::vector<RequestNeed> requestsOf(const Outlook &outlook)
{
    if (!inputActorOf(outlook.facts.actors))
        return {};
    return {needFor(callbackPlaces(outlook.facts).places.size())};
}

} // namespace

Check callbackUrlCheck()
{
    return {.id = u"abuse.callback-url"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::DataExposure, Impact::Maintainability},
            .needs = {Need::Routes, Need::TestAccounts, Need::Consent},
            .look = look,
            .requests = requestsOf};
}

} // namespace cockpit
