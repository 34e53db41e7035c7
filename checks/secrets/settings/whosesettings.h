// Whose settings a file holds, and each of them.
#pragma once

#include "checks/secrets/settings/setting.h"
#include "checks/secrets/settings/settingsfile.h"

namespace cockpit::env {

struct Whose
{
    std::optional<Environment> environment; // empty: any
    bool isGuessed = false;
};

// What a file in code is read as. Of a template, a compose file and the like, as its role says.
Origin originOf(FileRole role);

// What a file is of: its name says, else a plain .env is of the machine that it lies on, and what a host reads is what
// is put online. Compose files and pipelines serve any.
Whose whoseIs(const QString &path, FileRole role);

// setting: as its reader left it, with its origin. What stands beside a setting tells more than the file's name or the
// person who named the file; with neither, what every environment gets is production's.
void settleWhose(const RawSetting &raw, const Whose &whose, Setting &setting);

} // namespace cockpit::env
