// What the checks of a run have said so far, for a check that judges by what others found: it looks after all of them
// (LookTurn::AloneLast, without requests of its own). The runner puts it into the observations.
#pragma once

#include "checks/engine/probe.h"
#include "models/checkresult.h"

#include <memory>
#include <mutex>
#include <vector>

namespace cockpit {

// Workers add while others look: any thread may call either.
class LooksOfRun
{
public:
    void add(const CheckResult &result);
    // Of the checks that have ended, masked as everything that leaves the engine. What the plan left out is not in it.
    std::vector<CheckResult> all() const;

private:
    mutable std::mutex m_mutex;
    std::vector<CheckResult> m_results;
};

struct LooksSoFar
{
    using Answer = std::shared_ptr<const LooksOfRun>;

    QString key() const { return {}; }
    int roundTrips() const { return 0; }
};

Result<LooksSoFar::Answer> probe(const LooksSoFar &question, ProbeContext &context); // none: outside of a run

} // namespace cockpit
