// The developers' log: facts and ids in a small rotating file. Every line passes the redactor.
#pragma once

#include <QString>

namespace cockpit {

// Routes Qt's messages and spdlog's default logger to one file. A disk that cannot be written means no log, nothing
// else.
void startLogging(const QString &folder);
void stopLogging(); // before main() returns: spdlog's own clean-up comes after Qt's

// Where logs go on this system ($XDG_STATE_HOME or ~/.local/state on Linux); empty when there is no place.
QString logFolder();

} // namespace cockpit
