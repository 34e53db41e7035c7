// secrets.ci-scan: the pipeline scans each change and stops a merge that carries a secret.
// observed: "code": [{"folder","pipelines": [files],"guards": [{"id","name","covers","file","line"|null,"stops",
// "each_change","narrow","weakness"|null}]}]. Whether a failed scan stops the merge is set at the host of the code and
// stands in no file: it is said as advice.
#pragma once

#include "checks/engine/check.h"
#include "checks/secrets/pipelineguards.h"

namespace cockpit {

struct PipelinesOfCode
{
    QString folder; // its name alone
    GuardedPipelines reading;
};

Check ciScanCheck();
// gaps: of code that could not be looked at.
Judged judgePipelines(const std::vector<PipelinesOfCode> &code, const QStringList &gaps);

} // namespace cockpit
