#include "ui/surface/certificatemodel.h"

#include "models/target.h"
#include "ui/widgets/tooltips.h"

namespace cockpit {

// As with the matrix: what a run changes of a row leaves the chosen row where it is.
void CertificateModel::setRows(std::vector<handover::CertificateFacts> rows)
{
    const bool isSameSize = rows.size() == m_rows.size();
    if (!isSameSize)
        beginResetModel();
    m_rows = std::move(rows);
    if (!isSameSize)
        endResetModel();
    else if (!m_rows.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int CertificateModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CertificateModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString CertificateModel::textAt(const QModelIndex &index) const
{
    const handover::CertificateFacts &facts = m_rows[static_cast<size_t>(index.row())];
    switch (index.column()) {
    case HostColumn:
        return displayName(facts.host);
    case CertificateColumn:
        return handover::certificateText(facts);
    case IssuerColumn:
        return facts.issuer.isEmpty() ? handover::notKnownYet() : facts.issuer;
    case DaysColumn:
        return facts.hasExpired() ? tr("expired")
               : facts.daysLeft   ? tr("%n day(s)", nullptr, *facts.daysLeft)
                                  : handover::notKnownYet();
    case RenewalColumn:
        return facts.renewal.isEmpty() ? handover::notKnownYet() : facts.renewal;
    }
    return {};
}

QVariant CertificateModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const QString text = textAt(index);
    switch (role) {
    case Qt::DisplayRole:
        return text;
    case Qt::ToolTipRole:
        return plainToolTip(text);
    case Qt::AccessibleTextRole:
        return tr("%1: %2").arg(headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(), text);
    }
    return {};
}

QVariant CertificateModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case HostColumn:
        return tr("Address");
    case CertificateColumn:
        return tr("Certificate");
    case IssuerColumn:
        return tr("Issued by");
    case DaysColumn:
        return tr("Time left");
    case RenewalColumn:
        return tr("Renewed by");
    }
    return {};
}

} // namespace cockpit
