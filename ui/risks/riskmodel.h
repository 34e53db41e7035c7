// The risk register as a list: rank, shape, title, what was seen, impact and severity, effort and decision.
#pragma once

#include "models/risk.h"

#include <QAbstractListModel>

#include <optional>

namespace cockpit {

class RiskModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { FindingIdRole = Qt::UserRole }; // beside the roles of RowDelegate

    using QAbstractListModel::QAbstractListModel;

    void setRisks(const std::vector<Risk> &risks);
    // Ranks stay those of the whole register.
    void setFilter(std::optional<Impact> impact);

    const Risk *risk(int row) const;
    int rowOf(const QString &findingId) const; // -1 when it is not shown

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    void show(std::vector<Risk> shown);
    std::vector<Risk> filtered() const;

    std::vector<Risk> m_all;
    std::vector<Risk> m_shown;
    std::optional<Impact> m_filter;
};

// "fix now · 20 min", "later, by 3 Dec", "accepted"; empty when nobody has decided.
QString decisionText(const Risk &risk);

// Why this risk stands above the next one of the whole register; empty for the last.
QString whyHere(const std::vector<Risk> &risks, const QString &findingId);

} // namespace cockpit
