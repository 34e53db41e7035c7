#include "checks/deploy/smokerun.h"

#include "checks/actors/canaryremoval.h"
#include "checks/actors/refusal.h"
#include "checks/actors/requestproof.h"
#include "checks/actors/routeaddress.h"

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

// Nothing more can be asked, or nobody knows what an answer would mean.
bool endsTheRun(const Error &error, const Wire &wire, const Look &look)
{
    return look.seen.isOver() || error.kind == ErrorKind::Cancelled || error.kind == ErrorKind::Unreachable ||
           error.kind == ErrorKind::NoRoute || !wire.gate() || wire.gate()->isKilled() || wire.left() <= 0;
}

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

// Other tries of this run, or of somebody else, may have used the product's limit up.
bool isLimit(int status)
{
    constexpr int kLocked = 423;
    constexpr int kTooMany = 429;
    return status == kLocked || status == kTooMany;
}

ActiveRequest requestFor(const AskableRoute &read)
{
    return {.method = read.route.method.toLatin1(), .url = read.url, .routeName = routeName(read.route)};
}

} // namespace

int smokeCeiling()
{
    // Each read as the account and as nobody; the last once more after signing out.
    return kSignInRequests + 2 * static_cast<int>(kMostReads) + kCanaryRequests + kCanaryRemovalRequests +
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
    if (!done && (endsTheRun(done.error(), m_wire, m_look) || done.error().kind == ErrorKind::NotFound))
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

Result<void> SmokeRun::read()
{
    const auto began = Clock::now();
    SmokeResult result{.step = SmokeStep::Read, .why = Text::tr("No route that is read after signing in is known.")};
    const auto reads = readsFor(m_look, m_shared.actor());
    for (std::size_t i = 0; i < std::min(reads.size(), kMostReads); ++i) {
        const ActiveRequest request = requestFor(reads[i]);
        const auto answer = session().ask(request);
        if (!answer && endsTheRun(answer.error(), m_wire, m_look))
            return tl::unexpected<Error>(answer.error());
        const bool isGood = answer && isGoodAnswer(*answer, {}) && !looksSignedOut(*answer);
        if (isGood) {
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

// True: strangers are kept out.
Result<bool> SmokeRun::refusesNobody(const ReadAnswer &good, SmokeResult &result)
{
    const auto answer = m_wire.send(good.request);
    if (!answer) {
        if (endsTheRun(answer.error(), m_wire, m_look))
            return tl::unexpected<Error>(answer.error());
        result.why = answer.error().message;
        return false;
    }
    const ReachVerdict verdict = reachOf(*answer, {.question = ReachOf::Route, .good = &good.answer});
    result.route = good.request.routeName;
    result.status = answer->status;
    switch (verdict.reach) {
    case ActorReach::Refused:
        result.end = SmokeEnd::Works;
        result.why.clear();
        return true;
    case ActorReach::Allowed:
        result.end = good.isGuessed ? SmokeEnd::Unclear : SmokeEnd::Broken;
        result.why = Text::tr("%1 answers to strangers as it does to this account.").arg(result.route);
        result.evidence = proof(good.request, *answer, true);
        return false;
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
                       .why = Text::tr("No read worked that strangers could be refused.")};
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

Result<void> SmokeRun::write()
{
    const auto began = Clock::now();
    SmokeResult result{.step = SmokeStep::Write};
    auto plans = canaryPlans(m_look.facts.routes, m_look.facts.samples);
    // What it may not remove it does not make.
    std::erase_if(plans, [this](const CanaryPlan &plan) {
        return plan.remove.access == AccessClass::Admin && !isAdminRole(m_shared.actor().role);
    });
    if (plans.empty()) {
        result.why = Text::tr("No record can be made and removed again: mark a route that makes one and the route that "
                              "removes it as safe to write.");
        note(std::move(result), began);
        return {};
    }
    const CanaryPlan &plan = plans.front();
    result.route = routeName(plan.create);
    // Shared with the list of undoing, which keeps the sender until the record is removed.
    struct Last
    {
        int status = 0;
        std::optional<Evidence> evidence;
    };
    const auto last = std::make_shared<Last>();
    RecordOwner owner = recordOwner(session());
    owner.send = [this, last](const ActiveRequest &request) {
        auto answer = session().ask(request);
        if (answer)
            *last = {answer->status, proof(request, *answer)};
        return answer;
    };
    const auto planted = plantCanary(plan, m_look.target, owner, m_undo);
    result.end = SmokeEnd::Works;
    result.status = last->status;
    if (!planted) {
        if (m_look.seen.isOver()) // whatever came of the record: its removal runs
            return failure(ErrorKind::Cancelled, Text::tr("The run was stopped before the test was through."));
        if (endsTheRun(planted.error(), m_wire, m_look))
            return tl::unexpected<Error>(planted.error());
        // A 4xx may be about our record, not about the release.
        const bool isRefused = result.status >= 400 && result.status < kServerFault;
        result.end = isRefused && planted.error().kind == ErrorKind::BadInput ? SmokeEnd::Unclear : SmokeEnd::Broken;
        result.why = planted.error().message;
        result.evidence = last->evidence;
    }
    note(std::move(result), began);
    return {};
}

Result<void> SmokeRun::signOut()
{
    const auto began = Clock::now();
    SmokeResult result{.step = SmokeStep::SignOut,
                       .route = m_shared.actor().signIn.logoutUrl.isEmpty()
                                    ? QString()
                                    : QUrl(m_shared.actor().signIn.logoutUrl).path()};
    if (!m_own || m_shared.actor().signIn.logoutUrl.isEmpty()) {
        result.why = m_own ? Text::tr("The project does not say how this account signs out.")
                           : Text::tr("A pasted session is not ended: there would be no other.");
        note(std::move(result), began);
        return {};
    }
    const auto answer = m_own->signOut();
    if (!answer && endsTheRun(answer.error(), m_wire, m_look))
        return tl::unexpected<Error>(answer.error());
    result.status = answer ? answer->status : 0;
    const bool isDone = answer && answer->status < 400;
    result.end = isDone ? SmokeEnd::Works : SmokeEnd::Broken;
    if (!isDone)
        result.why = answer ? Text::tr("Signing out answered %1.").arg(answer->status) : answer.error().message;
    if (isDone && !m_own->session().token) {
        if (auto looked = lookAfterSignOut(result); !looked)
            return looked;
    }
    note(std::move(result), began);
    return {};
}

// A browser only drops what it is told to drop; an app drops its token by itself (access.logout asks for that).
Result<void> SmokeRun::lookAfterSignOut(SmokeResult &result)
{
    if (m_reads.empty())
        return {};
    const auto answer = m_own->ask(m_reads.front().request);
    if (!answer) {
        if (endsTheRun(answer.error(), m_wire, m_look))
            return tl::unexpected<Error>(answer.error());
        result.end = SmokeEnd::Unclear;
        result.why = answer.error().message;
        return {};
    }
    const ReachVerdict verdict = reachOf(*answer, {.question = ReachOf::Route, .good = &m_reads.front().answer});
    if (verdict.reach != ActorReach::Allowed)
        return {};
    result.end = SmokeEnd::Broken;
    result.why = Text::tr("After signing out %1 still answers to the browser.").arg(m_reads.front().request.routeName);
    result.evidence = proof(m_reads.front().request, *answer);
    return {};
}

} // namespace cockpit
