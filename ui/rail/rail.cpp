#include "ui/rail/rail.h"

#include "ui/rail/railcaption.h"
#include "ui/session.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/page.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr int kRailWidth = 264;
constexpr int kCaptionIndent = 10;

QString noteOf(const StageSummary &summary)
{
    switch (summary.state) {
    case StageState::NeedsAttention:
        return Rail::tr("%1 of %2 need attention")
            .arg(QString::number(summary.problems), QString::number(summary.total()));
    case StageState::Done:
        return Rail::tr("all %n hold", nullptr, summary.total());
    case StageState::InProgress:
        return Rail::tr("%1 of %2 known")
            .arg(QString::number(summary.total() - summary.notLookedAt), QString::number(summary.total()));
    case StageState::NotStarted:
        return Rail::tr("not looked at yet");
    }
    Q_UNREACHABLE();
}

QString noteOf(const std::vector<SecretEntry> &secrets)
{
    const auto exposed = static_cast<int>(std::ranges::count_if(secrets, isOpenlyExposed));
    if (exposed > 0)
        return Rail::tr("%n exposed", nullptr, exposed);
    return secrets.empty() ? Rail::tr("whose, where, how old")
                           : Rail::tr("%n written down", nullptr, static_cast<int>(secrets.size()));
}

QString noteOf(PermissionState permission)
{
    switch (permission) {
    case PermissionState::NotProven:
    case PermissionState::Expired:
    case PermissionState::OtherTarget:
        return Rail::tr("show that it is yours");
    case PermissionState::NotAgreed:
        return Rail::tr("test attacks: not allowed yet");
    case PermissionState::Stopped:
        return Rail::tr("test attacks are stopped");
    case PermissionState::Given:
        return Rail::tr("test attacks are allowed");
    }
    Q_UNREACHABLE();
}

QString durationOf(int minutes)
{
    if (minutes < 60)
        return Rail::tr("about %1 min").arg(minutes);
    return minutes % 60
               ? Rail::tr("about %1 h %2 min").arg(QString::number(minutes / 60), QString::number(minutes % 60))
               : Rail::tr("about %1 h").arg(minutes / 60);
}

} // namespace

Rail::Rail(Session &session, QWidget *parent)
    : QScrollArea(parent), m_session(session), m_refresher(new Refresher(this, [this] { refresh(); }))
{
    setObjectName(u"rail"_s);
    setAccessibleName(tr("Stages and overview"));
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFixedWidth(kRailWidth);
    setFocusPolicy(Qt::NoFocus);
    build();
    m_refresher->follow(session, &Session::projectOpened, &Session::settingsChanged, &Session::findingsChanged,
                        &Session::answersChanged, &Session::monitorsChanged, &Session::deliveryChanged,
                        &Session::secretsChanged, &Session::permissionChanged);
}

void Rail::refresh()
{
    if (m_roadmapId != m_session.roadmap().id)
        build();
    refreshStages();
    refreshOverview();
}

void Rail::build()
{
    QString current;
    for (const auto &[id, button] : m_buttons) {
        if (button->isChecked())
            current = id;
    }
    m_buttons.clear();
    auto *body = new QWidget;
    body->setProperty("plain", true);
    m_column = new QVBoxLayout(body);
    m_column->setContentsMargins(space::kMedium, space::kLarge, space::kMedium, space::kMedium);
    m_column->setSpacing(1);
    const Roadmap &roadmap = m_session.roadmap();
    m_roadmapId = roadmap.id;
    addCaption(roadmap.product);
    for (const Stage &stage : roadmap.stages) {
        RailButton *step = addStep(pages::stage(stage.number), RailGlyph::Number, stage.title);
        step->setNumber(stage.number);
    }
    m_column->addStretch(1);
    addCaption(tr("Overview"));
    addStep(pages::kGate, RailGlyph::Gate, tr("Launch gate"));
    addStep(pages::kRisks, RailGlyph::Risks, tr("Risks"));
    addStep(pages::kPlan48, RailGlyph::Plan, tr("48-hour plan"));
    addStep(pages::kLater, RailGlyph::Later, tr("What can wait"));
    addStep(pages::kAccess, RailGlyph::Access, tr("Access"));
    addStep(pages::kSurface, RailGlyph::Surface, tr("Surface"));
    addStep(pages::kRecords, RailGlyph::Records, tr("Mail records"));
    addStep(pages::kSecrets, RailGlyph::Secrets, tr("Secrets"));
    addStep(pages::kMessage, RailGlyph::Message, tr("A message"));
    addStep(pages::kMonitoring, RailGlyph::Monitoring, tr("Monitoring"));
    addStep(pages::kHandover, RailGlyph::Handover, tr("Handover"));
    setWidget(body); // deletes the one before
    setCurrent(current);
}

void Rail::addCaption(const QString &text)
{
    auto *row = new QHBoxLayout;
    row->setContentsMargins(kCaptionIndent, 0, 0, space::kTiny);
    row->addWidget(new RailCaption(text, kRailWidth - 2 * space::kMedium - kCaptionIndent));
    m_column->addLayout(row);
}

RailButton *Rail::addStep(const QString &pageId, RailGlyph glyph, const QString &title)
{
    auto *step = new RailButton(glyph, title);
    step->setObjectName("rail-"_L1 + pageId);
    m_column->addWidget(step);
    m_buttons[pageId] = step;
    connect(step, &QAbstractButton::clicked, this, [this, pageId] { emit chosen(pageId); });
    return step;
}

void Rail::refreshStages()
{
    for (const Stage &stage : m_session.roadmap().stages) {
        RailButton *step = button(pages::stage(stage.number));
        if (!step)
            continue;
        const StageSummary summary = m_session.summary(stage.number);
        step->setState(summary.state);
        step->setNote(noteOf(summary));
    }
}

void Rail::refreshOverview()
{
    if (!m_session.isOpen())
        return;
    if (m_session.verdict().nothingLookedAt) {
        for (const auto id : {pages::kGate, pages::kRisks, pages::kPlan48})
            button(id)->setNote(tr("not looked at yet"));
    } else {
        refreshStanding();
    }
    button(pages::kLater)->setNote(tr("not now, and what to automate"));
    button(pages::kAccess)->setNote(noteOf(m_session.permissionState()));
    const auto hosts = static_cast<int>(m_session.project().settings.target.hosts.size());
    button(pages::kSurface)->setNote(tr("what strangers see of %n address(es)", nullptr, hosts));
    button(pages::kRecords)->setNote(tr("SPF, DKIM and DMARC to publish"));
    button(pages::kSecrets)->setNote(noteOf(m_session.project().secrets));
    const int watched = static_cast<int>(m_session.project().monitors.size());
    button(pages::kMonitoring)
        ->setNote(watched ? tr("watching %n address(es)", nullptr, watched) : tr("not watching yet"));
    button(pages::kMessage)
        ->setNote(m_session.project().delivery.proof ? tr("one was read") : tr("is your mail believed?"));
    button(pages::kHandover)->setNote(tr("the pack for the next person"));
}

// What the looks so far say; before the first one there is nothing to tell.
void Rail::refreshStanding()
{
    button(pages::kGate)->setNote(labelOf(m_session.verdict()));
    const int open = static_cast<int>(m_session.risks().size());
    button(pages::kRisks)->setNote(open ? tr("%n open", nullptr, open) : tr("none known"));
    const FixPlan &plan = m_session.fixPlan();
    button(pages::kPlan48)
        ->setNote(plan.steps.empty()
                      ? tr("nothing to fix")
                      : tr("%n fix(es) · %1", nullptr, int(plan.steps.size())).arg(durationOf(plan.totalMinutes)));
}

void Rail::setCurrent(const QString &pageId)
{
    if (RailButton *step = button(pageId)) {
        step->setChecked(true);
        return;
    }
    // A page that has no step here. An exclusive button gives way to another one only, so it is let out for a moment.
    for (const auto &[id, step] : m_buttons) {
        step->setAutoExclusive(false);
        step->setChecked(false);
        step->setAutoExclusive(true);
    }
}

RailButton *Rail::button(const QString &pageId) const
{
    const auto found = m_buttons.find(pageId);
    return found == m_buttons.end() ? nullptr : found->second;
}

} // namespace cockpit
