#include "ui/plan48/planmodel.h"

#include "ui/widgets/numbertext.h"
#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/stateicon.h"
#include "ui/widgets/tooltips.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

QString laterNote(const Risk &risk)
{
    return risk.decision && risk.decision->until.isValid()
               ? PlanModel::tr("until %1").arg(QLocale().toString(risk.decision->until, QLocale::ShortFormat))
               : QString();
}

// A step that somebody had put off is there because its date has passed.
QString stepNote(const Risk &risk)
{
    if (!risk.decision || risk.decision->kind != DecisionKind::FixLater)
        return risk.finding.whatWeSaw;
    return PlanModel::tr("Put off until %1, and due now. %2")
        .arg(QLocale().toString(risk.decision->until, QLocale::ShortFormat), risk.finding.whatWeSaw);
}

QString acceptedNote(const Risk &risk)
{
    return risk.decision ? PlanModel::tr("Accepted by %1: %2").arg(risk.decision->by, risk.decision->reason)
                         : QString();
}

// "1:20": how much work comes before it.
QString startText(int minutes)
{
    return u"%1:%2"_s.arg(QString::number(minutes / 60), QString::number(minutes % 60).rightJustified(2, u'0'));
}

} // namespace

QString effortText(int minutes)
{
    return durationText(std::chrono::minutes(minutes));
}

QString planTotal(const FixPlan &plan)
{
    const int fixes = static_cast<int>(plan.steps.size());
    if (fixes == 0)
        return PlanModel::tr("nothing to fix");
    return PlanModel::tr("%1 · about %2")
        .arg(PlanModel::tr("%n fix(es)", nullptr, fixes), effortText(plan.totalMinutes));
}

std::vector<PlanModel::Row> PlanModel::rowsOf(const FixPlan &plan)
{
    std::vector<Row> rows;
    if (!plan.steps.empty())
        rows.push_back({true, {}, tr("Fix now, in this order"), {}, planTotal(plan), {}});
    for (const PlanStep &step : plan.steps) {
        const Finding &finding = step.risk.finding;
        rows.push_back({false, startText(step.startsAtMinute), finding.title, stepNote(step.risk),
                        effortText(step.effortMinutes), finding});
    }
    if (!plan.later.empty())
        rows.push_back({true, {}, tr("Later"), {}, tr("%n fix(es)", nullptr, int(plan.later.size())), {}});
    for (const Risk &risk : plan.later)
        rows.push_back({false, {}, risk.finding.title, risk.finding.whatWeSaw, laterNote(risk), risk.finding});
    if (!plan.accepted.empty())
        rows.push_back({true, {}, tr("Accepted, with a reason"), {}, {}, {}});
    for (const Risk &risk : plan.accepted)
        rows.push_back({false, {}, risk.finding.title, acceptedNote(risk), {}, risk.finding});
    return rows;
}

void PlanModel::setPlan(const FixPlan &plan)
{
    std::vector<Row> rows = rowsOf(plan);
    if (rows == m_rows)
        return;
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int PlanModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

Qt::ItemFlags PlanModel::flags(const QModelIndex &index) const
{
    if (!index.isValid() || m_rows[static_cast<std::size_t>(index.row())].heading)
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

QVariant PlanModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return row.title;
    case Qt::AccessibleTextRole:
        return spoken(row);
    case Qt::ToolTipRole:
        return plainToolTip(row.note);
    case RowNoteRole:
        return row.note;
    case RowLeadRole:
        return row.lead;
    case RowTrailingRole:
        return row.trailing;
    case RowHeadingRole:
        return row.heading;
    }
    if (!row.finding)
        return {};
    switch (role) {
    case RowShapeRole:
        return QVariant::fromValue(shapeFor(row.finding->severity));
    case RowPillRole:
        return labelOf(row.finding->severity);
    case RowPillToneRole:
        return QVariant::fromValue(toneFor(row.finding->severity));
    case FindingIdRole:
        return row.finding->id();
    }
    return {};
}

QString PlanModel::spoken(const Row &row)
{
    if (!row.finding)
        return row.title;
    return tr("%1, %2, %3").arg(row.title, labelOf(row.finding->severity), row.trailing);
}

} // namespace cockpit
