#include "models/unasked.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool isUnasked(const CheckResult &result, const AskedHosts &asked)
{
    const auto known = asked.find(result.checkId);
    return known != asked.end() && !result.host.isEmpty() && !known->second.contains(result.host);
}

bool raises(const CheckResult &result, const QString &findingId)
{
    return std::ranges::any_of(result.findings, [&](const Finding &finding) { return finding.id() == findingId; });
}

// Also what an earlier look raised, when the last one failed and left it open.
bool isOf(const CheckResult &result, const QString &id, const Finding &finding)
{
    return finding.checkId == result.checkId && (finding.host == result.host || raises(result, id));
}

void closeFindingsOf(const CheckResult &gone, ProjectState &state, const QDateTime &at)
{
    for (auto &[key, record] : state.findings) {
        const QString &id = key; // what a lambda can capture
        if (!record.isOpen() || !isOf(gone, id, record.finding))
            continue;
        const auto others = latestOf(gone.checkId, state);
        if (std::ranges::any_of(others, [&](const CheckResult *other) { return raises(*other, id); }))
            continue;
        record.closedAt = at;
        state.history.push_back({.findingId = id, .at = at, .event = u"closed"_s, .note = record.finding.title});
    }
}

} // namespace

bool forgetUnasked(ProjectState &state, const AskedHosts &asked, const QDateTime &at)
{
    std::vector<CheckResult> gone;
    std::erase_if(state.latest, [&](const auto &entry) {
        const bool goes = isUnasked(entry.second, asked);
        if (goes)
            gone.push_back(entry.second);
        return goes;
    });
    for (const CheckResult &result : gone)
        closeFindingsOf(result, state, at);
    return !gone.empty();
}

} // namespace cockpit
