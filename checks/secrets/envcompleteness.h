// secrets.env-completeness: every setting the app needs has a value in production.
// observed: "environments", "settings" as in settings/settingstable.h; "needed", "present": how many names production
// needs and has; "files", "code_files": how many were read.
#pragma once

#include "checks/engine/check.h"
#include "checks/secrets/settings/readsettings.h"

namespace cockpit {

Check envCompletenessCheck();
// Needed is what code reads without a default, what a template (.env.example) lists, and what staging has.
Judged judgeEnvCompleteness(const env::SettingsRead &read);

} // namespace cockpit
