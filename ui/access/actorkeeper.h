// Saves test accounts: the value first, into the keychain, and only then the account that rests on it. Values pass
// through here and stay in no member.
#pragma once

#include "models/access/actor.h"
#include "ui/credentials/credentialvault.h"

#include <QObject>

#include <optional>

namespace cockpit {

class Session;

class ActorKeeper : public QObject
{
    Q_OBJECT

public:
    explicit ActorKeeper(Session &session, QObject *parent = nullptr);

    // A new account, or in place of the one with its id. value: what its keychain entry is to hold (keychainValueOf());
    // empty: what is there stays. Ends in saved() or failed().
    void save(const TestActor &actor, const Secret &value);
    // Its value leaves the keychain, too, unless another account signs in with it. Ends in removed() or failed().
    void remove(const QString &actorId);
    bool isBusy() const { return m_pending.has_value(); }
    const CredentialVault &vault() const { return m_vault; }
    // What it signs in with is in memory for the practice company, and in no keychain.
    bool isOfPractice(const TestActor &actor) const;

signals:
    void saved(const QString &actorId);
    void removed();
    void waiting(); // the keychain takes its time
    void failed(const cockpit::Error &error);

private:
    void bindVault();
    void leaveProject();
    void put(TestActor actor);
    void fail(const Error &error);
    void forget(const Credential &credential);
    const Credential *credentialOf(const TestActor &actor) const;
    QString freeNameFor(const TestActor &actor) const;

    Session &m_session;
    CredentialVault m_vault;
    std::optional<TestActor> m_pending; // waits for its value to be stored
};

} // namespace cockpit
