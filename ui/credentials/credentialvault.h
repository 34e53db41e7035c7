// What the Credentials page does with the keychain. Values pass through here and stay in no member, model or log.
#pragma once

#include "models/credentialkind.h"
#include "models/credentialstore.h"
#include "models/projectstate.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <utility>

namespace cockpit {

// Everything is asynchronous, on the GUI thread: each call but read() ends in its signal or in failed().
class CredentialVault : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds kPatience{3};

    // store: null when the machine offers none; then every call fails with Unsupported.
    explicit CredentialVault(CredentialStore *store, QObject *parent = nullptr);

    bool isSessionOnly() const;
    // Whether keepForSession() helps after this error: the keychain is absent, locked, or refuses.
    bool canKeepForSession(ErrorKind after) const;
    void keepForSession();

    // A new credential with a keychain entry of its own; the name joins the project only once the value is stored.
    void add(const QString &name, const QString &purpose, const Secret &value,
             CredentialKind kind = CredentialKind::Other);
    void replace(const Credential &credential, const Secret &value);
    // Replaces it by what `change` makes of the value that is there; empty where the entry is gone.
    void revise(const Credential &credential, const std::function<Result<Secret>(const Secret &)> &change);
    void reveal(const Credential &credential);
    // For who must tell its answer from those to other calls: it goes to `take` alone, an error, too, and in no signal.
    // Who calls what is returned no longer waits: the answer is told to nobody then, and nobody to wait for it.
    std::function<void()> read(const Credential &credential, const std::function<void(const Result<Secret> &)> &take);
    // An entry that is gone from the keychain already counts as removed.
    void remove(const Credential &credential);

    // Another project is open, or none: answers that are still to come are not about it, and are told to nobody. A
    // value that was on its way to a new credential leaves the keychain again.
    void leaveProject();

signals:
    // The keychain has not answered for a while: it may be asking for its password where nobody looks. It still may.
    void waiting();
    void added(const cockpit::Credential &credential);
    void replaced(const cockpit::Credential &credential);
    void revealed(const cockpit::Credential &credential, const cockpit::Secret &value);
    void removed(const cockpit::Credential &credential);
    void failed(const cockpit::Error &error);

private:
    bool hasStore();
    std::shared_ptr<bool> expectAnswer(); // set to true by whoever hears it, or no longer waits for it
    void takeWritten(const Credential &credential, const Result<void> &written);
    // For an answer that matters only while the project of now is open, this object is there, and it is still expected.
    template<typename Answer>
    std::function<void(Answer)> whileOpen(std::function<void(const Answer &)> take)
    {
        return whileOpen(std::move(take), expectAnswer());
    }
    template<typename Answer>
    std::function<void(Answer)> whileOpen(std::function<void(const Answer &)> take,
                                          const std::shared_ptr<bool> &isAnswered);

    CredentialStore *m_store;
    quint64 m_project = 0; // counted: which one is open
};

// What to try when the keychain, or the memory of this session, answers with an error of this kind; empty where the
// error's message says it itself.
QString keychainAdvice(ErrorKind kind, bool isSessionOnly = false);

// The sentence that says what is wrong with what was typed for a new credential, or empty.
QString whatIsMissing(const QString &name, bool hasValue, const std::vector<Credential> &existing);

} // namespace cockpit
