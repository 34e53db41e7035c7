#include "checks/abuse/timeouts.h"

#include "checks/abuse/slowplace.h"
#include "checks/actors/actorsession.h"
#include "checks/actors/crew.h"
#include "checks/engine/nothingtotry.h"
#include "checks/net/urlhost.h"

#include <QCoreApplication>

#include <algorithm>
#include <atomic>
#include <thread>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Timeouts)
};

const QString kCheck = u"abuse.timeouts"_s;
constexpr int kReadsBefore = 2;
constexpr int kReadsDuring = 3;
constexpr int kMostReadsAfter = 4;
constexpr std::size_t kMostCandidates = 4; // reads that are tried until one is served
constexpr int kSlowAlone = 2;              // one body, one head
constexpr int kCeiling =
    static_cast<int>(kMostCandidates) + kReadsBefore - 1 + kReadsDuring + kMostReadsAfter + kSlowBodies + kSlowAlone;

// No JSON, even if it were taken for whole.
QByteArray endlessBody(const SlowPace &pace)
{
    return R"({"launch_cockpit":")" + QByteArray(static_cast<qsizetype>(2 * (pace.most / pace.every)) + 200, 'x');
}

class SlowVisit
{
public:
    SlowVisit(const Look &look, const SlowVisitTimes &times, Wire &wire) : m_look(look), m_times(times), m_wire(wire)
    {
        m_visits.pace = times.pace;
    }

    SlowVisits run(const SlowPlace &place);

private:
    Observations &seen() const { return m_look.seen; }
    bool isOver() const { return seen().isOver() || m_wire.gate()->isKilled(); }
    void noteEnd();
    void pause() const;
    void dress(const SlowPlace &place);
    bool findRead();
    void readWhileSlow();
    void readAfterwards();
    void measure();
    std::chrono::milliseconds holdTime() const
    {
        return m_times.settle +
               kReadsDuring * (m_visits.read.timeoutMs * std::chrono::milliseconds(1) + m_times.settle);
    }
    std::vector<SlowTry> sendSlowBodies(int count, std::chrono::milliseconds most);

    const Look &m_look;
    const SlowVisitTimes &m_times;
    Wire &m_wire;
    SlowVisits m_visits;
};

// The kill switch is no part of the token.
void SlowVisit::pause() const
{
    const Deadline end = Deadline::in(m_times.settle);
    while (!end.hasPassed() && !isOver())
        seen().token().waitFor(std::min(kLongestBlindWait, end.remaining()));
}

void SlowVisit::noteEnd()
{
    if (m_visits.brokenOff.isEmpty() && isOver())
        m_visits.brokenOff = Text::tr("It was stopped, or its time was over, before the product was seen to bear it.");
}

// As somebody who is signed in, where the project has an account: many products wait for no stranger's body.
void SlowVisit::dress(const SlowPlace &place)
{
    m_visits.slow = place.request;
    m_visits.slowRoute = place.name;
    m_visits.host = hostOf(place.request.url);
    m_visits.slow.keepConnection = false;
    m_visits.slow.body = endlessBody(m_times.pace);
    m_visits.slow.slowly = SlowBody{.pieceBytes = 1, .every = m_times.pace.every};
    m_visits.slow.headers = {{"Content-Type", "application/json"}};
    const TestActor *actor = crewOf(m_look.facts.actors).anybody;
    if (!place.isWrite || !actor)
        return;
    ActorSession session(*actor, m_wire);
    if (auto prepared = session.prepared(m_visits.slow))
        m_visits.slow = std::move(*prepared);
}

bool SlowVisit::findRead()
{
    bool areElsewhere = true;
    for (ActiveRequest read : ordinaryReads(m_look.target, m_look.facts.routes, kMostCandidates)) {
        read.timeoutMs = static_cast<int>(m_times.readLimit.count());
        const VisitorRead first = visit(m_wire, read);
        m_visits.notTested = Text::tr("No page that anybody may see was served before: the last one tried was %1 (%2).")
                                 .arg(read.url.toString(QUrl::RemoveQuery), describe(first));
        areElsewhere = areElsewhere && first.isElsewhere();
        if (!first.isServed())
            continue;
        m_visits.read = read;
        m_visits.before = {first, visit(m_wire, read)};
        m_visits.notTested.clear();
        return m_visits.before.back().isServed();
    }
    m_visits.hasNoRead = areElsewhere && !m_visits.notTested.isEmpty();
    return false;
}

// One after the other in the log, as they were sent.
std::vector<SlowTry> SlowVisit::sendSlowBodies(int count, std::chrono::milliseconds most)
{
    ActiveRequest request = m_visits.slow;
    request.timeoutMs = static_cast<int>(most.count());
    Wire wire(seen(), kCheck, count, Announcing::Before);
    const std::vector<ActiveRequest> requests(static_cast<std::size_t>(count), request);
    const auto answers = wire.sendAll(requests, true);
    std::vector<LoggedRequest> lines = m_wire.gate()->log();
    std::erase_if(lines, [&](const LoggedRequest &line) {
        return line.checkId != kCheck || line.method != QString::fromLatin1(request.method) ||
               line.route != request.routeName || line.host != m_visits.host;
    });
    std::vector<SlowTry> tries;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        SlowTry one;
        const std::size_t fromEnd = answers.size() - i;
        if (lines.size() >= fromEnd)
            one.took = std::chrono::milliseconds(lines[lines.size() - fromEnd].durationMs);
        const ErrorKind kind = answers[i] ? ErrorKind::Protocol : answers[i].error().kind;
        const bool wasSent = kind != ErrorKind::Cancelled && kind != ErrorKind::NotPermitted &&
                             kind != ErrorKind::BadInput && kind != ErrorKind::Unreachable &&
                             kind != ErrorKind::NoRoute;
        if (answers[i])
            one.status = answers[i]->status;
        else
            one.problem = answers[i].error().message;
        if (wasSent)
            one.end = slowEndOf(one.took, kind == ErrorKind::TimedOut, m_times.pace);
        tries.push_back(one);
    }
    return tries;
}

void SlowVisit::readWhileSlow()
{
    const int before = m_wire.gate()->sentBy(kCheck);
    std::atomic_bool isDone = false;
    std::thread slow([&] {
        m_visits.bodies = sendSlowBodies(kSlowBodies, holdTime());
        isDone = true;
    });
    // A body that is not let out lets the thread end, and nobody waits for it.
    while (!isDone && !isOver() && m_wire.gate()->sentBy(kCheck) < before + kSlowBodies)
        seen().token().waitFor(std::chrono::milliseconds(20));
    pause();
    for (int i = 0; i < kReadsDuring && !isOver() && !isDone; ++i) {
        const VisitorRead read = visit(m_wire, m_visits.read);
        if (!isDone) // else it tells nothing: nobody was slow any more
            m_visits.during.push_back(read);
        pause();
    }
    slow.join();
}

void SlowVisit::readAfterwards()
{
    int served = 0;
    for (int i = 0; i < kMostReadsAfter && served < kReadsBefore && !isOver(); ++i) {
        m_visits.after.push_back(visit(m_wire, m_visits.read));
        served += m_visits.after.back().isServed() ? 1 : 0;
        if (!m_visits.after.back().isServed())
            pause();
    }
}

void SlowVisit::measure()
{
    SlowPace pace = m_times.pace;
    pace.most = std::min(pace.most, seen().deadline().remaining() / 2);
    m_visits.pace = pace;
    std::thread slow(
        [&] { m_visits.head = sendSlowHead(seen(), kCheck, m_visits.read.url, m_visits.read.routeName, pace); });
    m_visits.body = sendSlowBodies(1, pace.most).front();
    slow.join();
}

SlowVisits SlowVisit::run(const SlowPlace &place)
{
    const int before = m_wire.gate()->sentBy(kCheck); // of another product
    dress(place);
    if (findRead()) {
        readWhileSlow();
        readAfterwards();
        const auto hung =
            std::ranges::count_if(m_visits.during, [](const VisitorRead &read) { return !read.isServed(); });
        if (!isOver() && hung == 0) // else it was shown already, and is not shown again
            measure();
    }
    noteEnd();
    m_visits.known = m_wire.gate()->knownSecrets();
    m_visits.requests = m_wire.gate()->sentBy(kCheck) - before;
    return std::move(m_visits);
}

Judged look(const Look &look)
{
    return lookAtTimeouts(look, {});
}

// While slow requests are open, each read may hang; then one body and one head go as long as the server likes.
std::chrono::seconds waitsFor(const SlowVisitTimes &times)
{
    constexpr int kReads = static_cast<int>(kMostCandidates) + kReadsBefore - 1 + kReadsDuring + kMostReadsAfter;
    constexpr int kPauses = 1 + kReadsDuring + kMostReadsAfter;
    return std::chrono::ceil<std::chrono::seconds>(kReads * times.readLimit + kPauses * times.settle + times.pace.most);
}

std::vector<RequestNeed> requestsOf(const Outlook &outlook)
{
    if (!slowPlaceOf(outlook))
        return {};
    return {{.account = kCheck, .most = kCeiling, .waits = waitsFor({})}};
}

} // namespace

Judged lookAtTimeouts(const Look &look, const SlowVisitTimes &times)
{
    const ActiveGate *gate = look.seen.active();
    const auto place =
        slowPlaceOf({look.target, look.facts}, [&](const QUrl &url) { return gate && gate->covers(hostOf(url)); });
    if (!place) {
        const QString why = Text::tr("No route that takes a body is known. Mark one as safe to write in your list of "
                                     "routes, or add a test account that signs in by a form.");
        return slowPlaceOf({look.target, look.facts}) ? notRun(why) : nothingToTry(why);
    }
    Wire wire(look, RequestNeed{.account = kCheck, .most = kCeiling});
    if (!wire.isReady())
        return notRun(wire.isReady().error().message);
    return judgeTimeouts(SlowVisit(look, times, wire).run(*place));
}

Check timeoutsCheck()
{
    return {.id = kCheck,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::Downtime},
            .needs = {Need::Routes, Need::Consent},
            .look = look,
            .requests = requestsOf};
}

} // namespace cockpit
