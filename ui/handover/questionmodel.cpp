#include "ui/handover/questionmodel.h"

#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/stateicon.h"
#include "ui/widgets/tooltips.h"

#include <algorithm>

namespace cockpit {

void QuestionModel::setQuestions(const std::vector<HandoverQuestion> &questions)
{
    if (std::ranges::equal(questions, m_questions, {}, &HandoverQuestion::subject, &HandoverQuestion::subject)) {
        m_questions = questions;
        if (!m_questions.empty())
            emit dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    m_questions = questions;
    endResetModel();
}

int QuestionModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_questions.size());
}

QVariant QuestionModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const HandoverQuestion &question = m_questions[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return question.text;
    case Qt::ToolTipRole:
        return plainToolTip(question.text);
    case Qt::AccessibleTextRole:
        return tr("%1, %2").arg(question.text, labelOf(question.state));
    case RowNoteRole:
        return question.note.isEmpty() ? labelOf(question.state) : question.note;
    case RowShapeRole:
        return QVariant::fromValue(shapeFor(question.state));
    case AnsweredRole:
        return !question.note.isEmpty();
    case SubjectRole:
        return question.subject;
    }
    return {};
}

} // namespace cockpit
