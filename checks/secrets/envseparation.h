// secrets.env-separation: local, staging and production settings are separate and share no value.
// observed: "environments", "settings" as in settings/settingstable.h; "files": how many settings files were read;
// "production_addresses": as in liveaddresses.h; "not_readable": settings; "other_environments": names.
#pragma once

#include "checks/engine/check.h"
#include "checks/secrets/settings/readsettings.h"

namespace cockpit {

Check envSeparationCheck();
// Values are compared by keyed hash; only secrets count, and what says which database it is. target: tells the
// product's own addresses from others.
Judged judgeEnvSeparation(const env::SettingsRead &read, const Target &target);

} // namespace cockpit
