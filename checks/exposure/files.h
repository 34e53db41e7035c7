// exposure.files: no settings file, backup or repository folder can be downloaded.
// observed: "asked": how many paths, "baseline_statuses": [..], "exposed": [{"path","rule","status"}], "blocked":
// [paths that an edge refused while invented ones were not: the origin may still serve them].
#pragma once

#include "checks/exposure/pathlook.h"
#include "checks/exposure/pathreport.h"

namespace cockpit {

Check filesCheck();

Judged judgeFiles(const std::vector<AskedPath> &asked, const std::vector<HttpResponse> &baselines);

} // namespace cockpit
