#include "ui/gate/gatelines.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LaunchGate)
};

// Shown as holding; only the first two count as proof for the verdict, which is the models' business.
bool holds(const GateLine &line)
{
    return line.state == ItemState::Proven || line.state == ItemState::NotApplicable ||
           line.state == ItemState::AnsweredByPerson;
}

QString worstFinding(const Item &item, const std::vector<Risk> &risks)
{
    const auto found =
        std::ranges::find_if(risks, [&](const Risk &risk) { return item.checks.contains(risk.finding.checkId); });
    return found == risks.end() ? QString() : found->finding.id();
}

} // namespace

std::vector<GateLine> gateLines(const Roadmap &roadmap, const StatusOf &statusOf, const std::vector<Risk> &risks)
{
    std::vector<GateLine> lines;
    for (const Item &item : roadmap.minimumBar) {
        const ItemStatus status = statusOf(item);
        const QString word = labelOf(status.state);
        lines.push_back({item.id, item.text, status.state,
                         status.explanation.isEmpty() ? word : Text::tr("%1 · %2").arg(word, status.explanation),
                         worstFinding(item, risks)});
    }
    return lines;
}

QString gateCount(const std::vector<GateLine> &lines)
{
    const auto good = std::ranges::count_if(lines, holds);
    return Text::tr("%1 of %2 lines hold").arg(QString::number(good), QString::number(lines.size()));
}

} // namespace cockpit
