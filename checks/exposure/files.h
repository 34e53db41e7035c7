// exposure.files: no settings file, backup or repository folder can be downloaded.
// observed: "asked": how many paths, "baseline_statuses": [..], "exposed": [{"path","rule","status"}], "blocked":
// [paths that an edge refused while invented ones were not: the origin may still serve them].
#pragma once

#include "checks/engine/check.h"
#include "checks/exposure/pathrules.h"
#include "checks/net/httpclient.h"

#include <QHash>

namespace cockpit {

struct AskedPath
{
    QString path;
    const PathRule *rule = nullptr;
    std::optional<HttpResponse> first;
    std::optional<HttpResponse> second; // asked only when the first would count
};

Check filesCheck();

// Would this answer count, before the second look?
bool isCandidate(const PathRule &rule, const HttpResponse &answer, const std::vector<HttpResponse> &baselines);
Judged judgeFiles(const std::vector<AskedPath> &asked, const std::vector<HttpResponse> &baselines);

// A proof that gives nothing away: line beginnings with masked values, at most a few lines.
QString maskedExcerpt(const QByteArray &body);

} // namespace cockpit
