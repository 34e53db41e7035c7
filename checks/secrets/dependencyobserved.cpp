#include "checks/secrets/dependencyobserved.h"

#include "models/jsonfields.h"

#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMostShownHoles = 20;

PackageUse useOf(const PackageRisk &risk)
{
    if (risk.isForDevelopmentAlone())
        return PackageUse::Development;
    for (const UsedPackage &one : risk.versions) {
        if (std::ranges::any_of(one.places, [](const Dependency &d) { return d.use == PackageUse::Production; }))
            return PackageUse::Production;
    }
    return PackageUse::Unknown;
}

PackageReach reachOf(const PackageRisk &risk)
{
    return risk.isDirect() ? PackageReach::Direct : risk.package().reach;
}

QJsonObject observedHole(const KnownHole &hole)
{
    return {{u"id"_s, hole.id},
            {u"aliases"_s, QJsonArray::fromStringList(hole.aliases)},
            {u"severity"_s, hole.severity ? QJsonValue(toWord(*hole.severity)) : QJsonValue()},
            {u"score"_s, hole.score ? QJsonValue(*hole.score) : QJsonValue()},
            {u"summary"_s, hole.summary},
            {u"fixed"_s, json::textOrNull(hole.fixed)}};
}

QJsonObject observedOf(const PackageRisk &risk)
{
    QJsonArray holes;
    for (const KnownHole &hole : risk.holes) {
        if (holes.size() < kMostShownHoles)
            holes.append(observedHole(hole));
    }
    QJsonArray versions;
    QJsonArray places;
    for (const UsedPackage &one : risk.versions) {
        versions.append(one.package.version);
        for (const Dependency &place : one.places) {
            if (places.size() < kMostShownPlaces)
                places.append(QJsonObject{{u"file"_s, place.file},
                                          {u"line"_s, place.line > 0 ? QJsonValue(place.line) : QJsonValue()}});
        }
    }
    const auto severity = risk.severity();
    return {{u"ecosystem"_s, toWord(risk.package().ecosystem)},
            {u"name"_s, risk.package().name},
            {u"versions"_s, versions},
            {u"use"_s, toWord(useOf(risk))},
            {u"reach"_s, toWord(reachOf(risk))},
            {u"purpose"_s, risk.purpose ? QJsonValue(toWord(*risk.purpose)) : QJsonValue()},
            {u"severity"_s, severity ? QJsonValue(toWord(*severity)) : QJsonValue()},
            {u"malicious"_s, risk.isMalicious()},
            {u"fixed"_s, json::textOrNull(risk.fixed)},
            {u"places"_s, places},
            {u"holes"_s, holes}};
}

} // namespace

std::pair<Ecosystem, QString> oldestExport(const HoleAnswer &answer)
{
    std::pair<Ecosystem, QString> oldest;
    for (const auto &[ecosystem, newest] : answer.exportNewest) {
        if (oldest.second.isEmpty() || newest < oldest.second)
            oldest = {ecosystem, newest};
    }
    return oldest;
}

QJsonObject observedDependencies(const DependencyFacts &facts, const std::vector<PackageRisk> &risks)
{
    QJsonArray files;
    for (const LockFileSeen &file : facts.reading.files)
        files.append(QJsonObject{{u"file"_s, file.file},
                                 {u"ecosystem"_s, toWord(file.ecosystem)},
                                 {u"packages"_s, static_cast<qint64>(file.packages)},
                                 {u"not_comparable"_s, file.notComparable},
                                 {u"problem"_s, json::textOrNull(file.problem)}});
    QJsonArray vulnerable;
    for (size_t i = 0; i < std::min(risks.size(), kMostShownPackages); ++i)
        vulnerable.append(observedOf(risks[i]));
    QJsonArray asked;
    if (facts.answer.isFromApi)
        asked.append(u"api"_s);
    if (facts.answer.isFromExport)
        asked.append(u"export"_s);
    const auto newest = oldestExport(facts.answer);
    return {{u"files"_s, files},
            {u"packages"_s, static_cast<qint64>(facts.reading.packages.size())},
            {u"not_asked"_s, static_cast<qint64>(facts.answer.unasked.size())},
            {u"not_comparable"_s, facts.reading.notComparable},
            {u"asked"_s, asked},
            {u"export_newest"_s, json::textOrNull(newest.second)},
            {u"vulnerable"_s, vulnerable}};
}

} // namespace cockpit
