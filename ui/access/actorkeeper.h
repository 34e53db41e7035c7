// Saves test accounts: the value first, into the keychain, and only then the account that rests on it. Values pass
// through here and stay in no member.
#pragma once

#include "models/access/mailedlink.h"
#include "ui/credentials/credentialvault.h"

#include <QObject>

#include <optional>

namespace cockpit {

class Session;

// Where what an account signs in with is kept.
enum class ActorEntryPlace { PracticeMemory, SessionMemory, Keychain };

class ActorKeeper : public QObject
{
    Q_OBJECT

public:
    explicit ActorKeeper(Session &session, QObject *parent = nullptr);

    // A new account, or in place of the one with its id. value: what its keychain entry is to hold (keychainValueOf());
    // empty: what is there stays. What came by mail to it stays in any case. Ends in saved() or failed(); while
    // isBusy() at once in failed(), and what is under way goes on.
    void save(const TestActor &actor, const Secret &value);
    // What came by mail (models/access/mailedlink.h) goes into the entry of an account that has one, beside its
    // password; an empty value takes it out. Ends as save() does.
    void saveMailed(const TestActor &actor, const HoleValues &mailed);
    // Which of it the entry has: ends in mailedSeen() or lookFailed(), and touches nothing that is being saved.
    void lookForMailed(const TestActor &actor);
    // Its value leaves the keychain, too, unless another account signs in with it. Ends in removed() or failed().
    void remove(const QString &actorId);
    bool isBusy() const { return m_pending.has_value(); }
    static QString sentenceWhileBusy();
    const CredentialVault &vault() const { return m_vault; }
    // What it signs in with is in memory for the practice company, and in no keychain.
    bool isOfPractice(const TestActor &actor) const;
    ActorEntryPlace placeOf(const TestActor &actor) const;
    // What a dialog about that account says of failed() and lookFailed(): the message, and what to try.
    QString sentenceOf(const Error &error, const TestActor &actor) const;

signals:
    void saved(const QString &actorId);
    void removed();
    void mailedSeen(const QString &credential, const QStringList &names); // toWord(MailedValue)
    void lookFailed(const QString &actorId, const cockpit::Error &error);
    void waiting(); // the keychain takes its time
    void failed(const cockpit::Error &error);

private:
    void bindVault();
    void leaveProject();
    void put(TestActor actor);
    void fail(const Error &error);
    void tellMailed(const QString &credential, const Secret &entry);
    void forget(const Credential &credential);
    const Credential *credentialOf(const TestActor &actor) const;
    QString freeNameFor(const TestActor &actor) const;

    Session &m_session;
    CredentialVault m_vault;
    std::optional<TestActor> m_pending; // waits for its value to be stored
};

} // namespace cockpit
