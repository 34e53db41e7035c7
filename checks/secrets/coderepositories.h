// The git repositories whose history is the code's: the one that it stands in, and those below it.
#pragma once

#include "checks/engine/canceltoken.h"
#include "models/localsource.h"

#include <QStringList>

#include <vector>

namespace cockpit {

struct CodeRepositories
{
    static constexpr qsizetype kMostBelow = 50; // of one source

    // Each repository once, however many of its working trees there are: the top of a working tree, a bare repository,
    // or, where it cannot be opened, the place by which it was found, so that whoever opens it says why.
    QStringList places;
    qsizetype below = 0;    // of these: found below a source, and not where it stands
    qint64 foldersRead = 0; // to find them
    // A sentence for each .git that is no repository; for those beyond kMostBelow, those in folders of others'
    // packages, and folders that could not be read. What another source names by itself is looked at, and is none.
    QStringList gaps;
};

// Repositories in folders into which others' packages are installed (node_modules, vendor and the like) are named as a
// gap and not looked at: what git has of those is hardly the product's history. They are looked for down to the top of
// a package (packagefolders.h), and not among the files that it consists of. No link is followed. Stops when cancelled,
// with what it has.
CodeRepositories codeRepositories(const std::vector<LocalSource> &code, const CancelToken &cancel);

} // namespace cockpit
