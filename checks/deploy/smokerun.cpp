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

// Of this check; 0: none, or no answer.
int lastStatus(const Wire &wire)
{
    const auto log = wire.gate()->log();
    const auto last =
        std::find_if(log.rbegin(), log.rend(), [&](const LoggedRequest &one) { return one.checkId == wire.checkId(); });
    return last == log.rend() ? 0 : last->status;
}

} // namespace

int smokeCeiling()
{
    // Each read as the account and as nobody, who then asks an invented address as well; that address as the account;
    // signing out, and one read once more after it.
    return kSignInRequests + 3 * static_cast<int>(kMostSmokeReads) + 1 + kCanaryRequests + kCanaryRemovalRequests +
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

// Whether strangers get as much where nothing is: the product may have begun to answer all alike meanwhile. Empty
// without an answer: nobody knows.
Result<std::optional<bool>> SmokeRun::isForEverything(const ActiveRequest &request, const HttpResponse &answer)
{
    const auto sent = m_wire.send(inventedLike(request));
    if (!sent && isTheEnd(sent.error()))
        return tl::unexpected<Error>(sent.error());
    if (!sent)
        return std::nullopt;
    const InventedAnswers invented({*sent});
    return std::optional(invented.haveLike(answer) || invented.haveSame(answer));
}

// Strangers are let in: whether they should not be is in the result. False where another read may show more.
Result<bool> SmokeRun::settlesOpen(const ReadAnswer &good, const HttpResponse &answer, SmokeResult &result)
{
    result.end = SmokeEnd::Unclear;
    result.why = Text::tr("%1 answers to strangers as it does to this account.").arg(result.route);
    result.evidence = proof(good.request, answer, true);
    if (good.isGuessed)
        return false;
    const auto forEverything = isForEverything(good.request, answer);
    if (!forEverything)
        return tl::unexpected<Error>(forEverything.error());
    if (!*forEverything) {
        result.why = Text::tr("%1 answers to strangers as it does to this account; an invented address gave them no "
                              "answer, so that nobody knows whether every address does so.")
                         .arg(result.route);
        return true;
    }
    if (**forEverything) {
        result.why = Text::tr("Strangers get the same from %1 as from an invented address.").arg(result.route);
        return false;
    }
    result.end = SmokeEnd::Broken;
    return true;
}

// True: the result stands, whatever other reads would show. One that is open although somebody called it private is
// not made good by another.
Result<bool> SmokeRun::settles(const ReadAnswer &good, SmokeResult &result)
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
        return settlesOpen(good, *answer, result);
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
        const auto settled = settles(good, result);
        if (!settled)
            return tl::unexpected<Error>(settled.error());
        if (*settled)
            break;
    }
    note(std::move(result), began);
    return {};
}

} // namespace cockpit
