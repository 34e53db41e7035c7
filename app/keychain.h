// Credentials in the operating system's keychain, and in memory where there is none.
#pragma once

#include "models/credentialstore.h"

#include <QHash>

#include <memory>

namespace cockpit {

// QtKeychain: Secret Service or KWallet on Linux, Keychain on macOS, Credential Manager on Windows. GUI thread only.
class KeychainStore : public CredentialStore
{
public:
    void write(const QString &entry, const Secret &value, std::function<void(Result<void>)> done) override;
    void read(const QString &entry, std::function<void(Result<Secret>)> done) override;
    void remove(const QString &entry, std::function<void(Result<void>)> done) override;
    bool isSessionOnly() const override { return false; }
};

// Forgets everything when the program ends. Used only after the user has been told that there is no keychain.
class SessionCredentialStore : public CredentialStore
{
public:
    void write(const QString &entry, const Secret &value, std::function<void(Result<void>)> done) override;
    void read(const QString &entry, std::function<void(Result<Secret>)> done) override;
    void remove(const QString &entry, std::function<void(Result<void>)> done) override;
    bool isSessionOnly() const override { return true; }

private:
    QHash<QString, Secret> m_values;
};

// The keychain, or memory once it has turned out that there is no keychain: the Credentials page shows which one it is
// (isSessionOnly()).
class AvailableCredentialStore : public CredentialStore
{
public:
    AvailableCredentialStore();

    // Asks the keychain whether it is there; the answer is back before anybody has opened a page.
    void probe();

    void write(const QString &entry, const Secret &value, std::function<void(Result<void>)> done) override;
    void read(const QString &entry, std::function<void(Result<Secret>)> done) override;
    void remove(const QString &entry, std::function<void(Result<void>)> done) override;
    bool isSessionOnly() const override { return *m_keychainMissing; }

private:
    CredentialStore &current();

    KeychainStore m_keychain;
    SessionCredentialStore m_memory;
    std::shared_ptr<bool> m_keychainMissing; // shared with the question, which may outlive this store
};

} // namespace cockpit
