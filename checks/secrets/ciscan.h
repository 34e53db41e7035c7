// secrets.ci-scan: the pipeline scans each change and stops a merge that carries a secret.
// observed: "code": [{"folder","pipelines": [files],"guards": [{"id","name","covers","file","line"|null,"stops",
// "each_change","narrow","weakness"|null}]}]; "push_protection": {"on": true|false|null: nobody said,"covers"} where
// the code is at GitHub. Whether a failed scan stops the merge is set at the host of the code and stands in no file: it
// is said as advice.
#pragma once

#include "checks/engine/check.h"
#include "checks/secrets/pipelineguards.h"
#include "models/decision.h"

#include <optional>

namespace cockpit {

struct PipelinesOfCode
{
    QString folder; // its name alone
    GuardedPipelines reading;
    bool isOnGitHub = false; // a remote leads there, or it has workflows
};

// GitHub's own guard, which no file shows.
struct PushProtection
{
    std::optional<Answer> said; // by a person (models/hostguards.h)
    QString covers;             // where it is on
};

Check ciScanCheck();
// gaps: of code that could not be looked at. A person's word makes no fault good, and where it is that the pushes are
// guarded it makes one smaller: some keys are stopped.
Judged judgePipelines(const std::vector<PipelinesOfCode> &code, const QStringList &gaps,
                      const PushProtection &protection = {});

} // namespace cockpit
