#include "ui/gate/gatepage.h"

#include "ui/session.h"
#include "ui/stage/askperson.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/card.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/scrollcolumn.h"
#include "ui/widgets/statusrow.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

GatePage::GatePage(Session &session, QWidget *parent)
    : Page(pages::kGate, session, parent),
      m_card(new Card),
      m_decision(new Pill),
      m_headline(new PlainLabel),
      m_reasons(new PlainLabel),
      m_count(new PlainLabel)
{
    setTitle(tr("Launch gate"));
    setSubtitle(tr("Until every line of the minimum bar holds, think of the product as exposed."));
    QVBoxLayout *column = addScrollColumn(content(), this);
    column->addWidget(createVerdict());
    m_card->setPadding(0);
    column->addWidget(m_card);
    column->addStretch();
    follow(&Session::projectOpened, &Session::projectClosed, &Session::settingsChanged, &Session::findingsChanged,
           &Session::answersChanged);
}

QWidget *GatePage::createVerdict()
{
    auto *card = new Card(this);
    card->setObjectName(u"gateVerdict"_s);
    m_headline->setScale(TextSize::Section, QFont::Bold);
    m_headline->setObjectName(u"gateHeadline"_s);
    m_reasons->setMuted();
    m_reasons->setObjectName(u"gateReasons"_s);
    m_count->setMuted().setWordWrap(false);
    auto *top = new QHBoxLayout;
    top->setSpacing(space::kMedium);
    top->addWidget(m_decision);
    top->addWidget(m_headline, 1);
    top->addWidget(m_count);
    card->column()->addLayout(top);
    card->column()->addWidget(m_reasons);
    return card;
}

void GatePage::rebuild()
{
    m_roadmapId = session().roadmap().id;
    m_lines.clear();
    if (m_rows)
        m_rows->deleteLater();
    m_rows = new QWidget(m_card);
    auto *column = new QVBoxLayout(m_rows);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_card->column()->addWidget(m_rows);
    StatusRow *last = nullptr;
    for (const GateLine &line : gateLines(session().roadmap(), [](const Item &) { return ItemStatus(); })) {
        const Line made = addLine(line);
        column->addWidget(made.row);
        m_lines.emplace(line.itemId, made);
        last = made.row;
    }
    if (last)
        last->setRule(false);
}

GatePage::Line GatePage::addLine(const GateLine &line)
{
    auto *row = new StatusRow(line.text, line.note, m_rows);
    auto *answer = makeSecondaryButton(tr("Answer…"), u"answer-"_s + line.itemId, row);
    answer->setAccessibleName(tr("Answer: %1").arg(line.text));
    auto *withdraw = makeLinkButton(tr("Take back"), u"withdraw-"_s + line.itemId, row);
    withdraw->setAccessibleName(tr("Take the answer back: %1").arg(line.text));
    auto *finding = makeLinkButton(tr("See the risk"), u"finding-"_s + line.itemId, row);
    finding->setAccessibleName(tr("See the risk: %1").arg(line.text));
    row->addAction(finding);
    row->addAction(withdraw);
    row->addAction(answer);
    connect(withdraw, &QPushButton::clicked, this, [this, line] { session().withdrawAnswer(line.itemId); });
    connect(answer, &QPushButton::clicked, this, [this, line] { askAnswer(session(), line.itemId, line.text, this); });
    connect(finding, &QPushButton::clicked, this, [this, line] { openFinding(line.itemId); });
    return {row, finding, answer, withdraw};
}

void GatePage::openFinding(const QString &itemId)
{
    for (const GateLine &line : lines()) {
        if (line.itemId != itemId || line.findingId.isEmpty())
            continue;
        emit navigate(pages::kRisks);
        emit showFinding(line.findingId);
        return;
    }
}

std::vector<GateLine> GatePage::lines() const
{
    return gateLines(
        session().roadmap(), [this](const Item &item) { return session().status(item); }, session().risks());
}

void GatePage::refresh()
{
    if (m_roadmapId != session().roadmap().id)
        rebuild();
    const std::vector<GateLine> known = lines();
    for (const GateLine &line : known) {
        const Line &shown = m_lines.at(line.itemId);
        shown.row->setState(shapeFor(line.state), labelOf(line.state));
        shown.row->setNote(line.note);
        shown.finding->setVisible(!line.findingId.isEmpty());
        const bool answered = session().project().answers.contains(line.itemId);
        const bool canAnswer = session().isOpen() && !session().isReadOnly();
        shown.answer->setText(answered ? tr("Change…") : tr("Answer…"));
        shown.answer->setEnabled(canAnswer);
        shown.withdraw->setVisible(answered && canAnswer);
    }
    m_count->setText(gateCount(known));
    showVerdict();
}

void GatePage::showVerdict()
{
    const Verdict &verdict = session().verdict();
    m_decision->setPill(labelOf(verdict), toneFor(verdict));
    m_headline->setText(tr("%1 of 100 points").arg(verdict.score));
    m_reasons->setText(verdict.reasons.join(u'\n'));
    m_reasons->setVisible(!verdict.reasons.isEmpty());
}

} // namespace cockpit
