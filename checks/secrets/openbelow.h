// Opens a file below a folder that others may have filled. Internal to the folder.
#pragma once

#include "checks/secrets/descriptor.h"

#include <QByteArray>
#include <QString>

namespace cockpit {

// path: below top. No link in it is followed, nothing outside of top is reached and no pipe is waited for; closed where
// it is not there so. What it is has to be asked of the open file.
Descriptor openBelow(const QString &top, const QByteArray &path);

} // namespace cockpit
