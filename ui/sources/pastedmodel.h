// What a pasted text showed, worst first.
#pragma once

#include "models/projectstate.h"

#include <QAbstractListModel>

namespace cockpit {

class PastedModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void setFindings(const std::vector<Finding> &findings);
    const Finding *finding(int row) const; // null: there is none

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    std::vector<Finding> m_findings;
};

// Of the last results of these checks, those findings that the last pasted text showed.
std::vector<Finding> pastedFindings(const QStringList &checkIds, const ProjectState &project);

} // namespace cockpit
