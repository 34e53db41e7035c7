// How each credential of the project can be tried out without harm, by what it is used for: a token by one reading
// call, the account of the test message by signing in to its server, a test account by one sign-in under the leave that
// the page Access keeps. Of any other nobody knows what it opens.
#pragma once

#include "models/access/actor.h"
#include "ui/credentials/credentialtest.h"

#include <functional>

namespace cockpit {

class CredentialVault;

// Whether one can be tried.
struct TrialOffer
{
    bool isOffered = false;  // there is a way at all
    bool isPossible = false; // it can be gone now
    QString sentence;        // what would be asked of whom; where it is not possible: why not

    bool operator==(const TrialOffer &) const = default;
};

enum class TrialEnd {
    Works,
    Refused,     // by who knows: it does not work
    NotSignedIn, // the product let nobody in, whyever
    Unknown,     // nobody could be asked
};

class CredentialTrials : public QObject
{
    Q_OBJECT

public:
    // vault outlives this; it reads the values, and says by failed() when it cannot.
    CredentialTrials(Session &session, CredentialVault &vault, QObject *parent = nullptr);

    TrialOffer offerFor(const Credential &credential) const;
    void begin(const Credential &credential); // nothing where it is not possible
    void stop();                              // ended() as Unknown; a sign-in with a test account goes on
    bool isRunning() const { return m_isSigningIn || canStop(); }
    bool canStop() const { return m_isReading || m_test.isRunning(); }

signals:
    void runningChanged();
    void asking(const QString &sentence);
    void notRead(const cockpit::Error &error); // the keychain did not give the value
    void ended(const cockpit::Credential &credential, cockpit::TrialEnd end, const QString &sentence);

private:
    void bindTest();
    void forget();
    void take(const Result<Secret> &value);
    void ask(const Credential &credential, const Secret &value);
    void setReading(bool isReading);
    void signIn(const Credential &credential);
    const TestActor *actorOf(const Credential &credential) const;

    Session &m_session;
    CredentialVault &m_vault;
    CredentialTest m_test;
    Credential m_tried;
    bool m_isReading = false;          // the keychain was asked for m_tried, and has not answered
    std::function<void()> m_leaveIt{}; // to its own: what it may still say is nobody's
    bool m_isSigningIn = false;
    quint64 m_signIn = 0; // counted: the late answer to an earlier one is nobody's
};

} // namespace cockpit
