#include "models/projectstate.h"
#include "models/lookmemory.h"

#include "models/carrieddecision.h"
#include "models/toldbyroute.h"
#include "models/unseen.h"

#include <QJsonArray>

#include <algorithm>
#include <set>
#include <utility>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// Findings can be many and their subjects long, so an id is made once and then looked up.
std::set<QString> idsRaisedBy(const CheckResult &result)
{
    std::set<QString> ids;
    for (const Finding &finding : result.findings)
        ids.insert(finding.id());
    return ids;
}

// Folds one run in; holds what its looks raised before, because closing a finding depends on which look raised it.
class Fold
{
public:
    Fold(ProjectState &state, const QDateTime &at) : m_state(state), m_at(at) {}

    void apply(const std::vector<CheckResult> &results)
    {
        for (const CheckResult &result : results)
            replaceLatest(result);
        for (const CheckResult &result : results) {
            for (const Finding &finding : result.findings)
                see(finding);
        }
        closeWhatIsGone(results);
    }

private:
    // A check that did not run says nothing new: what an earlier look found stays, a pass as well as a problem.
    void replaceLatest(const CheckResult &result)
    {
        if (result.outcome == Outcome::NotRun && wasLookedAt(result))
            return;
        // "Not built yet" and "needs a list of your routes" are said once for all hosts; hosts speak for themselves.
        for (const CheckResult *known : latestOf(result.checkId, m_state)) {
            if (known->host.isEmpty() != result.host.isEmpty())
                m_state.latest.erase(known->key());
        }
        const auto known = m_state.latest.find(result.key());
        if (known != m_state.latest.end())
            m_raisedBefore.emplace(known->first,
                                   idsRaisedBy(std::exchange(known->second, withMemoryOf(known->second, result))));
        else
            m_state.latest.emplace(result.key(), result);
    }

    // On the same host; for what is said about all hosts at once, on any.
    bool wasLookedAt(const CheckResult &result) const
    {
        return std::ranges::any_of(latestOf(result.checkId, m_state), [&](const CheckResult *known) {
            return known->outcome != Outcome::NotRun && (result.host.isEmpty() || known->host == result.host);
        });
    }

    void see(const Finding &finding)
    {
        const auto [it, isNew] = m_state.findings.try_emplace(finding.id(), FindingRecord{finding, m_at, m_at, {}});
        FindingRecord &record = it->second;
        if (isNew)
            note(finding.id(), u"found"_s, finding.title);
        else if (!record.isOpen())
            note(finding.id(), u"reopened"_s, finding.title);
        if (isNew || !record.isOpen())
            carryDecision(finding);
        record.finding = finding;
        record.lastSeen = m_at;
        record.closedAt = {};
    }

    // Once, when it opens: whoever takes the decision back afterwards is not told again.
    void carryDecision(const Finding &finding)
    {
        if (m_state.decisions.contains(finding.id()))
            return;
        auto carried = carriedDecision(finding, m_state.decisions);
        if (!carried)
            carried = decisionOfAllRoutes(finding);
        if (!carried)
            return;
        m_state.decisions.emplace(carried->findingId, *carried);
        note(carried->findingId, u"carried"_s, toWord(carried->kind));
    }

    // About the finding in whose place this one is told, as long as that is open.
    std::optional<Decision> decisionOfAllRoutes(const Finding &finding) const
    {
        const QString old = idOfAllRoutes(finding);
        const auto known = m_state.findings.find(old);
        const auto decided = m_state.decisions.find(old);
        if (known == m_state.findings.end() || !known->second.isOpen() || decided == m_state.decisions.end() ||
            !isNamedIn(known->second.finding, finding))
            return std::nullopt;
        Decision carried = decided->second;
        carried.findingId = finding.id();
        return carried;
    }

    void closeWhatIsGone(const std::vector<CheckResult> &results)
    {
        const std::set<QString> raised = raisedByChecksOf(results);
        for (auto &[id, record] : m_state.findings) {
            if (!record.isOpen() || raised.contains(id))
                continue;
            const bool isReplaced = isToldByRouteNow(record.finding, results);
            if (isReplaced || wasLookedAtAgain(id, record.finding, results)) {
                record.closedAt = m_at;
                note(id, isReplaced ? u"replaced"_s : u"closed"_s, record.finding.title);
            }
        }
    }

    static bool isToldByRouteNow(const Finding &finding, const std::vector<CheckResult> &results)
    {
        return isOfAllRoutes(finding) &&
               std::ranges::any_of(results, [&](const CheckResult &result) { return takesPlaceOf(finding, result); });
    }

    // By any look of the checks that ran, not only by the looks of this run.
    std::set<QString> raisedByChecksOf(const std::vector<CheckResult> &results) const
    {
        std::set<QString> checks;
        for (const CheckResult &result : results)
            checks.insert(result.checkId);
        std::set<QString> raised;
        for (const QString &checkId : checks) {
            for (const CheckResult *result : latestOf(checkId, m_state))
                raised.merge(idsRaisedBy(*result));
        }
        return raised;
    }

    bool wasLookedAtAgain(const QString &id, const Finding &finding, const std::vector<CheckResult> &results) const
    {
        return std::ranges::any_of(results, [&](const CheckResult &result) {
            return result.checkId == finding.checkId && hasSeen(result, finding) && covers(result, id, finding);
        });
    }

    // A look covers a finding that it raised before, one on its own host, and any when it looks at the whole target.
    // A finding about the whole target that host looks raised is gone only when every one of them would have seen it.
    bool covers(const CheckResult &result, const QString &id, const Finding &finding) const
    {
        if (finding.host.isEmpty())
            return everyLookHasSeen(finding);
        if (result.host.isEmpty() || result.host == finding.host)
            return true;
        const auto before = m_raisedBefore.find(result.key());
        if (before != m_raisedBefore.end() && before->second.contains(id))
            return true;
        // About a host that has no look of its own. Which look raised it is forgotten when one in between failed.
        return !isAskedOn(finding.host, finding.checkId) && everyLookHasSeen(finding);
    }

    bool isAskedOn(const QString &host, const QString &checkId) const
    {
        return std::ranges::any_of(latestOf(checkId, m_state),
                                   [&](const CheckResult *result) { return result->host == host; });
    }

    bool everyLookHasSeen(const Finding &finding) const
    {
        return std::ranges::all_of(latestOf(finding.checkId, m_state),
                                   [&](const CheckResult *result) { return hasSeen(*result, finding); });
    }

    void note(const QString &findingId, const QString &event, const QString &text)
    {
        m_state.history.push_back({.findingId = findingId, .at = m_at, .event = event, .note = text});
    }

    ProjectState &m_state;
    const QDateTime m_at;
    std::map<QString, std::set<QString>> m_raisedBefore; // by the looks that this run replaced
};

} // namespace

void applyResults(ProjectState &state, const std::vector<CheckResult> &results, const QDateTime &at)
{
    Fold(state, at).apply(results);
}

// In the map a check's keys stand together, save for checks whose id begins with this one's.
std::vector<const CheckResult *> latestOf(const QString &checkId, const ProjectState &state)
{
    std::vector<const CheckResult *> results;
    for (auto it = state.latest.lower_bound(checkId); it != state.latest.end() && it->first.startsWith(checkId); ++it) {
        if (it->second.checkId == checkId)
            results.push_back(&it->second);
    }
    return results;
}

DnsHistory dnsHistoryOf(const ProjectState &state)
{
    DnsHistory history;
    history.baseline = state.dnsBaseline;
    for (const CheckResult *result : latestOf(u"dns.drift"_s, state))
        history.sightings = sightingsIn(*result);
    for (const CheckResult *result : latestOf(u"mail.dkim"_s, state)) {
        const QJsonArray selectors = result->observed.value("selectors"_L1).toArray();
        for (const QJsonValue selector : selectors) {
            const QString status = selector["status"_L1].toString();
            if (status == "valid"_L1 || status == "weak"_L1)
                history.dkimSelectors << selector["selector"_L1].toString();
        }
    }
    return history;
}

std::vector<Finding> openFindings(const ProjectState &state)
{
    std::vector<Finding> open;
    for (const auto &[id, record] : state.findings) {
        if (record.isOpen())
            open.push_back(record.finding);
    }
    return open;
}

} // namespace cockpit
