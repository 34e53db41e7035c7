// The risk register as a list: rank, shape, title, what was seen, impact and severity, effort and decision. A fault
// that is at several places (models/samefault.h) is one row with its worst one's rank; opened, its places stand below
// it.
#pragma once

#include "models/risk.h"

#include <QAbstractListModel>
#include <QSet>

#include <optional>

namespace cockpit {

struct RiskRow
{
    std::vector<Risk> risks; // one, or those of a fault at several places; the worst is first
    bool isPlace = false;    // of the fault above it
    bool isOpen = false;     // a fault whose places are shown

    const Risk &first() const { return risks.front(); }
    bool isFault() const { return risks.size() > 1; }
    QStringList ids() const; // of all its findings
    QString title() const;   // with the number of places
};

class RiskModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { FindingIdRole = Qt::UserRole }; // beside the roles of RowDelegate

    using QAbstractListModel::QAbstractListModel;

    void setRisks(const std::vector<Risk> &risks);
    // Ranks stay those of the whole register.
    void setFilter(std::optional<Impact> impact);

    const RiskRow *row(int row) const;
    // -1 when it is not shown. A finding of a fault that is closed is in the fault's row; isPlace: not the fault's row
    // where its own is shown as well.
    int rowOf(const QString &findingId, bool isPlace = true) const;
    void setOpen(int row, bool isOpen); // of a fault at several places; others stay as they are
    int faultCount() const;             // of those shown
    int placeCount() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    void show(std::vector<RiskRow> shown);
    std::vector<RiskRow> filtered() const;

    std::vector<Risk> m_all;
    std::vector<RiskRow> m_shown;
    QSet<QString> m_open; // findings of faults that are shown opened
    std::optional<Impact> m_filter;
};

// "fix now · 20 min", "later, by 3 Dec", "accepted"; empty when nobody has decided.
QString decisionText(const Risk &risk);

// The same of a row: of all places, or at how many of them somebody has decided.
QString decisionText(const RiskRow &row);

// Why this risk stands above the next fault of the whole register; empty for the last.
QString whyHere(const std::vector<Risk> &risks, const QString &findingId);

} // namespace cockpit
