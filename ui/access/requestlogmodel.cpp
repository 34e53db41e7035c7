#include "ui/access/requestlogmodel.h"

#include "models/target.h"
#include "ui/widgets/tooltips.h"

#include <QLocale>

namespace cockpit {

using namespace Qt::StringLiterals;

void RequestLogModel::setRequests(std::vector<LoggedRequest> requests)
{
    beginResetModel();
    m_requests = std::move(requests);
    endResetModel();
}

void RequestLogModel::append(const std::vector<LoggedRequest> &requests)
{
    if (requests.empty())
        return;
    beginInsertRows({}, 0, static_cast<int>(requests.size()) - 1);
    m_requests.insert(m_requests.end(), requests.begin(), requests.end());
    endInsertRows();
    dropOldest();
}

void RequestLogModel::dropOldest()
{
    if (m_requests.size() <= kMostLoggedRequests)
        return;
    const auto surplus = static_cast<std::ptrdiff_t>(m_requests.size() - kMostLoggedRequests);
    beginRemoveRows({}, static_cast<int>(kMostLoggedRequests), rowCount() - 1);
    m_requests.erase(m_requests.begin(), m_requests.begin() + surplus);
    endRemoveRows();
}

int RequestLogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_requests.size());
}

int RequestLogModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString RequestLogModel::textOf(const LoggedRequest &request, int column) const
{
    const QLocale locale;
    switch (column) {
    case TimeColumn:
        return locale.toString(request.at.toLocalTime(), QLocale::ShortFormat);
    case RequestColumn:
        return u"%1 %2%3"_s.arg(request.method, displayName(request.host), request.route);
    case AccountColumn:
        return request.actor.isEmpty() ? tr("signed out") : request.actor;
    case AnswerColumn: {
        const QString answer = request.status == 0 ? tr("no answer") : QString::number(request.status);
        const QString timed = tr("%1 in %2 ms").arg(answer, locale.toString(request.durationMs));
        return request.note.isEmpty() ? timed : tr("%1 · %2").arg(timed, request.note);
    }
    case CheckColumn:
        return request.checkId;
    }
    return {};
}

QVariant RequestLogModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const QString text = textOf(at(index.row()), index.column());
    if (role == Qt::DisplayRole)
        return text;
    if (role == Qt::ToolTipRole)
        return plainToolTip(text);
    return {};
}

QVariant RequestLogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("When");
    case RequestColumn:
        return tr("Request");
    case AccountColumn:
        return tr("As");
    case AnswerColumn:
        return tr("Answer");
    case CheckColumn:
        return tr("Check");
    }
    return {};
}

} // namespace cockpit
