// The words of the guards: what a hook and a job hold that call `launch-cockpit secrets` on a change.
#pragma once

#include "models/guardproposal.h"

#include <QByteArray>

#include <optional>

namespace cockpit {

// The hook with the call in it: a new one, or `before` with the call as its first step, so that nothing that it does
// is lost. Nothing where `before` is no shell script. A hook that has the call stays as it is.
std::optional<QByteArray> preCommitHook(const QByteArray &before);

// A workflow of its own, which reads the history of the pull request alone.
QByteArray gitHubWorkflow();
// A job in a file of its own, for `include: local`.
QByteArray gitLabJob();

// Whether the text of a hook, workflow or job calls the program on a change, in a line that is no comment.
bool callsSecrets(const QByteArray &text);

} // namespace cockpit
