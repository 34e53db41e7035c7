// Where apps keep tokens: in the folders of their code, and in app packages.
#pragma once

#include "checks/access/storageapis.h"
#include "checks/engine/probe.h"
#include "models/localsource.h"

#include <QStringList>

namespace cockpit::access {

struct TokenPlaces
{
    std::vector<StoragePlace> places; // by file, then by line
    qint64 files = 0;                 // looked at
    bool hasPackage = false;
    QStringList gaps; // what was not read, a sentence each
};

// Sources of the kinds Code and Package. Tests, examples and other people's code are passed over.
struct ReadTokenPlaces
{
    using Answer = TokenPlaces;

    std::vector<LocalSource> sources;

    QString key() const;
};

// What cannot be read is a gap. An Error: stopped, out of time, or nothing that was named could be read.
Result<TokenPlaces> probe(const ReadTokenPlaces &question, ProbeContext &context);

} // namespace cockpit::access
