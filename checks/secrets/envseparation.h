// secrets.env-separation: local, staging and production settings are separate and share no value.
// observed: "environments", "settings" as in settings/settingstable.h; "files": how many settings files were read.
#pragma once

#include "checks/engine/check.h"
#include "checks/secrets/settings/readsettings.h"

namespace cockpit {

Check envSeparationCheck();
// Values are compared by keyed hash; only secrets count, and what says which database it is.
Judged judgeEnvSeparation(const env::SettingsRead &read);

} // namespace cockpit
