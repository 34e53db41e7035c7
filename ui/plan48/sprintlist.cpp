#include "ui/plan48/sprintlist.h"

#include "ui/session.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

SprintList::SprintList(Session &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
}

void SprintList::rebuild()
{
    m_roadmapId = m_session.roadmap().id;
    m_boxes.clear();
    if (m_rows)
        m_rows->deleteLater();
    m_rows = new QWidget(this);
    auto *column = new QVBoxLayout(m_rows);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kMedium);
    for (const Item &item : m_session.roadmap().sprint) {
        auto *box = new QCheckBox(m_rows);
        box->setObjectName(u"sprint-"_s + item.id);
        box->setAccessibleName(item.text);
        box->setAccessibleDescription(item.outcome);
        auto *texts = new QVBoxLayout;
        texts->setSpacing(2);
        texts->addWidget(new PlainLabel(item.text, m_rows));
        texts->addWidget(&(new PlainLabel(item.outcome, m_rows))->setMuted());
        auto *row = new QHBoxLayout;
        row->setSpacing(space::kSmall);
        row->addWidget(box, 0, Qt::AlignTop);
        row->addLayout(texts, 1);
        column->addLayout(row);
        m_boxes.emplace(item.id, box);
        connect(box, &QCheckBox::toggled, this, [this, id = item.id](bool done) { tick(id, done); });
    }
    m_column->addWidget(m_rows);
}

void SprintList::refresh()
{
    if (m_roadmapId != m_session.roadmap().id)
        rebuild();
    const auto &answers = m_session.project().answers;
    for (const auto &[id, box] : m_boxes) {
        const auto found = answers.find(id);
        const QSignalBlocker blocker(box); // showing what is known is not a tick
        box->setChecked(found != answers.end() && found->second.value == AnswerValue::Holds);
        box->setEnabled(m_session.isOpen() && !m_session.isReadOnly());
    }
}

void SprintList::tick(const QString &itemId, bool done)
{
    if (!done) {
        m_session.withdrawAnswer(itemId);
        return;
    }
    Answer answer;
    answer.subject = itemId;
    answer.value = AnswerValue::Holds;
    answer.answeredAt = QDateTime::currentDateTimeUtc();
    m_session.answer(answer);
}

} // namespace cockpit
