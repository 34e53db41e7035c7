#include "ui/records/plancard.h"

#include "models/dmarcreminders.h"
#include "ui/session.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/dialogparts.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QDateEdit>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

QString dateOf(const QDate &date)
{
    return QLocale().toString(date, QLocale::ShortFormat);
}

QString standingOf(const DmarcPlanStep &step, const QDate &today)
{
    if (step.isDone)
        return PlanCard::tr("%1: done").arg(step.title);
    return step.from <= today ? PlanCard::tr("%1: due since %2").arg(step.title, dateOf(step.from))
                              : PlanCard::tr("%1: from %2").arg(step.title, dateOf(step.from));
}

} // namespace

PlanCard::PlanCard(Session &session, QWidget *parent)
    : Card(parent),
      m_session(session),
      m_standing(new PlainLabel),
      m_people(new QCheckBox),
      m_start(new QDateEdit(QDate::currentDate())),
      m_begin(makeSecondaryButton(tr("Start the plan"), u"startPlan"_s)),
      m_column(new QVBoxLayout)
{
    column()->setSpacing(space::kSmall);
    column()->addWidget(&(new PlainLabel(tr("The way to protection")))->setScale(TextSize::Section, QFont::DemiBold));
    m_standing->setObjectName(u"planStanding"_s);
    column()->addWidget(&m_standing->setMuted());
    createControls();
    column()->addLayout(m_column);
}

void PlanCard::createControls()
{
    m_people->setObjectName(u"peopleWrite"_s);
    const QString people = tr("People write from addresses of this domain");
    m_people->setAccessibleName(people);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::kSmall);
    row->addWidget(m_people, 0, Qt::AlignTop);
    row->addWidget(new PlainLabel(people), 1);
    column()->addLayout(row);
    addField(column(), tr("Starts on"), m_start, u"planStart"_s);
    m_start->setCalendarPopup(true);
    m_start->setDisplayFormat(QLocale().dateFormat(QLocale::ShortFormat));
    column()->addWidget(m_begin, 0, Qt::AlignLeading);
    connect(m_begin, &QPushButton::clicked, this, &PlanCard::begin);
    connect(m_people, &QCheckBox::toggled, this, [this](bool peopleWrite) {
        m_session.answer(dmarcPlanPeople(peopleWrite));
        refresh();
        keepReminders();
    });
    connect(m_start, &QDateEdit::dateChanged, this, &PlanCard::refresh);
    connect(&m_session, &Session::runFinished, this, &PlanCard::keepReminders); // it may have opened findings
}

void PlanCard::setToday(const RecordsToday &today)
{
    m_today = today;
    refresh();
    keepReminders();
}

void PlanCard::forget()
{
    m_today.reset();
    {
        const QSignalBlocker blocker(m_start);
        m_start->setDate(QDate::currentDate());
    }
    refresh();
}

// Dates that nobody has agreed to yet are counted from the day in the field.
std::vector<DmarcPlanStep> PlanCard::planNow() const
{
    if (!m_today)
        return {};
    const DmarcPlanKept kept = keptDmarcPlan(m_session.project().answers);
    return dmarcPlan({.policy = m_today->policy,
                      .isTest = m_today->isTest,
                      .refusesMadeUp = m_today->refusesMadeUp,
                      .sendsNoMail = m_today->sendsNoMail,
                      .peopleWrite = kept.peopleWrite,
                      .start = kept.start.value_or(m_start->date()),
                      .done = kept.done});
}

void PlanCard::refresh()
{
    const DmarcPlanKept kept = keptDmarcPlan(m_session.project().answers);
    const bool isWritable = m_session.isOpen() && !m_session.isReadOnly();
    {
        const QSignalBlocker blocker(m_people); // showing what is known is no answer
        m_people->setChecked(kept.peopleWrite);
    }
    m_people->setEnabled(isWritable);
    m_begin->setEnabled(isWritable && m_today.has_value());
    m_begin->setText(kept.start ? tr("Start anew on this day") : tr("Start the plan"));
    std::vector<DmarcPlanStep> plan = planNow();
    if (plan.empty())
        m_standing->setText(m_today ? tr("The domain has the policy that fits it.") : QString());
    else if (kept.start)
        m_standing->setText(tr("Started on %1. What is not due yet is put off until its day, and comes back into the "
                               "48-hour plan then.")
                                .arg(dateOf(*kept.start)));
    else
        m_standing->setText(tr("At least a month of reports before receivers are asked for anything."));
    if (m_steps && plan == m_plan && isWritable == m_wasWritable && kept.start.has_value() == m_hadStart)
        return;
    m_plan = std::move(plan);
    m_wasWritable = isWritable;
    m_hadStart = kept.start.has_value();
    rebuild();
}

void PlanCard::rebuild()
{
    const QWidget *focused = window()->focusWidget();
    const QString name = m_steps && m_steps->isAncestorOf(focused) ? focused->objectName() : QString();
    QWidget *before = std::exchange(m_steps, createSteps());
    m_column->addWidget(m_steps);
    // Whoever ticks with the keyboard goes on from where they were.
    if (auto *again = name.isEmpty() ? nullptr : m_steps->findChild<QWidget *>(name)) {
        m_steps->show();
        again->setFocus();
    }
    if (before) {
        before->hide();
        before->deleteLater();
    }
}

QWidget *PlanCard::createSteps()
{
    auto *steps = new QWidget;
    steps->setProperty("plain", true);
    auto *lines = new QVBoxLayout(steps);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(space::kMedium);
    for (const DmarcPlanStep &step : m_plan)
        lines->addWidget(createStep(step));
    return steps;
}

QWidget *PlanCard::createStep(const DmarcPlanStep &step)
{
    auto *holder = new QWidget;
    auto *row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kSmall);
    const QString standing = standingOf(step, QDate::currentDate());
    auto *box = new QCheckBox;
    box->setObjectName(u"step-"_s + step.id);
    box->setAccessibleName(standing);
    box->setAccessibleDescription(step.what);
    box->setChecked(step.isDone);
    box->setEnabled(m_wasWritable && m_hadStart);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(&(new PlainLabel(standing))->setScale(TextSize::Body, QFont::DemiBold));
    texts->addWidget(&(new PlainLabel(step.what))->setMuted());
    auto *show = makeLinkButton(tr("Show its record"), u"showStep-"_s + step.id);
    show->setAccessibleName(tr("Show the record of: %1").arg(step.title));
    texts->addWidget(show, 0, Qt::AlignLeading);
    row->addWidget(box, 0, Qt::AlignTop);
    row->addLayout(texts, 1);
    connect(box, &QCheckBox::toggled, this, [this, id = step.id](bool isDone) { tick(id, isDone); });
    connect(show, &QPushButton::clicked, this, [this, step] { emit stepChosen(step); });
    return holder;
}

void PlanCard::begin()
{
    const DmarcPlanKept kept = keptDmarcPlan(m_session.project().answers);
    for (const QString &done : kept.done)
        m_session.withdrawAnswer(dmarcPlanSubject(done));
    m_session.answer(dmarcPlanStart(m_start->date()));
    refresh();
    keepReminders();
}

void PlanCard::tick(const QString &stepId, bool isDone)
{
    if (isDone)
        m_session.answer(dmarcPlanDone(stepId));
    else
        m_session.withdrawAnswer(dmarcPlanSubject(stepId));
    refresh();
    keepReminders();
}

void PlanCard::keepReminders()
{
    const ProjectState &project = m_session.project();
    const bool isWritable = m_session.isOpen() && !m_session.isReadOnly();
    if (!isWritable || !keptDmarcPlan(project.answers).start || !m_today ||
        m_today->domain != project.settings.target.domain)
        return;
    const DmarcReminders reminders = remindersOf(planNow(), project, QDateTime::currentDateTimeUtc());
    for (const QString &findingId : reminders.withdraw)
        m_session.withdrawDecision(findingId);
    for (const Decision &decision : reminders.decide) {
        m_session.answer(dmarcReminder(decision)); // first, so that nobody sees the decision without it
        m_session.decide(decision);
    }
}

} // namespace cockpit
