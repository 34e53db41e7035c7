// What a developer of the practice company has on the computer: the code with its git history, built files, settings of
// two environments, a log. Made in a folder when the company starts, with faults as real ones have them; the keys in it
// are made up and open nothing.
#pragma once

#include "models/localsource.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace cockpit {

struct WorkspaceFile
{
    QString path; // below the workspace
    QByteArray text;
};

// Of the first commit, and what the second one changes; an empty text removes the file. Made anew at each call: keys
// are expanded from templates (checks/secrets/exampletemplate.h), so that no whole key stands in this program's code.
std::vector<WorkspaceFile> firstWorkspace();
std::vector<WorkspaceFile> changedWorkspace();
// What lies beside the code: settings, logs, built files.
std::vector<WorkspaceFile> besideWorkspace();

// Writes all of it below the folder, which exists. Errors: Storage.
[[nodiscard]] Result<void> makeWorkspace(const QString &folder);

// Where the checks find what; folder: as given to makeWorkspace().
std::vector<LocalSource> workspaceSources(const QString &folder);

} // namespace cockpit
