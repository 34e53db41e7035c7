// Where the program keeps what is of this machine and user, and of no project.
#pragma once

#include <QString>

namespace cockpit {

QString dataFolder();

} // namespace cockpit
