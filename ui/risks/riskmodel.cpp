#include "ui/risks/riskmodel.h"

#include "checks/engine/inwords.h"
#include "models/samefault.h"
#include "ui/plan48/planmodel.h"
#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/stateicon.h"
#include "ui/widgets/tooltips.h"

#include <QLocale>

#include <algorithm>
#include <numeric>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

int effortOf(const RiskRow &row)
{
    return std::accumulate(row.risks.begin(), row.risks.end(), 0,
                           [](int sum, const Risk &risk) { return sum + risk.finding.effortMinutes; });
}

QString trailingText(const RiskRow &row)
{
    const QString decision = decisionText(row);
    return decision.isEmpty() ? effortText(effortOf(row)) : decision;
}

QString noteOf(const RiskRow &row)
{
    if (!row.isFault())
        return row.first().finding.whatWeSaw;
    QStringList places;
    for (const Risk &risk : row.risks)
        places << risk.finding.subject;
    constexpr qsizetype kMostPlaces = 3;
    return row.first().finding.whatWeSaw + u'\n' + namesInWords(places, kMostPlaces);
}

// Places are as bad as the fault above them, which says it.
QVariant pillRole(const Risk &risk, int role)
{
    switch (role) {
    case RowPillRole:
        return labelOf(risk.finding.severity);
    case RowPillToneRole:
        return QVariant::fromValue(toneFor(risk.finding.severity));
    case RowSecondPillRole:
        return labelOf(risk.finding.impact);
    }
    return {};
}

QString actionText(const RiskRow &row)
{
    if (!row.isFault())
        return {};
    return row.isOpen ? RiskModel::tr("Hide places") : RiskModel::tr("Show places");
}

// A screen reader knows no tree here: the row says whether it is opened, and which key does it.
QString spokenText(const RiskRow &row)
{
    const Finding &finding = row.first().finding;
    if (row.isPlace)
        return RiskModel::tr("A place of %1: %2, risk %3, %4")
            .arg(finding.title, finding.subject, QString::number(row.first().rank), trailingText(row));
    QString said = RiskModel::tr("Risk %1: %2, %3, %4, %5")
                       .arg(QString::number(row.first().rank), row.title(), labelOf(finding.severity),
                            labelOf(finding.impact), trailingText(row));
    if (!row.isFault())
        return said;
    return row.isOpen ? RiskModel::tr("%1. Its places are shown below; Enter hides them.").arg(said)
                      : RiskModel::tr("%1. Enter shows its places.").arg(said);
}

std::vector<RiskRow> placesOf(const RiskRow &fault)
{
    std::vector<RiskRow> places;
    for (const Risk &risk : fault.risks)
        places.push_back({.risks = {risk}, .isPlace = true});
    return places;
}

bool isSameRow(const RiskRow &a, const RiskRow &b)
{
    return a.isPlace == b.isPlace && a.isOpen == b.isOpen && a.ids() == b.ids();
}

} // namespace

QStringList RiskRow::ids() const
{
    QStringList ids;
    for (const Risk &risk : risks)
        ids << risk.finding.id();
    return ids;
}

QString RiskRow::title() const
{
    if (isPlace)
        return first().finding.subject;
    if (!isFault())
        return first().finding.title;
    return RiskModel::tr("%1 (at %n place(s))", nullptr, static_cast<int>(risks.size())).arg(first().finding.title);
}

QString decisionText(const RiskRow &row)
{
    Risk all = row.first();
    all.finding.effortMinutes = effortOf(row);
    const auto isAlike = [](const Risk &a, const Risk &b) {
        return a.decision.has_value() == b.decision.has_value() &&
               (!a.decision || (a.decision->kind == b.decision->kind && a.decision->until == b.decision->until));
    };
    if (std::ranges::all_of(row.risks, [&](const Risk &risk) { return isAlike(risk, row.first()); }))
        return decisionText(all);
    const auto decided = std::ranges::count_if(row.risks, [](const Risk &risk) { return risk.decision.has_value(); });
    return RiskModel::tr("%1 of %2 decided")
        .arg(QLocale().toString(int(decided)), QLocale().toString(int(row.risks.size())));
}

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
    if (it == risks.end())
        return {};
    const auto next = std::find_if(std::next(it), risks.end(),
                                   [&](const Risk &risk) { return !isSameFault(it->finding, risk.finding); });
    if (next == risks.end())
        return {};
    return RiskModel::tr("Above “%1”: %2").arg(next->finding.title, whyAbove(*it, *next));
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

std::vector<RiskRow> RiskModel::filtered() const
{
    std::vector<Risk> wanted = m_all;
    if (m_filter)
        std::erase_if(wanted, [&](const Risk &risk) { return risk.finding.impact != *m_filter; });
    const auto isSame = [](const Risk &a, const Risk &b) { return isSameFault(a.finding, b.finding); };
    std::vector<RiskRow> rows;
    for (std::vector<Risk> &risks : groupsOf(wanted, isSame)) {
        RiskRow row{.risks = std::move(risks)};
        const QStringList ids = row.isFault() ? row.ids() : QStringList(); // making them is dear
        row.isOpen = std::ranges::any_of(ids, [&](const QString &id) { return m_open.contains(id); });
        const std::vector<RiskRow> places = row.isOpen ? placesOf(row) : std::vector<RiskRow>();
        rows.push_back(std::move(row));
        rows.insert(rows.end(), places.begin(), places.end());
    }
    return rows;
}

void RiskModel::show(std::vector<RiskRow> shown)
{
    if (std::ranges::equal(m_shown, shown, isSameRow)) { // selection and scroll position stay
        m_shown = std::move(shown);
        if (!m_shown.empty())
            emit dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    m_shown = std::move(shown);
    endResetModel();
}

const RiskRow *RiskModel::row(int row) const
{
    return row >= 0 && row < rowCount() ? &m_shown[static_cast<std::size_t>(row)] : nullptr;
}

int RiskModel::rowOf(const QString &findingId, bool isPlace) const
{
    int found = -1;
    for (int at = 0; at < rowCount(); ++at) {
        if (!m_shown[static_cast<std::size_t>(at)].ids().contains(findingId))
            continue;
        if (!isPlace)
            return at; // a fault stands above its places
        found = at;
    }
    return found;
}

void RiskModel::setOpen(int row, bool isOpen)
{
    const RiskRow *known = this->row(row);
    if (!known || !known->isFault() || known->isOpen == isOpen)
        return;
    RiskRow &fault = m_shown[static_cast<std::size_t>(row)];
    const int count = static_cast<int>(fault.risks.size());
    const auto below = m_shown.begin() + row + 1;
    fault.isOpen = isOpen;
    for (const QString &id : fault.ids())
        isOpen ? void(m_open.insert(id)) : void(m_open.remove(id));
    if (isOpen) {
        const std::vector<RiskRow> places = placesOf(fault);
        beginInsertRows({}, row + 1, row + count);
        m_shown.insert(below, places.begin(), places.end());
        endInsertRows();
    } else {
        beginRemoveRows({}, row + 1, row + count);
        m_shown.erase(below, below + count);
        endRemoveRows();
    }
    emit dataChanged(index(row), index(row));
}

int RiskModel::faultCount() const
{
    return static_cast<int>(std::ranges::count(m_shown, false, &RiskRow::isPlace));
}

int RiskModel::placeCount() const
{
    return std::accumulate(m_shown.begin(), m_shown.end(), 0, [](int sum, const RiskRow &row) {
        return row.isPlace ? sum : sum + static_cast<int>(row.risks.size());
    });
}

int RiskModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant RiskModel::data(const QModelIndex &index, int role) const
{
    const RiskRow *row = this->row(index.row());
    if (!row)
        return {};
    const Risk &risk = row->first();
    switch (role) {
    case Qt::DisplayRole:
        return row->title();
    case Qt::AccessibleTextRole:
        return spokenText(*row);
    case Qt::ToolTipRole:
        return plainToolTip(risk.finding.whatWeSaw);
    case RowNoteRole:
        return noteOf(*row);
    case RowLeadRole:
        return QLocale().toString(risk.rank);
    case RowShapeRole:
        return QVariant::fromValue(shapeFor(risk.finding.severity));
    case RowTrailingRole:
        return trailingText(*row);
    case RowActionRole:
        return actionText(*row);
    case FindingIdRole:
        return risk.finding.id();
    }
    return row->isPlace ? QVariant() : pillRole(risk, role);
}

} // namespace cockpit
