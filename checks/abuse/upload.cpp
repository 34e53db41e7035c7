#include "checks/abuse/upload.h"

#include "checks/abuse/badinput.h"
#include "checks/actors/canaryremoval.h"
#include "checks/actors/routeaddress.h"
#include "checks/engine/nothingtotry.h"
#include "checks/net/urlhost.h"
#include "checks/web/obstacle.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Upload)
};

constexpr int kGoodTries = 3;
constexpr int kBadFiles = 11;
constexpr qint64 kServedCap = 256LL * 1024;

bool endsIt(const Error &error)
{
    return error.kind == ErrorKind::Cancelled || error.kind == ErrorKind::NotPermitted;
}

// As it is kept in evidence: short, and nothing that a virus scanner would report in the project's file.
QByteArray shownBody(const UploadFile &file, const QByteArray &body)
{
    constexpr qsizetype kLongest = 2000;
    if (file.kind != UploadKind::TestVirus && body.size() <= kLongest)
        return body;
    return "(" + describe(file.kind).toUtf8() + ", " + file.name.left(80) + ")";
}

RequestNeed needFor(std::size_t routes)
{
    constexpr int kRoute = kTrialOpening + (kGoodTries + kBadFiles + 1) * kTrialRequests + kRemovalControlRequests;
    return {.account = u"abuse.upload"_s, .most = std::min(static_cast<int>(routes), kMostUploadRoutes) * kRoute};
}

class Uploads
{
public:
    Uploads(const Look &look, Wire &wire, ActorSession &session) : m_look(look), m_wire(wire), m_session(session) {}

    UploadLook run(const std::vector<Route> &routes);
    const UndoReport &undone() const { return m_undone; }

private:
    void tryRoute(const Route &route, const CanaryPlan &plan);
    bool openWith(const UploadFile &file, const Route &route, const CanaryPlan &plan, UploadRun &run);
    void sendAll(WriteTrial &trial, UploadRun &run);
    Result<std::optional<HttpResponse>> seeStored(const HttpResponse &made);
    void noteError(const Error &error, UploadRun &run);
    bool isOver() const { return !m_result.brokenOff.isEmpty(); }

    const Look &m_look;
    Wire &m_wire;
    ActorSession &m_session;
    QByteArray m_field;
    bool m_isElsewhere = false; // of the last file that was looked at
    UndoReport m_undone;
    UploadLook m_result;
};

void Uploads::noteError(const Error &error, UploadRun &run)
{
    if (endsIt(error) || m_look.seen.isOver())
        m_result.brokenOff = error.message;
    else
        run.notTested = error.message;
}

// As the account that sent it, on the hosts that were agreed to; elsewhere the answer has to do.
Result<std::optional<HttpResponse>> Uploads::seeStored(const HttpResponse &made)
{
    const QUrl url = storedUrlIn(made);
    if (url.isEmpty())
        return std::optional<HttpResponse>();
    m_isElsewhere = !m_wire.gate() || !m_wire.gate()->covers(hostOf(url));
    if (m_isElsewhere)
        return std::optional(made);
    ActiveRequest request;
    request.url = url;
    request.bodyCap = kServedCap;
    auto answer = m_session.ask(request);
    if (!answer && endsIt(answer.error()))
        return tl::unexpected<Error>(answer.error());
    return answer ? std::optional(std::move(*answer)) : std::nullopt;
}

void Uploads::sendAll(WriteTrial &trial, UploadRun &run)
{
    for (const UploadFile &file : badFiles(run.good->file, trial.text())) {
        if (isOver() || !run.notTested.isEmpty())
            return;
        m_isElsewhere = false;
        const UploadBody body = uploadBody(m_field, file);
        auto tried = trial.send({body.contentType, body.body});
        if (!tried) {
            // A server that stops to read a file that is too large may close the connection (RFC 9110, 15.5.14).
            if (endsIt(tried.error()) || m_look.seen.isOver() || tried.error().kind == ErrorKind::BadInput)
                noteError(tried.error(), run);
            continue;
        }
        tried->request.body = shownBody(file, tried->request.body);
        if (obstacleIn(tried->answer) == Obstacle::TooManyRequests)
            m_result.brokenOff = describe(Obstacle::TooManyRequests, tried->answer);
        run.files.push_back({file, std::move(*tried), m_isElsewhere});
    }
    if (isOver() || !run.notTested.isEmpty())
        return;
    const auto takes = trial.stillTakes();
    run.stillTakes = takes && *takes;
    if (!takes)
        noteError(takes.error(), run);
    else if (!*takes)
        run.notTested = Text::tr("%1: at the end it did not take the good file any more, so that the refusals before "
                                 "may have had another reason.")
                            .arg(routeName(run.route));
}

// False when another good file is worth a try: the product may take other types.
bool Uploads::openWith(const UploadFile &file, const Route &route, const CanaryPlan &plan, UploadRun &run)
{
    const UploadBody body = uploadBody(m_field, file);
    WritePlace place{.route = route, .contentType = body.contentType, .body = body.body};
    place.plan = plan;
    place.ownText = QString::fromUtf8(file.name.left(file.name.indexOf('.')));
    UndoList undo([this] { return m_look.seen.isOver(); });
    WriteTrial trial(place, m_look.target, m_session, undo);
    trial.lookBy([this](const HttpResponse &made) { return seeStored(made); });
    auto control = trial.open();
    run.notTested.clear();
    if (control) {
        run.good = TriedFile{file, std::move(*control), m_isElsewhere};
        sendAll(trial, run);
    } else {
        noteError(control.error(), run);
    }
    const UndoReport report = undo.run();
    m_undone.add(report);
    return run.good.has_value() || isOver();
}

void Uploads::tryRoute(const Route &route, const CanaryPlan &plan)
{
    UploadRun run{.route = route};
    const RouteSample *sample = sampleFor(route.method, route.path, route.host, m_look.facts.samples);
    m_field = fileFieldOf(sample ? sample->body : QByteArray());
    for (const UploadFile &file : goodFiles(newCanaryText())) {
        if (openWith(file, route, plan, run))
            break;
    }
    m_result.routes.push_back(std::move(run));
}

UploadLook Uploads::run(const std::vector<Route> &routes)
{
    m_result.actor = m_session.actor().name;
    const std::vector<CanaryPlan> plans = canaryPlans(m_look.facts.routes, m_look.facts.samples);
    for (const Route &route : routes) {
        const auto plan = std::ranges::find_if(plans, [&](const CanaryPlan &one) {
            return one.create.path == route.path && one.create.host == route.host;
        });
        if (plan == plans.end())
            m_result.notTried.append(describe(WriteObstacle::NoWayBack, route));
        else if (m_result.routes.size() >= kMostUploadRoutes)
            m_result.leftOut.append(routeName(route));
        else if (!isOver())
            tryRoute(route, *plan);
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
    const std::vector<Route> routes = uploadRoutes(look.facts.routes, look.facts.samples);
    if (routes.empty())
        return nothingToTry(
            Text::tr("No route that takes files is marked as safe to write. Mark the one for uploads and the "
                     "one that removes a file again."));
    Wire wire(look, needFor(routes.size()));
    if (!wire.isReady())
        return notRun(wire.isReady().error().message);
    ActorSession session(*actor, wire);
    if (const auto ready = session.signIn(); !ready)
        return couldNotLook(ready.error());
    Uploads uploads(look, wire, session);
    Judged judged = judgeUpload(uploads.run(routes));
    noteLeft(judged, uploads.undone());
    return judged;
}

std::vector<RequestNeed> requestsOf(const Outlook &outlook)
{
    if (!inputActorOf(outlook.facts.actors))
        return {};
    return {needFor(uploadRoutes(outlook.facts.routes, outlook.facts.samples).size())};
}

} // namespace

Check uploadCheck()
{
    return {.id = u"abuse.upload"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::AccountTakeover, Impact::CostAbuse, Impact::DataExposure, Impact::Maintainability},
            .needs = {Need::Routes, Need::TestAccounts, Need::Consent},
            .look = look,
            .requests = requestsOf};
}

} // namespace cockpit
