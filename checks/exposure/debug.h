// exposure.debug: debug pages and verbose modes are off in production.
// observed: "asked", "baseline_statuses", "exposed": [{"path","rule","status"}], "blocked": [paths], "marks":
// [{"id","url"}]: what a page or the answer to an invented address shows of a workshop version.
#pragma once

#include "checks/exposure/debugmarks.h"
#include "checks/exposure/pathlook.h"

namespace cockpit {

struct DebugLook
{
    PathLook paths;                   // of resources/rules/debug-paths.json
    std::optional<HttpResponse> page; // that visitors get; empty when it could not be had or belongs to another host
    std::vector<HttpResponse> errors = {}; // invented addresses asked for whole, where the first bytes were not all
    bool isPageMissed = false;             // it is this host's, and could not be had
    int errorsMissed = 0;
};

Check debugCheck();
Judged judgeDebug(const DebugLook &look, const std::vector<DebugMark> &marks);

} // namespace cockpit
