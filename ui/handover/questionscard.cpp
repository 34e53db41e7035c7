#include "ui/handover/questionscard.h"

#include "ui/handover/questionmodel.h"
#include "ui/session.h"
#include "ui/stage/askperson.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/rowlist.h"
#include "ui/widgets/tables.h"

#include <QHBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

QuestionsCard::QuestionsCard(Session &session, QWidget *parent)
    : Card(parent),
      m_session(session),
      m_questions(new QuestionModel(this)),
      m_list(makeRowList(m_questions, u"handoverQuestions"_s, tr("Questions for the handover"), {}, this)),
      m_answer(makeSecondaryButton(tr("Answer…"), u"answerHandover"_s, this)),
      m_withdraw(makeLinkButton(tr("Take answer back"), u"withdrawHandover"_s, this))
{
    setPadding(0);
    column()->setContentsMargins(1, kCardRadius / 2, 1, 0);
    connect(m_list, &RowList::activated, this, &QuestionsCard::ask);
    connect(m_answer, &QPushButton::clicked, this, &QuestionsCard::ask);
    connect(m_withdraw, &QPushButton::clicked, this,
            [this] { m_session.withdrawAnswer(m_list->currentIndex().data(QuestionModel::SubjectRole).toString()); });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &QuestionsCard::showButtons);
    connect(m_questions, &QAbstractItemModel::dataChanged, this, &QuestionsCard::showButtons);
    connect(m_questions, &QAbstractItemModel::modelReset, this, &QuestionsCard::showButtons);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(space::kMedium, space::kSmall, space::kMedium, space::kMedium);
    bar->addWidget(m_answer);
    bar->addWidget(m_withdraw);
    bar->addStretch();
    column()->addWidget(m_list, 1);
    column()->addLayout(bar);
    showButtons();
}

QuestionsCard::~QuestionsCard()
{
    m_list->selectionModel()->disconnect(this);
    m_questions->disconnect(this);
}

void QuestionsCard::refresh()
{
    m_questions->setQuestions(handoverQuestions(m_session.project(), m_session.roadmap(), m_session.catalog()));
    showButtons();
}

bool QuestionsCard::canAnswer() const
{
    return m_list->currentIndex().isValid() && m_session.isOpen() && !m_session.isReadOnly();
}

void QuestionsCard::ask()
{
    const QModelIndex current = m_list->currentIndex();
    if (canAnswer())
        askAnswer(m_session, current.data(QuestionModel::SubjectRole).toString(), current.data().toString(), this);
}

void QuestionsCard::showButtons()
{
    m_answer->setEnabled(canAnswer());
    m_withdraw->setVisible(canAnswer() && m_list->currentIndex().data(QuestionModel::AnsweredRole).toBool());
}

} // namespace cockpit
