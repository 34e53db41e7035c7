#include "models/risk.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>
#include <tuple>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Risk)
};

// The order itself, but for the id: each enum is declared worst or surest first.
auto weight(const Risk &risk)
{
    const Finding &finding = risk.finding;
    return std::tuple(finding.severity, finding.impact, !risk.breaksMinimumBar, finding.proof, finding.effortMinutes);
}

std::set<QString> checksOfMinimumBar(const Roadmap &roadmap)
{
    std::set<QString> ids;
    for (const Item &item : roadmap.minimumBar)
        ids.insert(item.checks.begin(), item.checks.end());
    return ids;
}

std::optional<Decision> decisionAbout(const QString &findingId, const ProjectState &project)
{
    const auto it = project.decisions.find(findingId);
    return it == project.decisions.end() ? std::nullopt : std::optional(it->second);
}

// Labels stand inside a sentence here.
QString word(Severity value)
{
    return labelOf(value).toLower();
}

QString word(Impact value)
{
    return labelOf(value).toLower();
}

QString whyByProof(const Risk &a, const Risk &b)
{
    if (b.finding.proof == Proof::Lead)
        return Text::tr("Both weigh the same, but there is firm evidence for “%1”, while “%2” is a lead to look into.")
            .arg(a.finding.title, b.finding.title);
    return Text::tr("Both weigh the same, but “%1” is proven, while “%2” rests on strong evidence.")
        .arg(a.finding.title, b.finding.title);
}

} // namespace

std::vector<Risk> rankRisks(const ProjectState &project, const Roadmap &roadmap)
{
    const std::set<QString> barChecks = checksOfMinimumBar(roadmap);
    std::vector<Risk> risks;
    for (const auto &[id, record] : project.findings) {
        if (!record.isOpen())
            continue;
        Risk risk;
        risk.finding = record.finding;
        risk.decision = decisionAbout(id, project);
        risk.breaksMinimumBar = barChecks.contains(record.finding.checkId);
        risks.push_back(std::move(risk));
    }
    // They come in the order of their ids, and stay in it where nothing else decides: making ids is dear.
    std::ranges::stable_sort(risks, {}, weight);
    for (std::size_t i = 0; i < risks.size(); ++i)
        risks[i].rank = static_cast<int>(i) + 1;
    return risks;
}

bool ranksAbove(const Risk &a, const Risk &b)
{
    const auto first = weight(a);
    const auto second = weight(b);
    return first == second ? a.finding.id() < b.finding.id() : first < second;
}

bool blocksLaunch(const Risk &risk)
{
    const bool isSure = risk.finding.proof != Proof::Lead;
    const bool isGrave = risk.finding.severity == Severity::Critical ||
                         (risk.finding.severity == Severity::High && risk.breaksMinimumBar);
    return isSure && isGrave;
}

QString whyAbove(const Risk &a, const Risk &b)
{
    if (ranksAbove(b, a))
        return whyAbove(b, a);
    const Finding &first = a.finding;
    const Finding &second = b.finding;
    if (first.severity != second.severity)
        return Text::tr("“%1” is %2, while “%3” is %4.")
            .arg(first.title, word(first.severity), second.title, word(second.severity));
    if (first.impact != second.impact)
        return Text::tr("Both are %1, but %2 hurts more than %3.")
            .arg(word(first.severity), word(first.impact), word(second.impact));
    if (a.breaksMinimumBar != b.breaksMinimumBar)
        return Text::tr("Both weigh the same, but “%1” breaks a line of the minimum bar.").arg(first.title);
    if (first.proof != second.proof)
        return whyByProof(a, b);
    if (first.effortMinutes != second.effortMinutes)
        return Text::tr("Both weigh the same, but “%1” is fixed sooner (%2 minutes against %3).")
            .arg(first.title, QString::number(first.effortMinutes), QString::number(second.effortMinutes));
    return Text::tr("Both weigh the same; they stand in the order of their names, so that the list stays as it is.");
}

} // namespace cockpit
