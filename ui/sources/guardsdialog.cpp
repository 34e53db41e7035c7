#include "ui/sources/guardsdialog.h"

#include "ui/sources/existingguards.h"
#include "ui/sources/guardcard.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/dialogparts.h"
#include "ui/widgets/scrollcolumn.h"
#include "ui/widgets/tablefile.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr int kUsualHeight = 600;
constexpr int kUsualChars = 104; // a line of what is shown

} // namespace

GuardsDialog::GuardsDialog(GuardServices services, const QStringList &folders, const QByteArrayList &secretVariables,
                           QWidget *parent)
    : QDialog(parent),
      m_services(std::move(services)),
      m_secretVariables(secretVariables),
      m_folder(new QComboBox),
      m_banner(new Banner),
      m_existing(new ExistingGuards)
{
    setWindowTitle(tr("Guards"));
    QVBoxLayout *column =
        makeDialogColumn(this, tr("Stop secrets and broken permissions before they go out"),
                         tr("A hook looks at each commit on a developer's computer, a job at each change "
                            "that is to be merged; another tries sign-in and permissions before a "
                            "release. All call this program. Nothing is written before you press "
                            "its button, and nothing is written over what is there."));
    m_folder->addItems(folders);
    m_folder->setLayoutDirection(Qt::LeftToRight); // paths are never mirrored
    addField(column, tr("Folder with the code"), m_folder, u"guardFolder"_s);
    column->addWidget(m_banner);
    m_area = makeCards();
    column->addWidget(m_area, 1);
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    auto *close = makePrimaryButton(tr("Close"), u"closeGuards"_s);
    row->addWidget(close);
    column->addLayout(row);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_folder, &QComboBox::currentIndexChanged, this, [this] {
        m_banner->dismiss();
        look();
    });
    setMinimumWidth(fontMetrics().averageCharWidth() * kUsualChars);
    resize(minimumWidth(), kUsualHeight);
    look();
}

QWidget *GuardsDialog::makeCards()
{
    auto *area = new QWidget;
    auto *outer = new QVBoxLayout(area);
    outer->setContentsMargins(0, 0, 0, 0);
    QVBoxLayout *column = addScrollColumn(outer, area);
    column->setSpacing(space::kWide);
    column->addWidget(m_existing);
    connect(m_existing, &ExistingGuards::pushProtectionAsked, this, &GuardsDialog::pushProtectionAsked);
    for (const auto kind : {GuardKind::PreCommit, GuardKind::GitHubActions, GuardKind::GitLabCi,
                            GuardKind::GitHubRelease, GuardKind::GitLabRelease}) {
        auto *card = new GuardCard(kind);
        column->addWidget(card);
        connect(card, &GuardCard::writeRequested, this, &GuardsDialog::write);
        m_cards.push_back(card);
    }
    column->addStretch(1);
    return area;
}

void GuardsDialog::look()
{
    setBusy(true);
    m_area->setVisible(false); // until it is known what is there
    const auto work = [services = m_services, folder = m_folder->currentText(),
                       variables = m_secretVariables]() -> Result<Seen> {
        const auto survey = services.survey(folder);
        if (!survey)
            return tl::unexpected(survey.error());
        return services.propose(folder, variables).map([&](const std::vector<GuardProposal> &proposals) {
            return Seen{*survey, proposals};
        });
    };
    workAside(this, work, [this, look = ++m_look](const Result<Seen> &seen) {
        if (look == m_look)
            showGuards(seen);
    });
}

void GuardsDialog::showGuards(const Result<Seen> &seen)
{
    setBusy(false);
    if (!seen) {
        m_banner->showError(seen.error());
        return;
    }
    m_area->setVisible(true);
    m_existing->setSurvey(seen->survey);
    for (const GuardProposal &proposal : seen->proposals)
        m_cards[static_cast<size_t>(proposal.kind)]->setProposal(proposal);
}

void GuardsDialog::setPushProtection(const std::optional<Answer> &said, bool canAnswer)
{
    m_existing->setPushProtection(said, canAnswer);
}

void GuardsDialog::write(const GuardProposal &proposal)
{
    m_banner->dismiss();
    setBusy(true);
    const auto work = [write = m_services.write, proposal] { return write(proposal); };
    workAside(this, work, [this, proposal](const Result<void> &written) {
        if (written)
            m_banner->showMessage(Tone::Pass, tr("Written: %1").arg(proposal.path));
        else
            m_banner->showError(written.error());
        look();
    });
}

void GuardsDialog::setBusy(bool busy)
{
    for (GuardCard *card : m_cards)
        card->setBusy(busy);
}

} // namespace cockpit
