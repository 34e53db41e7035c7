#include "ui/shell/topbar.h"

#include "ui/session.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/stateicon.h"

#include <QHBoxLayout>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace cockpit {

QString verdictWords(const Session &session)
{
    const Verdict &verdict = session.verdict();
    if (verdict.nothingLookedAt)
        return labelOf(verdict);
    switch (verdict.decision) {
    case VerdictDecision::NoGo:
        return TopBar::tr("No-go · %n blocker(s)", nullptr, verdict.blockers);
    case VerdictDecision::GoWithConditions:
        return TopBar::tr("Go with conditions · %1").arg(verdict.conditions);
    case VerdictDecision::Go:
        return TopBar::tr("Go");
    }
    Q_UNREACHABLE();
}

TopBar::TopBar(Session &session, QWidget *parent)
    : QFrame(parent),
      m_session(session),
      m_refresher(new Refresher(this, [this] { refresh(); })),
      m_home(makeLinkButton(tr("Launch Cockpit"), u"home"_s, this)),
      m_project(new ElidedLabel(this)),
      m_verdict(new Pill(this)),
      m_saving(new PlainLabel(this)),
      m_language(makeSecondaryButton(tr("Language"), u"languageMenu"_s, this)),
      m_settings(makeSecondaryButton(tr("Settings"), u"settingsMenu"_s, this)),
      m_present(makeSecondaryButton(tr("Present"), u"present"_s, this)),
      m_addresses(makeSecondaryButton(tr("Addresses"), u"addresses"_s, this)),
      m_credentials(makeSecondaryButton(tr("Credentials"), u"credentials"_s, this)),
      m_run(makePrimaryButton(tr("Run checks"), u"runChecks"_s, this))
{
    setObjectName(u"topBar"_s);
    setProperty("pane", u"top"_s);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::kMedium, space::kSmall + 1, space::kLarge + 4, space::kSmall + 1);
    row->setSpacing(space::kMedium);
    m_home->setProperty("strong", true);
    m_home->setAccessibleName(tr("Launch Cockpit: back to the start page"));
    m_home->setFont(textFont(TextSize::Body, QFont::Bold));
    m_project->setObjectName(u"projectName"_s);
    m_project->setMuted();
    m_verdict->setObjectName(u"verdict"_s);
    m_saving->setObjectName(u"saveState"_s);
    m_saving->setWordWrap(false);
    m_saving->setProperty("tone", u"fail"_s);
    row->addWidget(m_home);
    row->addWidget(m_project, 0);
    row->addWidget(m_verdict);
    row->addWidget(m_saving);
    row->addStretch(1);
    for (QPushButton *button : {m_language, m_settings, m_present, m_addresses, m_credentials, m_run})
        row->addWidget(button);
    connect(m_home, &QPushButton::clicked, this, &TopBar::homeRequested);
    connect(m_present, &QPushButton::clicked, this, &TopBar::presentRequested);
    connect(m_addresses, &QPushButton::clicked, this, &TopBar::addressesRequested);
    connect(m_credentials, &QPushButton::clicked, this, &TopBar::credentialsRequested);
    connect(m_run, &QPushButton::clicked, this,
            [this] { m_session.isRunning() ? emit stopRequested() : emit runRequested(); });
    m_refresher->follow(session, &Session::projectOpened, &Session::settingsChanged, &Session::findingsChanged,
                        &Session::answersChanged, &Session::saveStateChanged, &Session::runStarted,
                        &Session::runFinished);
    setShowsProject(false);
}

void TopBar::setShowsProject(bool shows)
{
    m_showsProject = shows;
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_project, m_verdict, m_present, m_addresses, m_credentials, m_run})
        widget->setVisible(shows);
    m_language->setVisible(!shows);
    m_refresher->changed();
}

void TopBar::setMenus(QMenu *languages, QMenu *settings)
{
    m_language->setMenu(languages);
    m_settings->setMenu(settings);
}

void TopBar::refresh()
{
    m_saving->setVisible(m_session.saveState() == SaveState::Failed);
    m_saving->setText(tr("Not saved"));
    if (!m_showsProject || !m_session.isOpen())
        return;
    const ProjectSettings &settings = m_session.project().settings;
    m_project->setText(tr("%1 / %2").arg(settings.name, displayName(settings.target.domain)));
    const Verdict &verdict = m_session.verdict();
    m_verdict->setPill(verdictWords(m_session), toneFor(verdict));
    showRun();
}

void TopBar::showRun()
{
    const bool running = m_session.isRunning();
    m_run->setText(running ? tr("Stop") : tr("Run checks"));
    m_run->setEnabled(m_session.isOpen() && !m_session.isReadOnly());
}

} // namespace cockpit
