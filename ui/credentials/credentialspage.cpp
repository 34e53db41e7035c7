#include "ui/credentials/credentialspage.h"

#include "ui/credentials/credentialdialog.h"
#include "ui/credentials/credentialmodel.h"
#include "ui/credentials/revealfield.h"
#include "ui/session.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/card.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/tables.h"
#include "ui/widgets/tooltips.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QMessageBox>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

CredentialsPage::CredentialsPage(Session &session, QWidget *parent)
    : Page(pages::kCredentials, session, parent),
      m_vault(session.credentialStore()),
      m_trials(session, m_vault),
      m_model(new CredentialModel(this)),
      m_sessionOnly(new Banner(this)),
      m_banner(new Banner(this)),
      m_stack(new QStackedLayout)
{
    setTitle(tr("Credentials"));
    setSubtitle(tr("Test accounts and keys that checks may use. Values stay in your computer's keychain, never in the "
                   "project file."));
    content()->addWidget(m_sessionOnly);
    content()->addWidget(m_banner);
    content()->addLayout(m_stack, 1);
    auto *card = new Card(this);
    auto *empty = new EmptyState(tr("No credentials yet"),
                                 tr("Add two test accounts to prove that one customer cannot see another's data. Never "
                                    "use a real customer's."),
                                 card);
    m_addFirst = empty->setAction(tr("Add a credential…"), u"addFirstCredential"_s);
    connect(empty, &EmptyState::actionTriggered, this, &CredentialsPage::addCredential);
    card->column()->addWidget(empty, 1);
    m_stack->addWidget(card);
    m_stack->addWidget(createList());
    bindVault();
    bindTrials();
}

void CredentialsPage::aboutToShow()
{
    m_banner->dismiss();
    say({});
}

QWidget *CredentialsPage::createList()
{
    auto *card = new Card(this);
    card->setPadding(0);
    card->column()->setContentsMargins(1, kCardRadius / 2, 1, 0); // the corners stay round
    m_table = makeTable(m_model, u"credentials"_s, tr("Credentials"), card);
    m_table->horizontalHeader()->setSectionResizeMode(CredentialModel::AddedColumn, QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(CredentialModel::LastUsedColumn, QHeaderView::ResizeToContents);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        m_reveal->conceal();
        say({});
        showButtons();
    });
    m_reveal = new RevealField(card);
    m_reveal->setObjectName(u"revealedValue"_s);
    m_said = new PlainLabel(card);
    m_said->setObjectName(u"credentialMessage"_s);
    m_said->setProperty("tone", u"pass"_s);
    auto *below = new QVBoxLayout;
    below->setContentsMargins(space::kLarge, space::kSmall, space::kLarge, 0);
    below->addWidget(m_reveal);
    below->addWidget(m_said);
    m_whyNoTest = new PlainLabel(card);
    m_whyNoTest->setObjectName(u"whyNoTest"_s);
    below->addWidget(&m_whyNoTest->setMuted());
    card->column()->addWidget(m_table, 1);
    card->column()->addLayout(below);
    card->column()->addWidget(createActions());
    return card;
}

QWidget *CredentialsPage::createActions()
{
    auto *bar = new QWidget(this);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(space::kMedium, space::kSmall, space::kMedium, space::kMedium);
    m_add = makePrimaryButton(tr("Add…"), u"addCredential"_s, bar);
    m_test = makeSecondaryButton(tr("Test"), u"testCredential"_s, bar);
    m_show = makeSecondaryButton(tr("Show for 10 seconds"), u"revealCredential"_s, bar);
    m_replace = makeSecondaryButton(tr("Replace…"), u"replaceCredential"_s, bar);
    m_delete = makeSecondaryButton(tr("Delete…"), u"deleteCredential"_s, bar);
    for (QPushButton *button : {m_add, m_test, m_show, m_replace})
        row->addWidget(button);
    row->addStretch();
    row->addWidget(m_delete);
    connect(m_add, &QPushButton::clicked, this, &CredentialsPage::addCredential);
    connect(m_replace, &QPushButton::clicked, this, &CredentialsPage::replaceValue);
    connect(m_delete, &QPushButton::clicked, this, &CredentialsPage::removeCredential);
    connect(m_test, &QPushButton::clicked, this, [this] {
        if (m_trials.canStop())
            m_trials.stop();
        else if (chosen())
            m_trials.begin(*chosen());
    });
    connect(m_show, &QPushButton::clicked, this, [this] {
        if (chosen())
            m_vault.reveal(*chosen());
    });
    return bar;
}

// Asked for, and said for as long as it holds: never a quiet way around the keychain.
void CredentialsPage::keepForSession()
{
    m_vault.keepForSession();
    m_banner->dismiss();
    showSessionOnly();
    say(tr("From now on new values are kept in memory only."));
}

void CredentialsPage::showSessionOnly()
{
    if (m_vault.isSessionOnly())
        m_sessionOnly->showMessage(Tone::Warn, tr("Credentials are kept for this session only."),
                                   tr("What you add here is forgotten when the program ends, and is never written to a "
                                      "file. To keep it longer, start this program again once your keychain works."));
}

void CredentialsPage::bindVault()
{
    connect(m_banner, &Banner::actionTriggered, this, &CredentialsPage::keepForSession);
    follow(&Session::projectOpened, &Session::projectClosed, &Session::credentialsChanged);
    for (const auto signal : {&Session::projectOpened, &Session::projectClosed})
        connect(&session(), signal, &m_vault, &CredentialVault::leaveProject);
    connect(&m_vault, &CredentialVault::failed, this, &CredentialsPage::showFailure);
    connect(&m_vault, &CredentialVault::waiting, this, [this] {
        say(tr("The keychain has not answered yet. It may be asking for its password in another window."));
    });
    connect(&m_vault, &CredentialVault::added, this, [this](const Credential &credential) {
        std::vector<Credential> credentials = session().project().credentials;
        credentials.push_back(credential);
        store(credentials);
        say((m_vault.isSessionOnly() ? tr("%1 is kept until the program ends.") : tr("%1 is stored in the keychain."))
                .arg(credential.name));
    });
    connect(&m_vault, &CredentialVault::replaced, this,
            [this](const Credential &credential) { say(tr("%1 has its new value.").arg(credential.name)); });
    connect(&m_vault, &CredentialVault::revealed, this, [this](const Credential &credential, const Secret &value) {
        // The answer may come late, when another row is chosen or the page is left.
        if (isVisible() && chosen() && chosen()->keychainEntry == credential.keychainEntry)
            m_reveal->show(credential.name, value);
        say({});
    });
    connect(&m_vault, &CredentialVault::removed, this, [this](const Credential &credential) {
        std::vector<Credential> credentials = session().project().credentials;
        std::erase_if(credentials, [&](const Credential &c) { return c.keychainEntry == credential.keychainEntry; });
        store(credentials);
        say(tr("%1 is deleted.").arg(credential.name));
    });
}

void CredentialsPage::bindTrials()
{
    // What can be tried hangs on what the project does with each.
    for (const auto changed : {&Session::actorsChanged, &Session::deliveryChanged, &Session::permissionChanged})
        connect(&session(), changed, this, &CredentialsPage::showButtons);
    connect(&m_trials, &CredentialTrials::runningChanged, this, &CredentialsPage::showButtons);
    connect(&m_trials, &CredentialTrials::asking, this, &CredentialsPage::say);
    connect(&m_trials, &CredentialTrials::notRead, this, &CredentialsPage::showFailure);
    connect(&m_trials, &CredentialTrials::ended, this, &CredentialsPage::takeTrial);
}

void CredentialsPage::takeTrial(const Credential &credential, TrialEnd end, const QString &sentence)
{
    bringUpToDate(); // it was used now, which takes a message away
    const auto complain = [&](Tone tone, const QString &whatHappened) {
        say({});
        m_banner->showMessage(tone, whatHappened.arg(credential.name), sentence);
        m_banner->setAction({});
    };
    switch (end) {
    case TrialEnd::Works:
        return say(tr("%1: %2").arg(credential.name, sentence));
    case TrialEnd::Refused:
        return complain(Tone::Fail, tr("%1 was tested, and does not work."));
    case TrialEnd::NotSignedIn:
        return complain(Tone::Fail, tr("%1 was tested, and the sign-in did not succeed."));
    case TrialEnd::Unknown: // nothing is known of it
        return complain(Tone::Warn, tr("%1 could not be tested."));
    }
}

void CredentialsPage::store(const std::vector<Credential> &credentials)
{
    m_banner->dismiss();
    session().setCredentials(credentials);
    bringUpToDate();
}

void CredentialsPage::refresh()
{
    showSessionOnly();
    const int row = m_table->currentIndex().row();
    m_model->setCredentials(session().project().credentials);
    m_stack->setCurrentIndex(m_model->rowCount() == 0 ? 0 : 1);
    if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(std::clamp(row, 0, m_model->rowCount() - 1), 0));
    showButtons();
}

const Credential *CredentialsPage::chosen() const
{
    return m_model->credential(m_table->currentIndex().row());
}

void CredentialsPage::showButtons()
{
    const bool writable = session().isOpen() && !session().isReadOnly();
    const bool has = chosen() != nullptr;
    m_add->setEnabled(writable);
    m_addFirst->setEnabled(writable);
    showWhetherItCanBeTried();
    m_show->setEnabled(has);
    m_replace->setEnabled(has && writable);
    m_delete->setEnabled(has && writable);
}

// A button that is off, or not there, says why.
void CredentialsPage::showWhetherItCanBeTried()
{
    const TrialOffer offer = chosen() ? m_trials.offerFor(*chosen()) : TrialOffer();
    const bool stops = m_trials.canStop();
    m_test->setVisible(stops || offer.isOffered);
    m_test->setEnabled(stops || (offer.isPossible && !m_trials.isRunning()));
    m_test->setText(stops ? tr("Stop") : tr("Test"));
    m_test->setToolTip(stops ? QString() : plainToolTip(offer.sentence));
    m_test->setAccessibleDescription(stops ? QString() : offer.sentence);
    m_whyNoTest->setText(offer.sentence);
    m_whyNoTest->setVisible(chosen() && !stops && !offer.isPossible);
}

void CredentialsPage::say(const QString &whatHappened)
{
    m_said->setText(whatHappened);
    m_said->setVisible(!whatHappened.isEmpty());
    if (!whatHappened.isEmpty())
        m_banner->dismiss();
}

void CredentialsPage::showFailure(const Error &error)
{
    say({});
    m_banner->showMessage(Tone::Fail, error.message, keychainAdvice(error.kind, m_vault.isSessionOnly()));
    m_banner->setAction(m_vault.canKeepForSession(error.kind) ? tr("Keep credentials for this session only")
                                                              : QString());
}

void CredentialsPage::addCredential()
{
    auto *dialog = new CredentialDialog(session().project().credentials, std::nullopt, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setSessionOnly(m_vault.isSessionOnly());
    connect(dialog, &QDialog::accepted, this,
            [this, dialog] { m_vault.add(dialog->name(), dialog->purpose(), dialog->takeValue(), dialog->kind()); });
    dialog->open();
}

void CredentialsPage::replaceValue()
{
    if (!chosen())
        return;
    m_reveal->conceal();
    auto *dialog = new CredentialDialog(session().project().credentials, *chosen(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setSessionOnly(m_vault.isSessionOnly());
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, credential = *chosen()] { m_vault.replace(credential, dialog->takeValue()); });
    dialog->open();
}

void CredentialsPage::removeCredential()
{
    if (!chosen())
        return;
    auto *box =
        new QMessageBox(QMessageBox::Question, tr("Delete credential"),
                        tr("Delete %1 from the keychain and the project? This cannot be undone.").arg(chosen()->name),
                        QMessageBox::Cancel, this);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setDefaultButton(QMessageBox::Cancel);
    QPushButton *yes = box->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    yes->setObjectName(u"confirmDeleteCredential"_s);
    connect(yes, &QPushButton::clicked, this, [this, credential = *chosen()] { m_vault.remove(credential); });
    box->open();
}

} // namespace cockpit
