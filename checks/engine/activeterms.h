// What the founder agreed to for one run, and the values that the test accounts sign in with.
#pragma once

#include "models/access/actor.h"
#include "models/access/permission.h"
#include "models/access/undojournal.h"
#include "models/secret.h"

#include <QString>
#include <QStringList>

#include <atomic>
#include <map>
#include <memory>
#include <vector>

namespace cockpit {

struct ActiveTerms
{
    ActiveBudget budget;
    QStringList hosts;                                   // the only ones that active requests go to; A-labels
    std::map<QString, Secret> secrets = {};              // by TestActor::id
    std::shared_ptr<const std::atomic_bool> killed = {}; // the kill switch; null: none
    QStringList signInHosts = {};                        // where test accounts sign in, beside the hosts; A-labels
    QStringList throwAway = {};                          // TestActor::id of accounts that may be locked out
    std::map<QString, QString> missingSecrets = {};      // by TestActor::id: why an account has none, in a sentence
    // Where it is written down what the run is about to make or change, before it is sent. Null: the run has no project
    // file, and nothing would be found there after a crash. Who starts a run says which (give()).
    std::shared_ptr<UndoJournal> journal = {};
    bool isHere = false; // given without a proof, as all hosts lead to this computer: at no port do they lead elsewhere
};

// Of a permission that was given (permissionState() is Given; nobody else asks): the hosts that the proof covers, the
// hosts that the actors sign in at, the accounts that may be locked. The budget is held to its bounds.
ActiveTerms activeTermsOf(const Permission &permission, const Target &target, const std::vector<TestActor> &actors,
                          std::map<QString, Secret> secrets, std::shared_ptr<const std::atomic_bool> killed = {});

} // namespace cockpit
