// Credentials in the operating system's keychain, and in memory where there is none.
#pragma once

#include "models/credentialstore.h"

#include <QHash>

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

} // namespace cockpit
