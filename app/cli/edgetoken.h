// The token for the edge's settings, where no window asks for it: from the keychain of whoever runs the command, or
// from the environment of a build server that has none. Never an argument: those are read by everybody on the machine.
#pragma once

#include "app/cli/auditsetup.h"
#include "models/credentialstore.h"

#include <QObject>

#include <chrono>

namespace cockpit {

constexpr auto kTokenVariable = "LAUNCH_COCKPIT_CLOUDFLARE_TOKEN";
constexpr std::chrono::seconds kTokenPatience{20};

// Puts it into the facts of the setup's plan, where a check of the run needs one and one is to be had, and calls back
// in this thread, at once or later; not after context is gone. keychain outlives the call back. What the variable holds
// is taken out of the environment. The practice company gets none.
void fetchEdgeToken(AuditSetup &setup, const Composition &composition, CredentialStore &keychain, QObject *context,
                    std::function<void()> done);

} // namespace cockpit
