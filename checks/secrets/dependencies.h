// secrets.dependencies: no package in use has a known security hole; those for sign-in, uploads, PDFs, payments and
// mail come first. Lock files are read on this machine; the OSV database is asked about names and versions, or an
// export of it that the person named.
// observed: "files": [{"file","ecosystem","packages","not_comparable","problem"|null}], "packages": how many versions,
// "not_asked": of those nobody answered for, "not_comparable": from git, a file or without an exact version, "asked":
// [api|export], "export_newest"|null (RFC 3339, of the ecosystem whose export ends first), "vulnerable":
// [{"ecosystem","name","versions":[…],"use": production| development|unknown,"reach":
// direct|transitive|unknown,"purpose"|null,"severity"|null,"malicious","fixed"|null,
// "places":[{"file","line"|null}],"holes":[{"id","aliases","severity"|null,"score"|null,"summary","fixed"|null}]}], cut
// at 500 packages, 20 holes of each and 10 places.
#pragma once

#include "checks/engine/check.h"
#include "checks/secrets/knownholes.h"
#include "checks/secrets/packagepurpose.h"

namespace cockpit {

struct DependencyFacts
{
    CodeReading reading;
    HoleAnswer answer;
    PackagePurposes purposes;
};

// An export whose newest record is older than this says nothing of the last month: hundreds of holes become known.
constexpr int kExportIsOldDays = 30;

Check dependenciesCheck();
Judged judgeDependencies(const DependencyFacts &facts, const QDateTime &now);

} // namespace cockpit
