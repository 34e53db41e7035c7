// What secrets.dependencies observed, for programs (its members are said in dependencies.h).
#pragma once

#include "checks/secrets/packagerisk.h"

#include <QJsonObject>

#include <utility>
#include <vector>

namespace cockpit {

constexpr size_t kMostShownPackages = 500; // of those with holes
constexpr qsizetype kMostShownPlaces = 10; // of a package, as evidence too

QJsonObject observedDependencies(const DependencyFacts &facts, const std::vector<PackageRisk> &risks);

// Where exports of several ecosystems were read, the oldest of them says how far the answer goes. An empty date: none
// was read.
std::pair<Ecosystem, QString> oldestExport(const HoleAnswer &answer);

} // namespace cockpit
