// The handover's questions as a list for RowDelegate.
#pragma once

#include "ui/handover/questions.h"

#include <QAbstractListModel>

namespace cockpit {

class QuestionModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { SubjectRole = Qt::UserRole, AnsweredRole }; // beside the roles of RowDelegate

    using QAbstractListModel::QAbstractListModel;

    void setQuestions(const std::vector<HandoverQuestion> &questions);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    std::vector<HandoverQuestion> m_questions;
};

} // namespace cockpit
