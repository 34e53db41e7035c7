// The words of the guards: what a hook and a job hold that call `launch-cockpit secrets` on a change.
#pragma once

#include "models/guardproposal.h"

#include <QByteArray>

namespace cockpit {

// A hook of its own, and its step for a script that is there already.
QByteArray preCommitHook();
QByteArray hookStep();
// The same for programs that look after hooks: an entry of "repos" in .pre-commit-config.yaml, a command of
// lefthook.yml, a command line.
QByteArray preCommitConfigStep();
QByteArray lefthookStep();
QByteArray hookCommand();
// By its first line; what has none is none.
bool isShellScript(const QByteArray &text);

// A workflow of its own, which reads the history of the pull request alone.
QByteArray gitHubWorkflow();
// A job in a file of its own, for `include: local`.
QByteArray gitLabJob();

// Whether the text of a hook, workflow or job calls the program on a change, in a line that is no comment.
bool callsSecrets(const QByteArray &text);

} // namespace cockpit
