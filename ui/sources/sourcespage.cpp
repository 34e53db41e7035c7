#include "ui/sources/sourcespage.h"

#include "models/access/secretvariable.h"
#include "models/hostguards.h"
#include "ui/session.h"
#include "ui/sources/audiencerow.h"
#include "ui/sources/guardsdialog.h"
#include "ui/sources/pastedialog.h"
#include "ui/sources/sourcescard.h"
#include "ui/stage/askperson.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/buttons.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

SourcesPage::SourcesPage(Session &session, QWidget *parent)
    : Page(pages::kSources, session, parent),
      m_banner(new Banner),
      m_card(new SourcesCard),
      m_audience(new AudienceRow),
      m_environments(makeLinkButton(tr("Environments…"), u"openEnvironments"_s)),
      m_look(makeSecondaryButton(tr("Check these"), u"checkSources"_s)),
      m_guards(makeLinkButton(tr("Guards…"), u"openGuards"_s))
{
    setTitle(tr("Code and files"));
    setSubtitle(
        tr("What of your product lies on this computer. The checks look through it for keys and passwords, "
           "compare the settings of your environments, and read your logs. Only paths are kept in the project."));
    m_guards->setToolTip(tr("Stop keys and passwords before they get into the code"));
    m_environments->setToolTip(tr("The settings side by side"));
    addHeaderWidget(m_environments);
    addHeaderWidget(m_guards);
    addHeaderWidget(m_look);
    content()->addWidget(m_banner);
    content()->addWidget(m_card, 1);
    content()->addWidget(m_audience);
    connect(m_card, &SourcesCard::edited, this, [this](const std::vector<LocalSource> &sources) {
        m_banner->dismiss();
        this->session().setSources(sources);
        bringUpToDate();
    });
    connect(m_card, &SourcesCard::pasteWanted, this, &SourcesPage::openPaste);
    connect(m_card, &SourcesCard::refused, this,
            [this](const QString &why) { m_banner->showMessage(Tone::Fail, why); });
    connect(m_audience, &AudienceRow::chosen, this, &SourcesPage::setAudience);
    connect(m_look, &QPushButton::clicked, this, &SourcesPage::checkAgain);
    connect(m_environments, &QPushButton::clicked, this, [this] { emit navigate(pages::kEnvironments); });
    connect(m_guards, &QPushButton::clicked, this, &SourcesPage::openGuards);
    follow(&Session::projectOpened, &Session::projectClosed, &Session::settingsChanged, &Session::sourcesChanged,
           &Session::answersChanged, &Session::runStarted, &Session::runFinished);
}

void SourcesPage::aboutToShow()
{
    m_banner->dismiss();
    m_card->lookAgain();
}

void SourcesPage::checkAgain()
{
    m_banner->dismiss();
    QStringList reading;
    for (const Check &check : session().registry().checks()) {
        if (!check.sources.empty())
            reading << check.id;
    }
    session().runChecks(reading);
}

void SourcesPage::setAudience(CodeAudience audience)
{
    if (audience == CodeAudience::NotSaid)
        session().withdrawAnswer(codeAudienceSubject());
    else
        session().answer(codeAudienceAnswer(audience, QDateTime::currentDateTimeUtc()));
    bringUpToDate();
}

void SourcesPage::openGuards()
{
    QStringList folders;
    for (const LocalSource &source : sourcesOf(SourceKind::Code, session().project().sources))
        folders << source.path;
    QByteArrayList secretVariables;
    for (const TestActor &actor : session().project().actors)
        secretVariables << secretVariable(actor);
    auto *dialog = new GuardsDialog(session().guardServices(), folders, secretVariables, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const auto tell = [this, dialog] {
        dialog->setPushProtection(pushProtectionAnswer(session().project().answers), !session().isReadOnly());
    };
    tell();
    connect(&session(), &Session::answersChanged, dialog, tell);
    connect(dialog, &GuardsDialog::pushProtectionAsked, this,
            [this, dialog] { askAnswer(session(), pushProtectionSubject(), pushProtectionQuestion(), dialog); });
    for (const auto left : {&Session::projectOpened, &Session::projectClosed})
        connect(&session(), left, dialog, &QDialog::reject);
    dialog->open();
}

void SourcesPage::openPaste()
{
    m_banner->dismiss();
    auto *dialog = new PasteDialog(session(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PasteDialog::fileDropped, m_card, &SourcesCard::addPath);
    connect(dialog, &PasteDialog::findingWanted, this, &Page::showFinding);
    dialog->open();
}

void SourcesPage::refresh()
{
    const bool writable = session().isOpen() && !session().isReadOnly();
    m_card->setReadOnly(!writable);
    m_card->setSources(session().project().sources);
    m_audience->setReadOnly(!writable);
    m_audience->setAudience(codeAudienceOf(session().project().answers));
    m_audience->setVisible(!sourcesOf(SourceKind::Code, session().project().sources).empty());
    m_guards->setEnabled(session().guardServices().isComplete() &&
                         !sourcesOf(SourceKind::Code, session().project().sources).empty());
    m_look->setEnabled(writable && !session().isRunning() && !session().project().sources.empty());
}

} // namespace cockpit
