#include "ui/sources/existingguards.h"

#include "models/hostguards.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/stateicon.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr int kShape = 18;

bool isSound(const ExistingGuard &guard)
{
    return guard.stops && (guard.reach == GuardReach::EachCommit || guard.reach == GuardReach::EachChange);
}

QString placeOf(const ExistingGuard &guard)
{
    return guard.line > 0
               ? ExistingGuards::tr("%1 in %2, line %3").arg(guard.name, guard.file, QString::number(guard.line))
               : ExistingGuards::tr("%1 in %2").arg(guard.name, guard.file);
}

void empty(QVBoxLayout *list)
{
    while (QLayoutItem *item = list->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

} // namespace

ExistingGuards::ExistingGuards(QWidget *parent)
    : QWidget(parent),
      m_list(new QVBoxLayout),
      m_gitHub(nullptr),
      m_gitHubState(new PlainLabel),
      m_gitHubCovers(new PlainLabel),
      m_ask(makeSecondaryButton(tr("Say whether it is on…"), u"askPushProtection"_s))
{
    setObjectName(u"existingGuards"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kSmall);
    column->addWidget(&(new PlainLabel(tr("What guards the code already")))->setScale(TextSize::Body, QFont::DemiBold));
    m_list->setSpacing(space::kSmall);
    column->addLayout(m_list);
    m_gitHub = makePushProtection();
    column->addWidget(m_gitHub);
    m_gitHub->hide();
    connect(m_ask, &QPushButton::clicked, this, &ExistingGuards::pushProtectionAsked);
}

QWidget *ExistingGuards::makePushProtection()
{
    auto *holder = new QWidget;
    auto *column = new QVBoxLayout(holder);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kTiny);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::kSmall);
    m_gitHubState->setObjectName(u"pushProtectionState"_s);
    row->addWidget(m_gitHubState, 1);
    row->addWidget(m_ask);
    column->addLayout(row);
    m_gitHubCovers->setObjectName(u"pushProtectionCovers"_s);
    column->addWidget(&m_gitHubCovers->setMuted());
    return holder;
}

QWidget *ExistingGuards::makeGuard(const ExistingGuard &guard)
{
    auto *holder = new QWidget;
    auto *row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kSmall);
    auto *shape = new StateIcon(isSound(guard) ? StateShape::Pass : StateShape::Warn);
    shape->setExtent(kShape);
    row->addWidget(shape, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout;
    column->setSpacing(space::kTiny);
    auto *name = new PlainLabel(placeOf(guard));
    name->setObjectName(u"existingGuard"_s);
    column->addWidget(&name->setSelectable());
    column->addWidget(new PlainLabel(guard.weakness.isEmpty() ? labelOf(guard.reach) : guard.weakness));
    column->addWidget(&(new PlainLabel(tr("It covers %1.").arg(guard.covers)))->setMuted());
    row->addLayout(column, 1);
    return holder;
}

void ExistingGuards::setSurvey(const GuardSurvey &survey)
{
    m_survey = survey;
    empty(m_list);
    for (const ExistingGuard &guard : survey.guards)
        m_list->addWidget(makeGuard(guard));
    if (survey.guards.empty())
        m_list->addWidget(new PlainLabel(tr("No program that looks for secrets is called here, neither before a commit "
                                            "nor before a merge.")));
    for (const QString &gap : survey.gaps)
        m_list->addWidget(&(new PlainLabel(gap))->setMuted());
    showPushProtection();
}

void ExistingGuards::setPushProtection(const std::optional<Answer> &said, bool canAnswer)
{
    m_said = said;
    m_ask->setEnabled(canAnswer);
    showPushProtection();
}

void ExistingGuards::showPushProtection()
{
    m_gitHub->setVisible(m_survey.isOnGitHub || m_said);
    m_gitHubState->setText(tr("%1: %2").arg(pushProtectionName(), pushProtectionSaid(m_said)));
    m_gitHubCovers->setText(tr("Where it is on, it covers %1.").arg(m_survey.pushProtectionCovers));
    m_gitHubCovers->setVisible(!m_survey.pushProtectionCovers.isEmpty());
}

} // namespace cockpit
