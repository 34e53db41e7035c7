// The settings among what stands in a JSON, YAML or TOML file.
#pragma once

#include "checks/secrets/settings/leaves.h"
#include "checks/secrets/settings/settingsfile.h"

namespace cockpit::env {

// Name and value beside each other ({"name": "A", "value": "b"}), what stands below a key like "env", the data of
// Kubernetes' ConfigMaps and Secrets, and a Secret that is JSON in JSON (AWS). FileRole::Settings also takes a plain
// object, "A": "b", whose inner objects are joined with dots (Firebase).
RawSettings pickSettings(Leaves leaves, FileRole role);

} // namespace cockpit::env
