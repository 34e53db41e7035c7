#include "ui/later/laterpage.h"

#include "ui/later/automations.h"
#include "ui/monitoring/monitorproposals.h"
#include "ui/session.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/card.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/scrollcolumn.h"
#include "ui/widgets/statusrow.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

QVBoxLayout *listColumn(Card *card, const QString &title, const QString &subtitle)
{
    card->setPadding(0);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(space::kLarge, space::kLarge, space::kLarge, space::kTiny);
    head->setSpacing(2);
    head->addWidget(&(new PlainLabel(title, card))->setScale(TextSize::Section, QFont::DemiBold));
    head->addWidget(&(new PlainLabel(subtitle, card))->setMuted());
    card->column()->setSpacing(0);
    card->column()->addLayout(head);
    return card->column();
}

void addMonitors(Session &session, const std::vector<Monitor> &toAdd)
{
    session.setMonitors(alsoWatched(session.project().monitors, toAdd));
}

} // namespace

LaterPage::LaterPage(Session &session, QWidget *parent) : Page(pages::kLater, session, parent)
{
    setTitle(tr("Automate, and not now"));
    setSubtitle(tr("What can look after itself from now on, and what you may put off with a good conscience."));
    m_column = addScrollColumn(content(), this);
    follow(&Session::projectOpened, &Session::projectClosed, &Session::settingsChanged, &Session::monitorsChanged);
}

void LaterPage::refresh()
{
    std::vector<AutomationLine> lines;
    for (const Item &item : session().roadmap().automate)
        lines.push_back(automationLine(item, session().project(), session().catalog(), session().registry()));
    const bool writable = session().isOpen() && !session().isReadOnly();
    if (m_lists && lines == m_shown && m_roadmapId == session().roadmap().id && writable == m_wasWritable)
        return;
    m_shown = std::move(lines);
    m_roadmapId = session().roadmap().id;
    m_wasWritable = writable;
    if (m_lists)
        m_lists->deleteLater();
    m_lists = new QWidget;
    auto *column = new QVBoxLayout(m_lists);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kLarge);
    column->addWidget(createAutomations());
    column->addWidget(createNotNow());
    column->addStretch();
    m_column->addWidget(m_lists);
}

QWidget *LaterPage::createAutomations()
{
    auto *card = new Card(m_lists);
    QVBoxLayout *column =
        listColumn(card, tr("Automate"), tr("One press sets up what this program can watch for you."));
    for (const AutomationLine &line : m_shown)
        column->addWidget(createAutomation(line, line == m_shown.back()));
    return card;
}

QWidget *LaterPage::createAutomation(const AutomationLine &line, bool last)
{
    auto *row = new StatusRow(line.text, line.note(), m_lists);
    row->setRule(!last);
    if (line.isComplete())
        row->setState(StateShape::Pass, tr("Set up"));
    else if (!line.running.isEmpty())
        row->setState(StateShape::Answered, tr("Partly set up"));
    else
        row->setState(StateShape::NotRun, tr("Not set up"));
    if (line.toAdd.empty())
        return row;
    auto *button = makeSecondaryButton(tr("Set up"), u"setUp-"_s + line.itemId, row);
    button->setAccessibleName(tr("Set up: %1").arg(line.text));
    button->setEnabled(m_wasWritable);
    row->addAction(button);
    connect(button, &QPushButton::clicked, this, [this, monitors = line.toAdd] { addMonitors(session(), monitors); });
    return row;
}

QWidget *LaterPage::createNotNow()
{
    auto *card = new Card(m_lists);
    QVBoxLayout *column = listColumn(card, tr("Not now"), tr("Good ideas for later. Each says why it can wait."));
    const std::vector<Item> &items = session().roadmap().notNow;
    for (const Item &item : items) {
        auto *row = new StatusRow(item.text, item.why, card);
        row->setState(StateShape::NotRun, tr("Later"));
        row->setRule(&item != &items.back());
        column->addWidget(row);
    }
    return card;
}

} // namespace cockpit
