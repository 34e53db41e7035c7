#include "checks/deploy/smokerun.h"

#include "checks/actors/canaryremoval.h"
#include "checks/actors/refusal.h"
#include "checks/actors/requestproof.h"
#include "checks/actors/routeaddress.h"
#include "checks/web/address.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Smoke)
};

constexpr std::size_t kMostReads = 3;
constexpr int kServerFault = 500;

// The reads that are worth a look: not for everybody, and not for administrators when the account is none. Those that
// somebody has called private go first.
std::vector<AskableRoute> readsFor(const Look &look, const TestActor &actor)
{
    std::vector<Route> wanted;
    for (const Route &route : look.facts.routes) {
        const bool isAbove = route.access == AccessClass::Admin && !isAdminRole(actor.role);
        if (route.access != AccessClass::Public && !isAbove)
            wanted.push_back(route);
    }
    auto reads = askableReads(look.target, wanted, wanted.size()).routes;
    std::stable_partition(reads.begin(), reads.end(), [](const AskableRoute &read) { return !read.route.isGuessed; });
    return reads;
}

// Of this check; 0: none, or no answer.
int lastStatus(const Wire &wire)
{
    const auto log = wire.gate()->log();
    const auto last =
        std::find_if(log.rbegin(), log.rend(), [&](const LoggedRequest &one) { return one.checkId == wire.checkId(); });
    return last == log.rend() ? 0 : last->status;
}

ActiveRequest requestFor(const AskableRoute &read)
{
    return {.method = read.route.method.toLatin1(), .url = read.url, .routeName = routeName(read.route)};
}

} // namespace

int smokeCeiling()
{
    // Each read as the account and as nobody, who then asks an invented address as well; that address as the account;
    // signing out, and one read once more after it.
    return kSignInRequests + 3 * static_cast<int>(kMostReads) + 1 + kCanaryRequests + kCanaryRemovalRequests +
           kRemovalControlRequests + 2;
}

SmokeRun::SmokeRun(const Look &look, const TestActor &actor, Wire &wire, UndoList &undo)
    : m_look(look), m_wire(wire), m_undo(undo), m_shared(actor, wire)
{
    m_result.actor = actor.name;
}

SmokeRun::~SmokeRun()
{
    m_undo.run(); // its steps ask through the session that ends here
}

Result<SmokeLook> SmokeRun::run()
{
    const Result<void> done = steps();
    m_left = m_undo.run(); // before the session ends that may remove it
    if (!done)
        return tl::unexpected<Error>(done.error());
    if (m_session) {
        if (auto signedOut = signOut(); !signedOut)
            return tl::unexpected<Error>(signedOut.error());
    }
    m_result.requests = m_wire.sent();
    return m_result;
}

Result<void> SmokeRun::steps()
{
    if (auto done = signIn(); !done || !m_session) // nothing works without
        return done;
    using Step = Result<void> (SmokeRun::*)();
    for (const Step step : {&SmokeRun::read, &SmokeRun::tryProtected, &SmokeRun::write}) {
        if (auto done = (this->*step)(); !done)
            return done;
    }
    return {};
}

void SmokeRun::note(SmokeResult result, Clock::time_point began)
{
    result.took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began);
    m_result.steps.push_back(std::move(result));
}

Evidence SmokeRun::proof(const ActiveRequest &request, const HttpResponse &answer, bool signedOut) const
{
    return requestProof(request, answer,
                        {.actor = signedOut ? QString() : m_result.actor,
                         .known = m_wire.gate() ? m_wire.gate()->knownSecrets() : std::vector<Secret>()});
}

// Nothing more can be asked, or nobody knows what an answer would mean.
bool SmokeRun::isTheEnd(const Error &error) const
{
    return m_look.seen.isOver() || error.kind == ErrorKind::Cancelled || error.kind == ErrorKind::Unreachable ||
           error.kind == ErrorKind::NoRoute || !m_wire.gate() || m_wire.gate()->isKilled() || m_wire.left() <= 0;
}

// Other tries of this run, or of somebody else, may have used the product's limit up.
bool SmokeRun::isLimit(int status)
{
    constexpr int kLocked = 423;
    constexpr int kTooMany = 429;
    return status == kLocked || status == kTooMany;
}

// What any address gets tells nothing of the one that was asked for: the app's empty page, "We are back soon".
bool SmokeRun::isShell(const HttpResponse &answer) const
{
    return answer.status < kServerFault && (admissionOf(answer, m_invented) == Admission::Shell ||
                                            (!answer.body.isEmpty() && m_invented.haveSame(answer)));
}

Result<void> SmokeRun::signIn()
{
    const auto began = Clock::now();
    SmokeResult result{.step = SmokeStep::SignIn};
    Result<void> done;
    if (asksToSignIn(m_shared.actor().signIn.kind)) {
        if (auto fresh = m_shared.freshSession())
            m_own.emplace(std::move(*fresh));
        else
            done = tl::unexpected<Error>(fresh.error());
    } else {
        done = m_shared.signIn();
    }
    if (!done && (isTheEnd(done.error()) || done.error().kind == ErrorKind::NotFound))
        return done; // NotFound: the keychain has no value for the account
    if (!done) {
        result.status = lastStatus(m_wire);
        result.end = done.error().kind == ErrorKind::BadInput ? SmokeEnd::NotTried
                     : isLimit(result.status)                 ? SmokeEnd::Unclear
                                                              : SmokeEnd::Broken;
        result.why = done.error().message;
        note(std::move(result), began);
        return {};
    }
    m_session = m_own ? &*m_own : &m_shared;
    result.end = SmokeEnd::Works;
    note(std::move(result), began);
    return {};
}

ActiveRequest SmokeRun::inventedLike(const ActiveRequest &request) const
{
    ActiveRequest invented{.method = "GET", .url = request.url};
    invented.url.setQuery(QString());
    invented.url.setPath(u'/' + probeWord(request.url.host() + m_look.startedAt.toString(Qt::ISODateWithMs)));
    invented.routeName = invented.url.path();
    return invented;
}

// What this account gets where nothing is.
Result<void> SmokeRun::askInvented(const ActiveRequest &like)
{
    auto answer = session().ask(inventedLike(like));
    if (!answer)
        return isTheEnd(answer.error()) ? Result<void>(tl::unexpected<Error>(answer.error())) : Result<void>();
    m_invented = InventedAnswers({std::move(*answer)});
    return {};
}

// Whether strangers get as much where nothing is: the product may have begun to answer all alike meanwhile.
Result<bool> SmokeRun::isForEverything(const ActiveRequest &request, const HttpResponse &answer)
{
    const auto invented = m_wire.send(inventedLike(request));
    if (!invented)
        return isTheEnd(invented.error()) ? Result<bool>(tl::unexpected<Error>(invented.error())) : Result<bool>(false);
    return InventedAnswers({*invented}).haveLike(answer) || InventedAnswers({*invented}).haveSame(answer);
}

Result<void> SmokeRun::read()
{
    const auto began = Clock::now();
    SmokeResult result{.step = SmokeStep::Read, .why = Text::tr("No route that is read after signing in is known.")};
    const auto reads = readsFor(m_look, m_shared.actor());
    if (!reads.empty()) {
        if (auto asked = askInvented(requestFor(reads.front())); !asked)
            return asked;
    }
    for (std::size_t i = 0; i < std::min(reads.size(), kMostReads); ++i) {
        const ActiveRequest request = requestFor(reads[i]);
        const auto answer = session().ask(request);
        if (!answer && isTheEnd(answer.error()))
            return tl::unexpected<Error>(answer.error());
        const bool isGood =
            answer && isGoodAnswer(*answer, {.invented = &m_invented}) && !isShell(*answer) && !looksSignedOut(*answer);
        if (isGood) {
            // An empty list shows nothing that others could be refused.
            if (admissionOf(*answer, m_invented) != Admission::Empty)
                m_reads.push_back({request, *answer, reads[i].route.isGuessed});
            if (result.end == SmokeEnd::Works)
                continue;
        }
        if (result.end == SmokeEnd::Broken || (!isGood && result.end == SmokeEnd::Works))
            continue;
        result.route = request.routeName;
        result.status = answer ? answer->status : 0;
        result.end = isGood ? SmokeEnd::Works : SmokeEnd::Unclear;
        result.why = isGood ? QString() : Text::tr("%1 gave this account nothing.").arg(request.routeName);
        if (!answer || answer->status >= kServerFault || looksSignedOut(*answer)) {
            result.end = SmokeEnd::Broken;
            result.why = answer ? Text::tr("%1 answered %2.").arg(request.routeName, QString::number(answer->status))
                                : answer.error().message;
        }
        if (answer && !isGood)
            result.evidence = proof(request, *answer);
    }
    note(std::move(result), began);
    return {};
}

// Always false, as strangers are let in; the result says whether they should not be.
Result<bool> SmokeRun::isOpen(const ReadAnswer &good, const HttpResponse &answer, SmokeResult &result)
{
    const auto forEverything = good.isGuessed ? Result<bool>(false) : isForEverything(good.request, answer);
    if (!forEverything)
        return tl::unexpected<Error>(forEverything.error());
    result.end = good.isGuessed || *forEverything ? SmokeEnd::Unclear : SmokeEnd::Broken;
    result.why = *forEverything
                     ? Text::tr("Strangers get the same from %1 as from an invented address.").arg(result.route)
                     : Text::tr("%1 answers to strangers as it does to this account.").arg(result.route);
    result.evidence = proof(good.request, answer, true);
    return false;
}

// True: strangers are kept out.
Result<bool> SmokeRun::refusesNobody(const ReadAnswer &good, SmokeResult &result)
{
    const auto answer = m_wire.send(good.request);
    if (!answer) {
        if (isTheEnd(answer.error()))
            return tl::unexpected<Error>(answer.error());
        result.why = answer.error().message;
        return false;
    }
    const ReachVerdict verdict =
        reachOf(*answer, {.question = ReachOf::Route, .good = &good.answer, .invented = &m_invented});
    result.route = good.request.routeName;
    result.status = answer->status;
    switch (verdict.reach) {
    case ActorReach::Refused:
        result.end = SmokeEnd::Works;
        result.why.clear();
        return true;
    case ActorReach::Allowed:
        return isOpen(good, *answer, result);
    case ActorReach::Filtered:
    case ActorReach::Unclear:
        result.end = SmokeEnd::Unclear;
        result.why = Text::tr("%1 gave strangers an answer that does not tell.").arg(result.route);
        return false;
    }
    Q_UNREACHABLE();
}

Result<void> SmokeRun::tryProtected()
{
    const auto began = Clock::now();
    SmokeResult result{.step = SmokeStep::Protected,
                       .why = Text::tr("No read gave this account anything that strangers could be refused.")};
    for (const ReadAnswer &good : m_reads) {
        const auto refuses = refusesNobody(good, result);
        if (!refuses)
            return tl::unexpected<Error>(refuses.error());
        // One that is open although somebody called it private is not made good by another.
        if (*refuses || result.end == SmokeEnd::Broken)
            break;
    }
    note(std::move(result), began);
    return {};
}

} // namespace cockpit
