// Known vulnerabilities that lie on this machine: the OSV database as it can be downloaded
// (https://google.github.io/osv.dev/data/#data-dumps), an all.zip for each ecosystem, or its files in a folder.
#pragma once

#include "checks/engine/observations.h"
#include "checks/secrets/dependencies/advisory.h"

#include <QSet>

#include <map>
#include <set>

namespace cockpit {

struct AdvisoryExport
{
    std::map<QString, Advisory> advisories; // by id: those that name one of the packages, without withdrawn ones
    std::set<Ecosystem> ecosystems;         // of which it says anything
    qint64 records = 0;
    // When the newest record of an ecosystem was changed, as it is written (RFC 3339, UTC); not there: none says it.
    std::map<Ecosystem, QString> newest;
    QStringList gaps; // what could not be read, a sentence each
};

constexpr size_t kMostKeptAdvisories = 20'000;

// keys: of the packages (packageKey()) that are of interest. Read as a stream: the npm part alone has 200,000 records.
// Errors: of the path itself; BadInput where nothing there is an advisory. Blocking; ends soon after seen.isOver().
[[nodiscard]] Result<AdvisoryExport> readAdvisoryExport(const QString &path, const QSet<QString> &keys,
                                                        Observations &seen);

} // namespace cockpit
