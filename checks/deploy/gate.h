// deploy.gate: the release stops when a sign-in or permission test fails.
// observed: "releases": [{"file","job","line"|null,"gate": none|tests|suite,"stops": bool,"by": name of what was
// tried?, "why": sentence?}]. Read from the pipelines of the code; what a host does by itself after a push stands in no
// file.
#pragma once

#include "checks/deploy/releasejobs.h"
#include "checks/engine/check.h"

namespace cockpit {

// What a step is known by (resources/rules/release-*.json).
struct ReleaseWords
{
    std::vector<SecretGuard> deploys; // programs and actions that put a version in front of people
    std::vector<SecretGuard> suites;  // that try sign-in and permissions
    std::vector<SecretGuard> tests;   // that run the product's own tests
};
[[nodiscard]] Result<ReleaseWords> loadReleaseWords();

enum class GateKind { None, Tests, Suite };
QString toWord(GateKind value);

// A job that releases, and the best that comes before it.
struct Release
{
    PipelineJob job;
    GateKind gate = GateKind::None;
    bool stops = false; // its failure keeps the release back
    QString by = {};    // "Launch Cockpit in release.yml"
    QString why = {};   // a sentence: why it does not stop; empty where it does, or where there is none
};
std::vector<Release> releasesIn(const PipelineJobs &jobs, const ReleaseWords &words);

struct ReleasesOfCode
{
    QString folder; // its name alone
    std::vector<Release> releases;
    QStringList gaps;
};

Check gateCheck();
Judged judgeGate(const std::vector<ReleasesOfCode> &code, const QStringList &gaps);

} // namespace cockpit
