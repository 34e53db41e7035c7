#include "ui/environments/environmentspage.h"

#include "models/environmentrows.h"
#include "ui/environments/environmentscard.h"
#include "ui/session.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

const QStringList kChecks{u"secrets.env-completeness"_s, u"secrets.env-separation"_s, u"secrets.env-exposure"_s};

// Of those that the rows lead to: titles by ids.
std::map<QString, QString> titlesFor(const std::vector<EnvironmentRow> &rows, const ProjectState &project)
{
    std::map<QString, QString> titles;
    for (const EnvironmentRow &row : rows) {
        const auto found = project.findings.find(row.findingId);
        if (found != project.findings.end())
            titles.emplace(row.findingId, found->second.finding.title);
    }
    return titles;
}

} // namespace

EnvironmentsPage::EnvironmentsPage(Session &session, QWidget *parent)
    : Page(pages::kEnvironments, session, parent),
      m_banner(new Banner),
      m_standing(new PlainLabel),
      m_card(new EnvironmentsCard),
      m_sources(makeLinkButton(tr("Code and files…"), u"openSources"_s)),
      m_look(makeSecondaryButton(tr("Compare them"), u"checkEnvironments"_s))
{
    setTitle(tr("Environments"));
    setSubtitle(tr("The settings of production, staging and your own computer side by side. Values are compared by a "
                   "hash that only this computer can make, and never shown."));
    addHeaderWidget(m_sources);
    addHeaderWidget(m_look);
    m_standing->setObjectName(u"environmentsStanding"_s);
    content()->addWidget(m_banner);
    content()->addWidget(&m_standing->setMuted());
    content()->addWidget(m_card, 1);
    bindCard();
    follow(&Session::projectOpened, &Session::projectClosed, &Session::findingsChanged, &Session::resultsChanged,
           &Session::sourcesChanged, &Session::runStarted, &Session::runFinished);
}

void EnvironmentsPage::bindCard()
{
    connect(m_sources, &QPushButton::clicked, this, [this] { emit navigate(pages::kSources); });
    connect(m_card, &EnvironmentsCard::sourcesWanted, this, [this] { emit navigate(pages::kSources); });
    connect(m_card, &EnvironmentsCard::findingWanted, this, &Page::showFinding);
    connect(m_card, &EnvironmentsCard::exported, this,
            [this](const QString &path) { m_banner->showMessage(Tone::Pass, tr("Written to %1.").arg(path)); });
    connect(m_card, &EnvironmentsCard::refused, this,
            [this](const QString &why) { m_banner->showMessage(Tone::Fail, why); });
    connect(m_look, &QPushButton::clicked, this, [this] {
        m_banner->dismiss();
        this->session().runChecks(kChecks);
    });
}

void EnvironmentsPage::aboutToShow()
{
    m_banner->dismiss();
}

QString EnvironmentsPage::standing() const
{
    for (const QString &check : kChecks) {
        for (const CheckResult *result : latestOf(check, session().project())) {
            if (!result->reason.isEmpty())
                return result->reason;
        }
    }
    return {};
}

void EnvironmentsPage::refresh()
{
    const std::vector<EnvironmentRow> rows = environmentRows(session().project());
    m_card->setRows(rows, titlesFor(rows, session().project()));
    m_standing->setText(standing());
    m_standing->setVisible(!m_standing->text().isEmpty());
    const bool writable = session().isOpen() && !session().isReadOnly();
    m_look->setEnabled(writable && !session().isRunning() && !session().project().sources.empty());
}

} // namespace cockpit
