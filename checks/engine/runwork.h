// What the workers of one run share, and how one of them looks at one check.
#pragma once

#include "checks/engine/activegate.h"
#include "checks/engine/looksofrun.h"
#include "checks/engine/runner.h"

#include <mutex>

namespace cockpit {

// Outlives the workers: each task holds it. Any worker may call resultOf().
struct RunWork
{
    RunWork(const RunRequest &r, const RunServices &s, Plan p, QThreadPool *pool)
        : request(r),
          services(s),
          plan(std::move(p)),
          policy(policyOf(r.plan.roadmap)),
          startedAt(QDateTime::currentDateTimeUtc()),
          active(r.plan.active ? std::make_shared<ActiveGate>(*r.plan.active, plan.allotments) : nullptr),
          seen(r.net, token, Deadline::in(deadlineOf(r, plan.allotments)), pool, budgetOf(r.plan), active)
    {
    }

    const RunRequest request;
    const RunServices services;
    const Plan plan;
    const Policy policy;
    const QDateTime startedAt;
    const CancelToken token;
    const std::shared_ptr<ActiveGate> active; // null: no active requests
    Observations seen;
    const std::shared_ptr<LooksOfRun> looks = std::make_shared<LooksOfRun>(); // what has ended so far

    // How much time the run has, with these requests at the agreed pace.
    static std::chrono::milliseconds deadlineOf(const RunRequest &request, const std::vector<Allotment> &allotments);

    // The result of one line of the plan, explained by its guide and masked. Never throws.
    CheckResult resultOf(const PlannedCheck &planned);

private:
    const ProjectFacts &factsFor(const Check &check);
    static BudgetLimits budgetOf(const PlanRequest &plan);
    CheckResult rawResultOf(const PlannedCheck &planned);
    void settle(const Check &check);
    Judged judge(const Check &check, const PlannedCheck &planned);
    void take(const Judged &judged, CheckResult &result);
    void explain(CheckResult &result, const Judged &judged);

    std::once_flag m_isCompleted;
    ProjectFacts m_completed; // the plan's, with the key of the fingerprints
};

} // namespace cockpit
