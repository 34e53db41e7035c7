// Recent projects, each with how it stood when it was last seen.
#pragma once

#include "ui/settings/appsettings.h"

#include <QAbstractListModel>

namespace cockpit {

class RecentModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { PathRole = Qt::UserRole + 100 };

    using QAbstractListModel::QAbstractListModel;

    void setProjects(std::vector<RecentProject> projects, const QDate &today);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QString noteOf(const RecentProject &project) const;

    std::vector<RecentProject> m_projects;
    QDate m_today;
};

} // namespace cockpit
