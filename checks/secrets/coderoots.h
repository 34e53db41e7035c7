// Where the settings of a repository stand: its top, also when a folder inside of it was named as the code.
#pragma once

#include "models/localsource.h"

#include <QStringList>

namespace cockpit {

struct CodeRoots
{
    QStringList folders; // absolute, each once
    QStringList gaps;    // code without files: a bare repository, a folder that is not there; a sentence each
};

CodeRoots codeRootsOf(const std::vector<LocalSource> &sources);

} // namespace cockpit
