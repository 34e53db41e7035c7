#include "ui/sources/pastedmodel.h"

#include "models/pastedfindings.h"
#include "ui/widgets/rowdelegate.h"

#include <algorithm>

namespace cockpit {

void PastedModel::setFindings(const std::vector<Finding> &findings)
{
    beginResetModel();
    m_findings = findings;
    endResetModel();
}

const Finding *PastedModel::finding(int row) const
{
    return row >= 0 && row < rowCount() ? &m_findings[static_cast<size_t>(row)] : nullptr;
}

int PastedModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_findings.size());
}

QVariant PastedModel::data(const QModelIndex &index, int role) const
{
    const Finding *finding = this->finding(index.row());
    if (!finding)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return finding->title;
    case RowNoteRole:
        return finding->whatWeSaw;
    case RowShapeRole:
        return QVariant::fromValue(shapeFor(finding->severity));
    case RowActionRole:
        return tr("Show");
    case Qt::AccessibleTextRole:
        return tr("%1: %2. %3").arg(labelOf(finding->severity), finding->title, finding->whatWeSaw);
    }
    return {};
}

std::vector<Finding> pastedFindings(const QStringList &checkIds, const ProjectState &project)
{
    std::vector<Finding> findings;
    for (const QString &id : checkIds) {
        for (const CheckResult *result : latestOf(id, project))
            std::ranges::copy_if(result->findings, std::back_inserter(findings),
                                 [result](const Finding &finding) { return isOfPasted(finding, result->observed); });
    }
    std::ranges::stable_sort(findings, {}, &Finding::severity);
    return findings;
}

} // namespace cockpit
