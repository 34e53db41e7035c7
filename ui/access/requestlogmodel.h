// The audit log as a table, newest first.
#pragma once

#include "models/access/requestlog.h"

#include <QAbstractTableModel>

namespace cockpit {

class RequestLogModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { TimeColumn, RequestColumn, AccountColumn, AnswerColumn, CheckColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setRequests(std::vector<LoggedRequest> requests); // newest last, as the log has them
    // They come on top; what is beyond the log's length is forgotten.
    void append(const std::vector<LoggedRequest> &requests);

    // Of a row that there is.
    const LoggedRequest &at(int row) const { return m_requests[m_requests.size() - 1 - size_t(row)]; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString textOf(const LoggedRequest &request, int column) const;
    void dropOldest();

    std::vector<LoggedRequest> m_requests;
};

} // namespace cockpit
