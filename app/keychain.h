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

// What a failed job of QtKeychain means (error: a QKeychain::Error): no such entry, locked, refused, no keychain at
// all; each in its own words, with what to try. detail: the library's own, for engineers.
Error keychainError(int error, const QString &entry, const QString &detail);

// Forgets everything when the program ends. Used only after the user has been told that there is no keychain.
class SessionCredentialStore : public CredentialStore
{
public:
    void write(const QString &entry, const Secret &value, std::function<void(Result<void>)> done) override;
    void read(const QString &entry, std::function<void(Result<Secret>)> done) override;
    void remove(const QString &entry, std::function<void(Result<void>)> done) override;
    bool isSessionOnly() const override { return true; }
    bool holds(const QString &entry) const { return m_values.contains(entry); }

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
    bool isSessionOnly() const override { return *m_keychainMissing || m_isForSession; }
    bool canKeepForSession() const override { return !isSessionOnly(); }
    // What was stored in the keychain before is still read from there, if it lets it out.
    void keepForSession() override { m_isForSession = true; }

private:
    KeychainStore m_keychain;
    SessionCredentialStore m_memory;
    bool m_isForSession = false;             // the person wants it so
    std::shared_ptr<bool> m_keychainMissing; // shared with the question, which may outlive this store
};

} // namespace cockpit
