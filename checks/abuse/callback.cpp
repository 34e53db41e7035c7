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
    constexpr int kPlace = kTrialOpening + 2 * kTrialRequests + kAddressRequests + kTaken * (kTrialRequests - 1) +
                           kCanaryRemovalRequests + kRemovalControlRequests;
    return {.account = u"abuse.callback-url"_s, .most = std::min(static_cast<int>(places), kMostCallbacks) * kPlace};
}

struct CallbackPlaces
{
    std::vector<WritePlace> places;
    std::vector<UntriedWrite> notTried;
};

// Those whose body has an address in it. A record is known again by the address, which ends in our own text.
CallbackPlaces callbackPlaces(const ProjectFacts &facts)
{
    CallbackPlaces found;
    WritePlaces all = writePlaces(facts.routes, facts.samples);
    for (WritePlace &place : all.places) {
        if (!addressFieldsOf(place.contentType, place.body).isEmpty())
            found.places.push_back(std::move(place));
    }
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
    void tryPlace(WritePlace place);
    void sendAll(WriteTrial &trial, CallbackRun &run, const QString &text);
    void noteError(const Error &error, CallbackRun &run);
    bool isOver() const { return !m_result.brokenOff.isEmpty(); }

    const Look &m_look;
    Wire &m_wire;
    ActorSession &m_session;
    UndoReport m_undone;
    CallbackLook m_result;
};

void Callbacks::noteError(const Error &error, CallbackRun &run)
{
    if (endsIt(error) || m_look.seen.isOver())
        m_result.brokenOff = error.message;
    else
        run.notTested = error.message;
}

void Callbacks::sendAll(WriteTrial &trial, CallbackRun &run, const QString &text)
{
    int taken = 0;
    for (const CallbackAddress &address : innerAddresses(text)) {
        if (isOver() || !run.notTested.isEmpty() || taken >= kTaken)
            break;
        const WritePlace &place = trial.place();
        const QByteArray body = bodyWithAddress(place.contentType, trial.goodBody(), run.field, address.url);
        auto tried = trial.send({place.contentType, body});
        if (!tried) {
            if (endsIt(tried.error()) || m_look.seen.isOver() || tried.error().kind == ErrorKind::BadInput)
                noteError(tried.error(), run);
            continue; // hung up on, or a server that waits for what it was told to call
        }
        if (obstacleIn(tried->answer) == Obstacle::TooManyRequests)
            m_result.brokenOff = describe(Obstacle::TooManyRequests, tried->answer);
        taken += tried->wasTaken ? 1 : 0;
        run.tried.push_back({address, std::move(*tried)});
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
                            .arg(routeName(run.place.route));
}

void Callbacks::tryPlace(WritePlace place)
{
    CallbackRun run;
    run.field = addressFieldsOf(place.contentType, place.body).constFirst();
    const QString text = newCanaryText();
    if (place.kind == WriteKind::Create) {
        const QString known = addressIn(place.contentType, place.body, run.field);
        place.ownText = text;
        place.body = bodyWithAddress(place.contentType, place.body, run.field, withText(known, text));
    }
    run.place = place;
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
    for (WritePlace &place : places.places) {
        if (m_result.routes.size() >= kMostCallbacks)
            m_result.leftOut.append(routeName(place.route));
        else if (!isOver())
            tryPlace(std::move(place));
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
