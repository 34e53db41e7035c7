// The values that test accounts sign in with, out of the keychain, for one run.
#pragma once

#include "checks/engine/activeterms.h"
#include "models/credentialstore.h"
#include "models/projectstate.h"

#include <QObject>

#include <chrono>
#include <functional>

namespace cockpit {

struct ActorSecrets
{
    std::map<QString, Secret> values;   // by TestActor::id
    std::map<QString, QString> missing; // the others: why, in a sentence
    QStringList entries;                // of the keychain, that were read for the values

    // Into the terms of a run; the copy that stays here is the caller's to drop.
    void addTo(ActiveTerms &terms) const;
};

// One after the other, and back in this thread, at once or later; never after `context` is gone. Once the keychain does
// not answer (it may be waiting for its password) the others are not asked for: they have the same reason. store
// outlives the call back.
void readActorSecrets(CredentialStore &store, const std::vector<TestActor> &actors,
                      const std::vector<Credential> &credentials, std::chrono::milliseconds patience, QObject *context,
                      std::function<void(const ActorSecrets &)> done);

// Why an account has no value; also of one whose credential the project does not know.
QString whyMissing(const TestActor &actor, const Error &error);

} // namespace cockpit
