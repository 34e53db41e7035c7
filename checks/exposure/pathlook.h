// Asks a host for well-known paths: invented neighbours first, then each path, then once more what would count.
#pragma once

#include "checks/engine/check.h"
#include "checks/exposure/pathrules.h"
#include "checks/net/httpclient.h"

#include <optional>

namespace cockpit {

struct AskedPath
{
    QString path;
    const PathRule *rule = nullptr; // null: any content is looked at
    std::optional<HttpResponse> first;
    std::optional<HttpResponse> second; // asked only when the first would count
};

struct PathLook
{
    std::vector<HttpResponse> baselines; // of baselineQuestions()
    std::vector<AskedPath> asked;
};

// The invented addresses alone; or the judgement that says why nothing can be told at this host: silence, a challenge,
// a refusal of everything, a host that passes every visitor on.
tl::expected<std::vector<HttpResponse>, Judged> askBaselines(const Look &look);
// The same, then the paths of the rules. The rules must outlive the result.
tl::expected<PathLook, Judged> lookAtPaths(const Look &look, const std::vector<PathRule> &rules);

// Would this answer count, before the second look?
bool isCandidate(const PathRule &rule, const HttpResponse &answer, const std::vector<HttpResponse> &baselines);
// Those whose content was proven twice.
std::vector<const AskedPath *> provenAmong(const std::vector<AskedPath> &asked,
                                           const std::vector<HttpResponse> &baselines);
// Paths that were refused (401, 403) while invented ones of their class were not: an edge knows their names.
QStringList blockedAmong(const std::vector<AskedPath> &asked, const std::vector<HttpResponse> &baselines);
// How many did not tell: challenges, rate limits, more than a few silences.
int untoldAmong(const std::vector<AskedPath> &asked);

} // namespace cockpit
