// What the test accounts sign in with, where no window asks for it: from the environment of a build server, or from the
// keychain of whoever runs the command. Never an argument: those are read by everybody on the machine.
#pragma once

#include "app/cli/auditsetup.h"
#include "checks/engine/actorsecrets.h"
#include "models/access/secretvariable.h"
#include "models/credentialstore.h"

#include <QObject>

#include <functional>

namespace cockpit {

// Takes the variables of the project's accounts out of the environment, whether they are needed or not. Two accounts
// with one variable between them get nothing from it.
std::map<QString, Secret> secretsOfEnvironment(const std::vector<TestActor> &actors); // by TestActor::id
// In the same way, what came by mail to them (models/access/mailedlink.h), by its names in a keychain entry.
std::map<QString, HoleValues> mailedOfEnvironment(const std::vector<TestActor> &actors); // by TestActor::id

// Into the terms of the setup's plan, where there are terms and a check that needs accounts (or something that an
// account takes away); the reason why one has none names its variable. What came by mail joins the entry, wherever that
// is from. Calls back in this thread, at once or later; not after context is gone. The practice company brings its own.
void fetchAccountSecrets(AuditSetup &setup, const Composition &composition, CredentialStore &keychain, QObject *context,
                         std::function<void()> done);

} // namespace cockpit
