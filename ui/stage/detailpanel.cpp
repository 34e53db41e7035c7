#include "ui/stage/detailpanel.h"

#include "ui/widgets/buttons.h"
#include "ui/widgets/codebox.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/page.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/tooltips.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

DetailPanel::DetailPanel(QWidget *parent)
    : Card(parent),
      m_scroll(new QScrollArea),
      m_actions(new QWidget),
      m_checkAgain(makePrimaryButton(tr("Check again"), u"checkAgain"_s)),
      m_now(makeSecondaryButton(tr("Fix now"), u"fixNow"_s)),
      m_later(makeSecondaryButton(tr("Fix later…"), u"fixLater"_s)),
      m_accept(makeSecondaryButton(tr("Accept…"), u"acceptRisk"_s)),
      m_withdraw(makeSecondaryButton(tr("Undo decision"), u"withdrawDecision"_s)),
      m_answer(makeSecondaryButton(tr("Answer…"), u"answer"_s)),
      m_withdrawAnswer(makeSecondaryButton(tr("Take answer back"), u"withdrawAnswer"_s)),
      m_evidence(makeLinkButton(tr("Evidence"), u"evidence"_s)),
      m_need(makePrimaryButton(pageFor(Need::Routes)->action, u"giveNeed"_s)),
      m_document(makePrimaryButton(tr("Show the document"), u"showDocument"_s)),
      m_record(makeSecondaryButton(tr("Make the record…"), u"makeRecord"_s)),
      m_inventory(makeSecondaryButton(tr("Open the inventory…"), u"openInventory"_s)),
      m_try(makeSecondaryButton(tr("Try this key…"), u"tryKey"_s))
{
    setObjectName(u"detail"_s);
    setAccessibleName(tr("Details of the chosen line"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setAccessibleName(tr("Details"));
    column()->addWidget(m_scroll, 1);
    column()->addWidget(m_actions);
    createActions();
    m_actions->hide();
}

void DetailPanel::createActions()
{
    auto *row = new FlowLayout(space::kSmall, m_actions);
    for (QPushButton *button : {m_need, m_document, m_checkAgain, m_record, m_inventory, m_try, m_now, m_later,
                                m_accept, m_withdraw, m_answer, m_withdrawAnswer, m_evidence})
        row->addWidget(button);
    connect(m_checkAgain, &QPushButton::clicked, this, [this] { emit checkAgain(m_detail.checkId, m_detail.host); });
    connect(m_now, &QPushButton::clicked, this, &DetailPanel::fixNow);
    connect(m_later, &QPushButton::clicked, this, &DetailPanel::fixLater);
    connect(m_accept, &QPushButton::clicked, this, &DetailPanel::acceptRisk);
    connect(m_withdraw, &QPushButton::clicked, this, &DetailPanel::withdrawDecision);
    connect(m_answer, &QPushButton::clicked, this, &DetailPanel::answer);
    connect(m_withdrawAnswer, &QPushButton::clicked, this, &DetailPanel::withdrawAnswer);
    connect(m_need, &QPushButton::clicked, this, [this] { emit openPage(pageFor(*m_detail.offers)->pageId); });
    connect(m_record, &QPushButton::clicked, this, &DetailPanel::makeRecord);
    connect(m_inventory, &QPushButton::clicked, this, [this] { emit openPage(pages::kSecrets); });
    connect(m_document, &QPushButton::clicked, this, &DetailPanel::showDocument);
    connect(m_try, &QPushButton::clicked, this, &DetailPanel::tryKey);
    m_try->setToolTip(plainToolTip(tr("Asks the key's provider, once and only when you say so")));
    m_evidence->setCheckable(true);
    connect(m_evidence, &QPushButton::toggled, this, [this](bool on) {
        m_showsEvidence = on;
        m_evidence->setText(on ? tr("Hide evidence") : tr("Evidence"));
        m_scroll->setWidget(makeBody());
        if (on) // once it is laid out: it stands below all else, and often out of sight
            QTimer::singleShot(0, this, &DetailPanel::scrollToEvidence);
    });
}

void DetailPanel::scrollToEvidence()
{
    if (const auto *heading = m_scroll->widget()->findChild<QWidget *>(u"evidenceTitle"_s))
        m_scroll->verticalScrollBar()->setValue(heading->y());
}

void DetailPanel::show(const Detail &detail)
{
    if (detail == m_detail && m_actions->isVisibleTo(this))
        return;
    const bool sameSubject = detail.key == m_detail.key;
    const int position = m_scroll->verticalScrollBar()->value();
    m_detail = detail;
    if (!sameSubject) {
        m_showsEvidence = false;
        m_evidence->setChecked(false);
    }
    m_scroll->setWidget(makeBody());
    if (sameSubject)
        m_scroll->verticalScrollBar()->setValue(position);
    showActions();
}

void DetailPanel::showNothing(const QString &title, const QString &whatToDo)
{
    m_detail = {};
    m_actions->hide();
    auto *nothing = new EmptyState(title, whatToDo);
    nothing->setProperty("plain", true);
    m_scroll->setWidget(nothing);
}

void DetailPanel::setRunning(bool running)
{
    m_running = running;
    m_checkAgain->setEnabled(!running);
}

void DetailPanel::showActions()
{
    const bool decidable = !m_detail.findingId.isEmpty();
    const bool decided = !m_detail.decided.isEmpty();
    m_need->setVisible(m_detail.offers.has_value());
    if (m_detail.offers) {
        const NeedPage page = *pageFor(*m_detail.offers);
        m_need->setText(page.action);
        m_need->setAccessibleName(page.action);
    }
    m_record->setVisible(m_detail.hasRecord);
    m_inventory->setVisible(m_detail.hasInventory);
    m_try->setVisible(m_detail.triable.has_value());
    m_document->setVisible(!m_detail.deliverable.isEmpty());
    m_checkAgain->setVisible(!m_detail.checkId.isEmpty() && !m_detail.isBlocked);
    m_checkAgain->setEnabled(!m_running);
    m_now->setVisible(decidable && !decided);
    m_later->setVisible(decidable && !decided);
    m_accept->setVisible(decidable && !decided);
    m_withdraw->setVisible(decidable && decided);
    m_answer->setVisible(!m_detail.subject.isEmpty());
    m_answer->setText(m_detail.hasAnswer ? tr("Change answer…") : tr("Answer…"));
    m_withdrawAnswer->setVisible(m_detail.hasAnswer);
    m_evidence->setVisible(!m_detail.evidence.empty());
    m_actions->setVisible(true);
}

void DetailPanel::addHeader(QVBoxLayout *column)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(space::kMedium);
    row->addWidget(new StateIcon(m_detail.shape), 0, Qt::AlignTop);
    auto *title = new PlainLabel(m_detail.title);
    title->setObjectName(u"detailTitle"_s);
    title->setScale(TextSize::Section, QFont::DemiBold);
    row->addWidget(title, 1);
    column->addLayout(row);
    auto *pills = new QWidget;
    auto *flow = new FlowLayout(space::kSmall, pills);
    for (const DetailPill &pill : m_detail.pills)
        flow->addWidget(new Pill(pill.text, pill.tone));
    column->addWidget(pills);
}

void DetailPanel::addSection(QVBoxLayout *column, const DetailSection &section)
{
    auto *part = new QVBoxLayout;
    part->setSpacing(2);
    part->addWidget(&(new PlainLabel(section.heading))->setScale(TextSize::Body, QFont::DemiBold));
    part->addWidget(&(new PlainLabel(section.text))->setMuted().setSelectable());
    column->addLayout(part);
}

void DetailPanel::addCopyButtons(QVBoxLayout *column)
{
    auto *holder = new QWidget;
    auto *flow = new FlowLayout(space::kSmall, holder);
    const auto offer = [&](const QString &name, const QString &objectName, const QString &text) {
        if (text.isEmpty())
            return;
        QPushButton *button = makeSecondaryButton(name, objectName);
        connect(button, &QPushButton::clicked, button, [button, text] { copyWithNotice(button, text); });
        flow->addWidget(button);
    };
    const bool isPage = m_detail.paste.startsWith("https://"_L1);
    offer(isPage ? tr("Copy address") : tr("Copy record"), u"copyPaste"_s, m_detail.paste);
    offer(tr("Copy as AI prompt"), u"copyPrompt"_s, m_detail.aiPrompt);
    offer(tr("Copy as curl"), u"copyCurl"_s, m_detail.curl);
    column->addWidget(holder);
}

void DetailPanel::addEvidence(QVBoxLayout *column)
{
    for (const Evidence &evidence : m_detail.evidence) {
        auto *heading = new PlainLabel(evidence.title);
        heading->setScale(TextSize::Body, QFont::DemiBold);
        heading->setObjectName(u"evidenceTitle"_s);
        column->addWidget(heading);
        auto *box = new CodeBox;
        box->setCode(evidence.body);
        column->addWidget(box);
    }
}

QWidget *DetailPanel::makeBody()
{
    auto *body = new QWidget;
    body->setProperty("plain", true);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, space::kTiny, 0);
    column->setSpacing(space::kMedium);
    addHeader(column);
    if (!m_detail.decided.isEmpty())
        column->addWidget(&(new PlainLabel(m_detail.decided))->setScale(TextSize::Body, QFont::DemiBold));
    for (const DetailSection &section : m_detail.sections)
        addSection(column, section);
    if (!m_detail.paste.isEmpty()) {
        auto *box = new CodeBox;
        box->setCode(m_detail.paste);
        column->addWidget(box);
    }
    addCopyButtons(column);
    if (!m_detail.history.isEmpty())
        addSection(column, {tr("History"), m_detail.history});
    if (m_showsEvidence)
        addEvidence(column);
    column->addStretch(1);
    return body;
}

} // namespace cockpit
