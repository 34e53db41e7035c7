#include "checks/secrets/dependencies.h"

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

Judged lookAtDependencies(const Look &look)
{
    auto purposes = loadPackagePurposes();
    if (!purposes)
        return couldNotLook(purposes.error());
    DependencyFacts facts{.reading = readDependencies(sourcesOf(SourceKind::Code, look.facts.sources), look.seen),
                          .purposes = std::move(*purposes)};
    facts.answer = findKnownHoles(facts.reading.packages, sourcesOf(SourceKind::Advisories, look.facts.sources),
                                  facts.purposes, look.seen);
    return judgeDependencies(facts, look.startedAt);
}

} // namespace

Check dependenciesCheck()
{
    return {.id = u"secrets.dependencies"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::AccountTakeover, Impact::DataExposure, Impact::Maintainability},
            .needs = {Need::Folder},
            .sources = {SourceKind::Code},
            .look = lookAtDependencies};
}

} // namespace cockpit
