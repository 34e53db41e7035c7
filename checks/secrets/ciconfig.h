// secrets.ci-config: pipeline settings and build logs show no secret values.
// observed: "pipelines": [{"file","kind"}], "faults": [{"code","file","line","name"}], "logs": as the sources of
// secrets.logs, "masked_lines","traced_lines","environments","npm_debug_lines","plans","hidden_by_plan": of the build
// logs (absent where none was read),
// "known": [{"name","form": plain|base64|url_encoded|reversed|hex|spaced|split,"count"}]: values of the settings that
// stand in a build log, "keys": [{"rule","name","count"}] of the build logs.
#pragma once

#include "checks/engine/check.h"
#include "checks/secrets/logread/logsread.h"
#include "checks/secrets/pipeline/pipelinereading.h"

namespace cockpit {

Check ciConfigCheck();

struct PipelinesRead
{
    std::vector<PipelineDigest> digests;
    QStringList gaps;
    std::optional<Error> failed; // none could be read
    bool isNamed = false;        // the person named code
};

// logs: read when the person named a build log.
Judged judgeCiConfig(const PipelinesRead &pipelines, const std::optional<LogsRead> &logs);

} // namespace cockpit
