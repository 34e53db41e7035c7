// Where the settings of a repository stand: its top, also when a folder inside of it was named as the code.
#pragma once

#include "checks/engine/canceltoken.h"
#include "models/localsource.h"

#include <QStringList>

namespace cockpit {

struct CodeRoots
{
    QStringList folders; // absolute, each once
    QStringList gaps;    // code without files: a bare repository, a folder that is not there; a sentence each
};

// After a stop, what is not looked at yet counts as it was named.
CodeRoots codeRootsOf(const std::vector<LocalSource> &sources, const CancelToken &cancel = CancelToken());

} // namespace cockpit
