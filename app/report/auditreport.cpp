#include "app/report/auditreport.h"

#include "models/risk.h"
#include "models/stillfailing.h"

#include <algorithm>
#include <set>

namespace cockpit {

AuditReport makeReport(const ProjectState &known, const Roadmap &roadmap, const Run &run, const QString &toolVersion)
{
    AuditReport report{.toolVersion = toolVersion,
                       .target = known.settings.target,
                       .roadmap = roadmap,
                       .run = run,
                       .verdict = verdictOf(known, roadmap),
                       .findings = {},
                       .decisions = known.decisions,
                       .left = {},
                       .letters = {},
                       .stillOpen = openProblems(known)};
    std::set<QString> seenNow;
    for (const CheckResult &result : run.results) {
        for (const Finding &finding : result.findings)
            seenNow.insert(finding.id());
    }
    std::erase_if(report.stillOpen, [&](const Finding &finding) { return seenNow.contains(finding.id()); });
    for (const Risk &risk : rankRisks(known, roadmap)) {
        if (seenNow.contains(risk.finding.id()))
            report.findings.push_back(risk.finding);
    }
    return report;
}

std::map<Outcome, int> countOutcomes(const Run &run)
{
    std::map<Outcome, int> counts;
    for (const CheckResult &result : run.results)
        ++counts[result.outcome];
    return counts;
}

std::optional<Decision> decisionAbout(const Finding &finding, const AuditReport &report)
{
    const auto it = report.decisions.find(finding.id());
    return it == report.decisions.end() ? std::nullopt : std::optional(it->second);
}

std::optional<Decision> acceptanceOf(const Finding &finding, const AuditReport &report)
{
    const auto decided = decisionAbout(finding, report);
    return decided && decided->kind == DecisionKind::Accepted ? decided : std::nullopt;
}

bool reaches(const AuditReport &report, Severity threshold)
{
    return std::ranges::any_of(report.findings, [&](const Finding &finding) {
        return finding.severity <= threshold && !acceptanceOf(finding, report);
    });
}

} // namespace cockpit
