// exposure.admin-paths: admin pages are found and shown to be locked.
// observed: "asked", "baseline_statuses", "found": [{"path","status","verdict":
// locked|open|reachable|unclear|undecided, "tool"}].
#pragma once

#include "checks/exposure/pathlook.h"

namespace cockpit {

enum class AdminVerdict {
    Absent,    // not there, or no different from what any address gets
    Locked,    // there, and asks who comes
    Reachable, // a tool for insiders that asks, but that strangers should not even reach
    Open,      // there, without a question
    Undecided, // a tool whose script decides what it draws, a login or all that is inside
    Unclear,   // a page of its own about administration, or data, without a login: a person has to look
    Untold,    // a challenge, a rate limit, silence, a page that cannot be read
};
QString toWord(AdminVerdict value);

// Where administration usually is, beside the tools that the rules know (resources/rules/admin-paths.json).
struct AdminPaths
{
    QStringList pages;
    std::vector<PathRule> tools;
};
[[nodiscard]] Result<AdminPaths> parseAdminPaths(const QByteArray &json);

AdminVerdict adminVerdict(const AskedPath &asked, const std::vector<HttpResponse> &baselines);

Check adminPathsCheck();
Judged judgeAdminPaths(const PathLook &look);

} // namespace cockpit
