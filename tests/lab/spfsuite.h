// SPF test suites in the format of the Sender Policy Framework council: YAML documents, each a scenario with its tests
// and the zone data that they need.
#pragma once

#include "models/result.h"
#include "tests/lab/knotserver.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace cockpit::lab {

struct SpfCase
{
    QString id;
    QString client;
    QString helo;
    QString mailFrom;
    QStringList results; // any of them is right
    QString explanation; // empty: not looked at; "DEFAULT": the domain gives none
};

struct SpfScenario
{
    QString description;
    std::vector<SpfCase> cases;
    std::vector<KnotZone> zones; // the root with all names, and a broken zone for each name that times out
};

// The error names the file and what is wrong with it.
[[nodiscard]] Result<std::vector<SpfScenario>> loadSpfSuite(const QString &path);

} // namespace cockpit::lab
