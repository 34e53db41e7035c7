// The questions that only a person can answer, and their answers.
#pragma once

#include "ui/widgets/card.h"

class QPushButton;

namespace cockpit {

class QuestionModel;
class RowList;
class Session;

class QuestionsCard : public Card
{
    Q_OBJECT

public:
    explicit QuestionsCard(Session &session, QWidget *parent = nullptr);
    ~QuestionsCard() override; // the list tells what it loses: nobody listens any more

    void refresh();

private:
    void ask();
    void showButtons();
    bool canAnswer() const;

    Session &m_session;
    QuestionModel *m_questions;
    RowList *m_list;
    QPushButton *m_answer;
    QPushButton *m_withdraw;
};

} // namespace cockpit
