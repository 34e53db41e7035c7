#include "checks/engine/runwork.h"

#include "checks/engine/lookgaps.h"
#include "checks/engine/nothingtotry.h"
#include "models/masked.h"

#include <QCoreApplication>

#include <algorithm>
#include <exception>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Runner)
};

// A library threw where nobody caught it: this check failed, the rest of the run is unharmed.
Judged brokenDown(const std::exception &e)
{
    return couldNotLook(
        {ErrorKind::Protocol, Text::tr("This check broke down. Please report it."), QString::fromUtf8(e.what())});
}

// Stopped while it looked: what it did not find may be what it did not get to see. What it found stands.
void cutShort(CheckResult &result)
{
    if (result.findings.empty()) {
        result.outcome = Outcome::NotRun;
        result.hasNothingToTry = false; // who did not look to the end cannot say so
        result.summary.clear();
    }
    if (result.reason.isEmpty())
        result.reason = Text::tr("Stopped while it was looked at.");
    LookGaps gaps;
    gaps.hideAll(); // it may be any; what was owed stays named beside that, for the look that asks again
    gaps.noteIn(result.observed);
}

} // namespace

// What a host needs is small; each route that it has is asked as every kind of foreign site (http.cors). A page that
// names endless routes gets no endless run.
BudgetLimits RunWork::budgetOf(const PlanRequest &plan)
{
    constexpr size_t kMostRoutes = 300;
    constexpr int kRequestsPerRoute = 30;
    BudgetLimits limits = passiveBudget(plan.target.hosts.size());
    limits.requests += kRequestsPerRoute * static_cast<int>(std::min(plan.facts.routes.size(), kMostRoutes));
    return limits;
}

// At the agreed pace the requests alone may take longer than a run usually has, and what is waited for comes beside
// them: each door may hold us back for two minutes (facts 19).
std::chrono::milliseconds RunWork::deadlineOf(const RunRequest &request, const std::vector<Allotment> &allotments)
{
    const std::chrono::milliseconds usual = request.net.runDeadline;
    if (request.isDeadlineFixed || !request.plan.active || allotments.empty())
        return usual;
    return usual + timeNeeded(allotments, request.plan.active->budget);
}

// The key lies on a disk or in a keychain, which may hang: a check that has no use for it does not wait for it.
const ProjectFacts &RunWork::factsFor(const Check &check)
{
    const ProjectFacts &facts = request.plan.facts;
    const bool hasText = !facts.sources.empty() || request.plan.pasted.text;
    const bool isWanted = (!check.sources.empty() && hasText) || check.needsFingerprintKey;
    if (!isWanted || !facts.fingerprintKey.isEmpty() || !services.fingerprintKey)
        return facts;
    std::call_once(m_isCompleted, [&] {
        m_completed = facts;
        m_completed.fingerprintKey = services.fingerprintKey();
    });
    return m_completed;
}

Judged RunWork::judge(const Check &check, const PlannedCheck &planned)
{
    Observations::beginChain();
    const Look look{.seen = seen,
                    .target = request.plan.target,
                    .host = planned.host ? &*planned.host : nullptr,
                    .policy = policy,
                    .facts = factsFor(check),
                    .startedAt = startedAt};
    return check.look(look);
}

// Adds what the engine knows: who the finding is about, what shows it, which items it breaks, the guide's words.
void RunWork::explain(CheckResult &result, const Judged &judged)
{
    if (result.findings.empty())
        return;
    const auto guide = loadGuide(result.checkId, request.language);
    const QStringList providers =
        services.detectProviders ? services.detectProviders(seen, request.plan.target) : QStringList();
    for (Finding &finding : result.findings) {
        finding.checkId = result.checkId;
        if (finding.evidence.empty()) // the look as a whole shows it
            finding.evidence = judged.evidence;
        if (finding.host.isEmpty())
            finding.host = result.host;
        finding.items = request.plan.roadmap.itemsNaming(result.checkId);
        if (!guide)
            continue; // a test proves that every built check has its guide
        QHash<QString, QString> values = judged.values;
        values.insert(QStringLiteral("domain"), request.plan.target.domain);
        fillFromGuide(finding, *guide, providers, values);
    }
}

void RunWork::take(const Judged &judged, CheckResult &result)
{
    result.outcome = judged.outcome;
    result.summary = judged.summary;
    result.reason = judged.reason;
    result.hasNothingToTry = hadNothingToTry(judged);
    result.observed = judged.observed;
    result.findings = judged.findings;
    result.evidence = judged.evidence;
    explain(result, judged);
}

// The one way out of the engine, so masked here: neither window nor file nor report sees more.
CheckResult RunWork::resultOf(const PlannedCheck &planned)
{
    CheckResult raw = rawResultOf(planned); // first: it is what brings in the secrets
    CheckResult result = masked(std::move(raw), active ? active->knownSecrets() : std::vector<Secret>());
    if (planned.runs)
        looks->add(result);
    return result;
}

// What was kept for it and not sent is for others now.
void RunWork::settle(const Check &check)
{
    if (!active || !check.requests)
        return;
    for (const RequestNeed &need : check.requests({request.plan.target, request.plan.facts})) {
        if (need.most > 0)
            active->settle(need.account);
    }
}

CheckResult RunWork::rawResultOf(const PlannedCheck &planned)
{
    CheckResult result;
    result.checkId = planned.checkId;
    result.host = planned.host ? planned.host->name : QString();
    QElapsedTimer clock;
    clock.start();
    if (!planned.runs) {
        result.outcome = planned.outcomeIfNot;
        result.reason = planned.reason;
        return result;
    }
    if (token.isCancelled()) {
        result.reason = Text::tr("Stopped before it was looked at.");
        return result;
    }
    const Check *check = services.registry->find(planned.checkId);
    Q_ASSERT(check);
    try {
        take(judge(*check, planned), result);
    } catch (const std::exception &e) {
        take(brokenDown(e), result);
    }
    settle(*check);
    if (token.isCancelled())
        cutShort(result);
    result.duration = std::chrono::milliseconds(clock.elapsed());
    return result;
}

} // namespace cockpit
