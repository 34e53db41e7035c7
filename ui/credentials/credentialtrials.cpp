#include "ui/credentials/credentialtrials.h"

#include "models/credentialuse.h"
#include "ui/credentials/credentialvault.h"
#include "ui/session.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace cockpit {

namespace {

TrialOffer offerOfAccount(const TestActor &actor, PermissionState permission)
{
    if (permission != PermissionState::Given)
        return {true, false,
                CredentialTrials::tr("Testing it signs in to your product as %1, under the permission on the page "
                                     "Access. %2")
                    .arg(actor.name, sentenceOf(permission))};
    return {true, true,
            CredentialTrials::tr("Signs in to your product once as %1, and asks who that is. What is sent is in the "
                                 "log on the page Access.")
                .arg(actor.name)};
}

} // namespace

CredentialTrials::CredentialTrials(Session &session, CredentialVault &vault, QObject *parent)
    : QObject(parent), m_session(session), m_vault(vault), m_test(session)
{
    for (const auto signal : {&Session::projectOpened, &Session::projectClosed})
        connect(&session, signal, this, &CredentialTrials::forget);
    bindTest();
}

void CredentialTrials::bindTest()
{
    connect(&m_test, &CredentialTest::runningChanged, this, &CredentialTrials::runningChanged);
    connect(&m_test, &CredentialTest::works, this, [this](const Credential &credential, const QString &sentence) {
        m_session.noteCredentialUse({credential.keychainEntry});
        emit ended(credential, TrialEnd::Works, sentence);
    });
    connect(&m_test, &CredentialTest::failed, this, [this](const Credential &credential, const Error &error) {
        const bool isRefused = error.kind == ErrorKind::NotPermitted;
        if (isRefused) // it was given to who knows: that is a use
            m_session.noteCredentialUse({credential.keychainEntry});
        emit ended(credential, isRefused ? TrialEnd::Refused : TrialEnd::Unknown, error.message);
    });
}

// What is still on its way when another project opens is about nothing that is shown.
void CredentialTrials::forget()
{
    m_test.forget();
    setReading(false);
    ++m_signIn;
    if (std::exchange(m_isSigningIn, false))
        emit runningChanged();
}

const TestActor *CredentialTrials::actorOf(const Credential &credential) const
{
    const std::vector<TestActor> &actors = m_session.project().actors;
    const auto found = std::ranges::find(actors, credential.name, &TestActor::credential);
    return found == actors.end() ? nullptr : &*found;
}

TrialOffer CredentialTrials::offerFor(const Credential &credential) const
{
    const ProjectState &project = m_session.project();
    switch (useOf(credential, project).kind) {
    case CredentialUseKind::EdgeToken:
        return {true, bool(m_session.tokenTester()),
                tr("Asks Cloudflare whether it accepts the token, and what it may read.")};
    case CredentialUseKind::MailAccount:
        return {
            true, bool(m_session.mailSignIn()),
            tr("Signs in to %1 over an encrypted connection. No message is sent.").arg(project.delivery.setup->host)};
    case CredentialUseKind::TestAccount:
        if (m_session.isReadOnly())
            return {true, false, tr("A project that is open for reading only keeps no log of what would be sent.")};
        return offerOfAccount(*actorOf(credential), m_session.permissionState());
    case CredentialUseKind::Nothing:
        break;
    }
    return {false, false,
            tr("There is nothing to test: this project does not use it, so nobody knows what it opens. Choose it for a "
               "test account on the page Access, or for the account of the test message.")};
}

void CredentialTrials::begin(const Credential &credential)
{
    if (isRunning() || !offerFor(credential).isPossible)
        return;
    if (useOf(credential, m_session.project()).kind == CredentialUseKind::TestAccount)
        return signIn(credential);
    m_tried = credential;
    setReading(true);
    m_leaveIt = m_vault.read(credential, [self = QPointer(this)](const Result<Secret> &value) {
        if (self && self->m_isReading)
            self->take(value);
    });
}

void CredentialTrials::setReading(bool isReading)
{
    if (std::exchange(m_isReading, isReading) != isReading)
        emit runningChanged();
}

void CredentialTrials::stop()
{
    if (!canStop())
        return;
    if (m_isReading)
        m_leaveIt();
    setReading(false);
    m_test.forget();
    emit ended(m_tried, TrialEnd::Unknown, tr("Stopped before there was an answer."));
}

void CredentialTrials::take(const Result<Secret> &value)
{
    const Credential credential = m_tried;
    if (value && !value->isEmpty())
        ask(credential, *value);
    setReading(false);
    if (!value)
        emit notRead(value.error());
    else if (value->isEmpty())
        emit notRead(
            {ErrorKind::NotFound, tr("The keychain entry of %1 is empty. Replace its value.").arg(credential.name)});
}

void CredentialTrials::ask(const Credential &credential, const Secret &value)
{
    const auto setup = m_session.project().delivery.setup;
    // Answers come late: by then the project may use it for something else.
    switch (useOf(credential, m_session.project()).kind) {
    case CredentialUseKind::EdgeToken:
        emit asking(tr("Asking Cloudflare about %1…").arg(credential.name));
        m_test.start(credential,
                     [tester = m_session.tokenTester(), value](const NetOptions &net, const CancelToken &cancel) {
                         return tester(value, net, cancel);
                     });
        return;
    case CredentialUseKind::MailAccount:
        emit asking(tr("Signing in to %1…").arg(setup->host));
        m_test.start(credential, [signIn = m_session.mailSignIn(), setup = *setup, value](const NetOptions &net,
                                                                                          const CancelToken &cancel) {
            return signIn(setup, value, net, cancel);
        });
        return;
    case CredentialUseKind::TestAccount:
    case CredentialUseKind::Nothing:
        emit ended(credential, TrialEnd::Unknown,
                   tr("What it is used for changed while the keychain was asked. Test it again."));
        return;
    }
    Q_UNREACHABLE();
}

// The session reads the value, notes its use and logs what is sent.
void CredentialTrials::signIn(const Credential &credential)
{
    const TestActor actor = *actorOf(credential);
    m_isSigningIn = true;
    emit runningChanged();
    emit asking(tr("Signing in as %1…").arg(actor.name));
    m_session.tryActor(actor.id, this, [this, credential, number = ++m_signIn](const Result<ActorTrial> &trial) {
        if (number != m_signIn)
            return;
        m_isSigningIn = false;
        emit runningChanged();
        if (!trial)
            emit ended(credential, TrialEnd::Unknown, trial.error().message);
        else
            emit ended(credential, trial->isSignedIn ? TrialEnd::Works : TrialEnd::NotSignedIn, trial->sentence);
    });
}

} // namespace cockpit
