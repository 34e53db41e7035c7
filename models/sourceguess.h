// What a path that a person chose most likely is, and what stands there.
#pragma once

#include "models/localsource.h"

namespace cockpit {

// What stands at a path now.
enum class SourceStanding {
    Folder,
    File,
    Missing,
    Unreadable,
    Special, // a pipe, a device, a socket: never opened
};
QString labelOf(SourceStanding value);
// These two ask the disk, which may be slow.
SourceStanding standingOf(const LocalSource &source);
bool isFolder(const QString &path);

// What a file or folder of this name most likely is: ".env.production" the settings of production, "app.apk" a package.
// A folder without a telling name is code, a file without one a log.
LocalSource guessedSource(const QString &path, bool isFolder);

} // namespace cockpit
