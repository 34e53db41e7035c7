// The results of one stage: a row for each open finding and for each check, worst first.
#pragma once

#include "ui/stage/needpage.h"
#include "ui/widgets/rowdelegate.h"

#include <QAbstractListModel>

#include <vector>

namespace cockpit {

class Session;

struct ResultRow
{
    QString key; // stable: the finding's id, or the check's
    QString checkId;
    QString host;
    QString findingId; // empty: the row is about the check
    StateShape shape = StateShape::NotRun;
    QString title;
    QString subtitle;
    QString pill;
    Tone tone = Tone::Neutral;
    QString trailing;
    std::optional<Need> offers; // a page that gives what it needs (needpage.h)

    bool operator==(const ResultRow &) const = default;
};

// Worst first: findings by rank, then what could not be looked at, passes, what runs, what did not run.
std::vector<ResultRow> resultRows(const Session &session, int stageNumber);
std::vector<ResultRow> resultRows(const Session &session, const QStringList &checkIds);

class ResultsModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { KeyRole = Qt::UserRole, CheckIdRole, HostRole, FindingIdRole, PageRole }; // PageRole: of the button

    using QAbstractListModel::QAbstractListModel;

    // What happens to rows that stand elsewhere in the new order.
    enum class Order {
        Sort, // they move to their place
        Hold, // they stay, and new rows come last: somebody is pointing at the list
    };
    void setRows(const std::vector<ResultRow> &rows, Order order);

    const std::vector<ResultRow> &rows() const { return m_rows; }
    int rowOf(const QString &key) const; // -1: none

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    static QString spoken(const ResultRow &row);
    void takeOver(const std::vector<ResultRow> &wanted);
    void removeGone(const std::vector<ResultRow> &wanted);
    void put(const ResultRow &row, int at);

    std::vector<ResultRow> m_rows;
};

} // namespace cockpit
