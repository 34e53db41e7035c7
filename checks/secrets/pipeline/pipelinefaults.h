// What a pipeline's settings do with secrets that they should not.
#pragma once

#include "checks/secrets/pipeline/pipelinefile.h"

#include <string_view>
#include <vector>

namespace cockpit {

enum class PipelineFault {
    LiteralSecret,     // a value under the name of a secret, written into the file
    PrintsSecret,      // echo $TOKEN
    PrintsEncoded,     // echo $TOKEN | base64: masking does not know it again
    PrintsEnvironment, // env, printenv
    TracesSecrets,     // set -x where secrets are used
    SecretAsBuildArg,  // it stays in the image
    PassesAllSecrets,  // toJSON(secrets)
    // A stranger's code runs where secrets are: pull_request_target with a checkout of the request's head.
    RunsForeignCode,
    ChecksOutForeignCode, // the same, without a step that runs it
};

struct PipelineFaultFound
{
    PipelineFault fault = PipelineFault::LiteralSecret;
    qint64 line = 1;
    QString name;           // of a variable or secret; never a value
    bool hasSecrets = true; // of foreign code: what it can reach beside the token of the run
};

// In the order of the lines. text: the whole file.
std::vector<PipelineFaultFound> pipelineFaultsIn(std::string_view text, PipelineKind kind);

// Internal: of a GitHub workflow; empty for what cannot be read as one.
std::vector<PipelineFaultFound> foreignCodeIn(std::string_view text);

} // namespace cockpit
