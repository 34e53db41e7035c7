// What the smoke test does last: a record of its own, and the end of the session.
#include "checks/deploy/smokerun.h"

#include "checks/actors/canaryremoval.h"
#include "checks/actors/refusal.h"
#include "checks/actors/routeaddress.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Smoke)
};

constexpr int kSignedOut = 401;
constexpr int kServerFault = 500;

// The route is gone with the release, or fails. Other refusals may be about the session or this program.
bool isBroken(int status)
{
    return status >= kServerFault || status == 404 || status == 405 || status == 410;
}

QString whyNotSignedOut(const HttpResponse &answer)
{
    if (answer.status == kSignedOut)
        return Text::tr("Signing out answered %1: the session had ended before.").arg(answer.status);
    if (answer.status < 400)
        return Text::tr("Signing out was answered as an invented address is.");
    return Text::tr("Signing out answered %1.").arg(answer.status);
}

} // namespace

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
        bool isShell = false;
        std::optional<Evidence> evidence;
    };
    const auto last = std::make_shared<Last>();
    RecordOwner owner = recordOwner(session());
    owner.send = [this, last](const ActiveRequest &request) {
        auto answer = session().ask(request);
        if (answer)
            *last = {answer->status, isShell(*answer), proof(request, *answer)};
        return answer;
    };
    const auto planted = plantCanary(plan, m_look.target, owner, m_undo);
    result.end = SmokeEnd::Works;
    result.status = last->status;
    if (!planted) {
        if (m_look.seen.isOver()) // whatever came of the record: its removal runs
            return failure(ErrorKind::Cancelled, Text::tr("The run was stopped before the test was through."));
        if (isTheEnd(planted.error()))
            return tl::unexpected<Error>(planted.error());
        // A 4xx may be about our record, not about the release, and a way to the login about our session; what was
        // accepted and is not there afterwards is about the release.
        const bool isRefused = result.status >= 300 && result.status < kServerFault;
        const bool isGone = planted.error().kind == ErrorKind::Protocol && isBroken(result.status);
        result.end = (isRefused && !isGone) || last->isShell ? SmokeEnd::Unclear : SmokeEnd::Broken;
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
    if (!answer && isTheEnd(answer.error()))
        return tl::unexpected<Error>(answer.error());
    result.status = answer ? answer->status : 0;
    const bool isDone = answer && answer->status < 400 && !isShell(*answer);
    result.end = isDone ? SmokeEnd::Works : !answer || isBroken(answer->status) ? SmokeEnd::Broken : SmokeEnd::Unclear;
    if (!isDone)
        result.why = answer ? whyNotSignedOut(*answer) : answer.error().message;
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
        if (isTheEnd(answer.error()))
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
