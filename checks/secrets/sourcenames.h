// How files of several sources are called: below the root of theirs, and with a name of the source in front where
// another source of its kind could have a file of that name.
#pragma once

#include "models/localsource.h"

#include <vector>

namespace cockpit {

// Asks the disk what is a folder.
class SourceNames
{
public:
    explicit SourceNames(const std::vector<LocalSource> &sources);

    // below: the path below the source, as shown; of a source that is a file its name.
    QString shown(const LocalSource &source, const QString &below) const;

private:
    struct Place
    {
        SourceKind kind = SourceKind::Code;
        QString path; // cleaned
        bool isFolder = false;
    };
    static Place placeOf(const LocalSource &source);
    template<typename IsLike>
    bool isUnique(const Place &own, const IsLike &isLike) const;

    std::vector<Place> m_places;
};

} // namespace cockpit
