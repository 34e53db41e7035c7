// The window's credentials with those of the practice company among them: these are in memory alone, also what a person
// types in their place, and no keychain is asked for them. Links out of letters work once, so that the company's are
// asked for anew at each reading and never stored, until a person has pasted some: then those alone count.
#pragma once

#include "app/keychain.h"
#include "models/access/actor.h"
#include "models/credentialstore.h"

#include <QHash>
#include <QSet>

#include <functional>
#include <optional>

namespace cockpit {

class PracticeCredentials : public CredentialStore
{
public:
    // By the name of a keychain entry; null when the company has none of that name, or does not run.
    using Lookup = std::function<std::optional<Secret>(const QString &entry)>;

    PracticeCredentials(CredentialStore &others, Lookup lookup); // others outlives this

    void write(const QString &entry, const Secret &value, std::function<void(Result<void>)> done) override;
    void read(const QString &entry, std::function<void(Result<Secret>)> done) override;
    void remove(const QString &entry, std::function<void(Result<void>)> done) override;
    bool isSessionOnly() const override { return m_others.isSessionOnly(); }
    bool canKeepForSession() const override { return m_others.canKeepForSession(); }
    void keepForSession() override { m_others.keepForSession(); }

private:
    void writeTyped(const QString &entry, const Secret &value, std::function<void(Result<void>)> done);
    std::optional<Secret> askCompany(const QString &entry);

    CredentialStore &m_others;
    const Lookup m_lookup;
    SessionCredentialStore m_typed;
    QSet<QString> m_hasTypedLinks;
    QHash<QString, HoleValues> m_handedLinks; // by the company, the last time
};

} // namespace cockpit
