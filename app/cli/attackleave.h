// Leave for `audit --active`: whether the target is provably the caller's, and what may be sent to it then.
#pragma once

#include "app/cli/auditsetup.h"
#include "checks/engine/canceltoken.h"

#include <QObject>
#include <QStringList>

#include <functional>

namespace cockpit {

// Checks of the run that send test attacks or sign in as test accounts, and have all else that they need.
QStringList attacksIn(const PlanRequest &request, const CheckCatalog &catalog, const CheckRegistry &registry);

// For the person, before anything is sent.
struct AttackNotice
{
    bool isGiven = false;
    QString sentence; // what will be sent, where to and how much at most; or why nothing is
};

// Settles the permission of the setup's plan, and calls back in this thread, at once or later; not after `context` is
// gone. Without --active, or without a check that asks for it, nothing is looked for. With it the command line agrees,
// for this run alone; the proof is that of the project while it is valid, what leads to this computer, or is looked for
// now: the token of the project, or of --token, in the TXT record and in the file.
void seekAttackLeave(AuditSetup &setup, const Options &options, const Composition &composition,
                     const CancelToken &cancel, QObject *context, std::function<void(const AttackNotice &)> done);

} // namespace cockpit
