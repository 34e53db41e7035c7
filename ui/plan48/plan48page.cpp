#include "ui/plan48/plan48page.h"

#include "ui/plan48/planmodel.h"
#include "ui/plan48/sprintlist.h"
#include "ui/session.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/card.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/rowlist.h"
#include "ui/widgets/scrollcolumn.h"
#include "ui/widgets/tables.h"

#include <QHBoxLayout>
#include <QStackedLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

Plan48Page::Plan48Page(Session &session, QWidget *parent)
    : Page(pages::kPlan48, session, parent), m_model(new PlanModel(this))
{
    setTitle(tr("48-hour plan"));
    auto *row = new QHBoxLayout;
    row->setSpacing(space::kLarge);
    row->addWidget(createFixes(), 13);
    row->addWidget(createSprint(), 9);
    content()->addLayout(row, 1);
    follow(&Session::projectOpened, &Session::projectClosed, &Session::settingsChanged, &Session::findingsChanged,
           &Session::answersChanged);
}

QWidget *Plan48Page::createFixes()
{
    auto *card = new Card(this);
    card->setPadding(0);
    m_stack = new QStackedLayout;
    m_empty = new EmptyState({}, {}, card);
    m_list = makeRowList(m_model, u"fixes"_s, tr("Fixes in order"), u"88:88"_s, card);
    connect(m_list, &RowList::activated, this, &Plan48Page::openFinding);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_list);
    card->column()->addLayout(m_stack, 1);
    return card;
}

QWidget *Plan48Page::createSprint()
{
    auto *card = new Card(this);
    card->column()->addWidget(&(new PlainLabel(tr("The sprint"), card))->setScale(TextSize::Section, QFont::DemiBold));
    card->column()->addWidget(&(new PlainLabel(tr("Tick what is done."), card))->setMuted());
    m_sprint = new SprintList(session(), card);
    QVBoxLayout *column = addScrollColumn(card->column(), card);
    column->addWidget(m_sprint);
    column->addStretch();
    return card;
}

void Plan48Page::refresh()
{
    const FixPlan &plan = session().fixPlan();
    m_model->setPlan(plan);
    m_sprint->refresh();
    m_stack->setCurrentIndex(m_model->rowCount() == 0 ? 0 : 1);
    if (session().verdict().nothingLookedAt) {
        setSubtitle(tr("What to fix first, second and third, and how long it takes."));
        m_empty->setTexts(tr("No plan yet"), tr("Run the checks; what they find is put in order here."));
        m_empty->setShape(StateShape::NotRun);
        return;
    }
    m_empty->setTexts(tr("Nothing to fix"), tr("The checks that ran found nothing. See the launch gate for what was "
                                               "not looked at."));
    m_empty->setShape(StateShape::Pass);
    const QString fits = plan.fitsIn48Hours ? tr("It fits into two working days.")
                                            : tr("It is more than two working days: put some of it off, from the end.");
    setSubtitle(plan.steps.empty() ? planTotal(plan) : tr("%1. %2").arg(planTotal(plan), fits));
}

void Plan48Page::openFinding(const QModelIndex &index)
{
    const QString id = index.data(PlanModel::FindingIdRole).toString();
    if (id.isEmpty())
        return;
    emit navigate(pages::kRisks);
    emit showFinding(id);
}

} // namespace cockpit
