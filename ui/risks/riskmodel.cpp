#include "ui/risks/riskmodel.h"

#include "ui/plan48/planmodel.h"
#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/stateicon.h"
#include "ui/widgets/tooltips.h"

#include <QLocale>

#include <algorithm>

namespace cockpit {

namespace {

QString trailingText(const Risk &risk)
{
    const QString decision = decisionText(risk);
    return decision.isEmpty() ? effortText(risk.finding.effortMinutes) : decision;
}

QString spokenText(const Risk &risk)
{
    return RiskModel::tr("Risk %1: %2, %3, %4, %5")
        .arg(QString::number(risk.rank), risk.finding.title, labelOf(risk.finding.severity),
             labelOf(risk.finding.impact), trailingText(risk));
}

} // namespace

QString decisionText(const Risk &risk)
{
    if (!risk.decision)
        return {};
    switch (risk.decision->kind) {
    case DecisionKind::FixNow:
        return RiskModel::tr("fix now · %1").arg(effortText(risk.finding.effortMinutes));
    case DecisionKind::FixLater:
        return RiskModel::tr("later, by %1").arg(QLocale().toString(risk.decision->until, QLocale::ShortFormat));
    case DecisionKind::Accepted:
        return RiskModel::tr("accepted");
    }
    Q_UNREACHABLE();
}

QString whyHere(const std::vector<Risk> &risks, const QString &findingId)
{
    const auto it = std::ranges::find_if(risks, [&](const Risk &risk) { return risk.finding.id() == findingId; });
    if (it == risks.end() || std::next(it) == risks.end())
        return {};
    return RiskModel::tr("Above “%1”: %2").arg(std::next(it)->finding.title, whyAbove(*it, *std::next(it)));
}

void RiskModel::setRisks(const std::vector<Risk> &risks)
{
    m_all = risks;
    show(filtered());
}

void RiskModel::setFilter(std::optional<Impact> impact)
{
    m_filter = impact;
    show(filtered());
}

std::vector<Risk> RiskModel::filtered() const
{
    std::vector<Risk> shown = m_all;
    if (m_filter)
        std::erase_if(shown, [&](const Risk &risk) { return risk.finding.impact != *m_filter; });
    return shown;
}

void RiskModel::show(std::vector<Risk> shown)
{
    const bool sameRows = std::ranges::equal(
        m_shown, shown, [](const Risk &a, const Risk &b) { return a.finding.id() == b.finding.id(); });
    if (sameRows) { // selection and scroll position stay
        m_shown = std::move(shown);
        if (!m_shown.empty())
            emit dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    m_shown = std::move(shown);
    endResetModel();
}

const Risk *RiskModel::risk(int row) const
{
    return row >= 0 && row < rowCount() ? &m_shown[static_cast<std::size_t>(row)] : nullptr;
}

int RiskModel::rowOf(const QString &findingId) const
{
    const auto it = std::ranges::find_if(m_shown, [&](const Risk &risk) { return risk.finding.id() == findingId; });
    return it == m_shown.end() ? -1 : static_cast<int>(it - m_shown.begin());
}

int RiskModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant RiskModel::data(const QModelIndex &index, int role) const
{
    const Risk *risk = this->risk(index.row());
    if (!risk)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return risk->finding.title;
    case Qt::AccessibleTextRole:
        return spokenText(*risk);
    case Qt::ToolTipRole:
        return plainToolTip(risk->finding.whatWeSaw);
    case RowNoteRole:
        return risk->finding.whatWeSaw;
    case RowLeadRole:
        return QLocale().toString(risk->rank);
    case RowShapeRole:
        return QVariant::fromValue(shapeFor(risk->finding.severity));
    case RowPillRole:
        return labelOf(risk->finding.severity);
    case RowPillToneRole:
        return QVariant::fromValue(toneFor(risk->finding.severity));
    case RowSecondPillRole:
        return labelOf(risk->finding.impact);
    case RowTrailingRole:
        return trailingText(*risk);
    case FindingIdRole:
        return risk->finding.id();
    }
    return {};
}

} // namespace cockpit
