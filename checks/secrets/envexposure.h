// secrets.env-exposure: build-time settings reach the browser only where you intend it.
// observed: "browser_names": [{"name","prefix","kind": secret|suspected|public_key|plain}]; "built_in": [{"name"|null:
// all, "file","line"}]; "tracked_env_files", "served_env_files", "packaged_env_files": paths; "files".
#pragma once

#include "checks/engine/check.h"
#include "checks/secrets/settings/readsettings.h"

namespace cockpit {

Check envExposureCheck();
Judged judgeEnvExposure(const env::SettingsRead &read);

} // namespace cockpit
