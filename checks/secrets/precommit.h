// secrets.pre-commit: a guard on developers' machines stops a commit that carries a secret.
// observed: "code": [{"folder","is_repository","hooks_path"|null,"files": [that tell of hooks],"guards": [{"id","name",
// "covers","file","line"|null,"stops","each_change","narrow","weakness"|null,"shared","installed"}]}]. shared: it comes
// with the code; installed: git on this machine calls it.
#pragma once

#include "checks/engine/check.h"
#include "checks/secrets/hookguards.h"

namespace cockpit {

struct HooksOfCode
{
    QString folder; // its name alone
    bool isRepository = true;
    HookReading reading;
};

Check preCommitCheck();
// gaps: of code that could not be looked at.
Judged judgeHooks(const std::vector<HooksOfCode> &code, const QStringList &gaps);

} // namespace cockpit
