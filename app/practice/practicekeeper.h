// A test account of one of the practice company's products, with what its founder would have put into the keychain.
#pragma once

#include "app/practice/shop/practiceaccount.h"
#include "models/access/actor.h"
#include "models/projectstate.h"
#include "models/secret.h"

#include <optional>
#include <vector>

namespace cockpit {

struct PracticeKeeper
{
    TestActor actor;
    Secret secret;
    QString keychainEntry; // of the kind Practice: no keychain has it
};

// How the accounts of one product sign in, and how they are told from those of the others.
struct PracticeDoor
{
    SignIn how;
    QString whoAmIUrl = {}; // as in TestActor
    QString whoAmIPointer = {};
    QString idPrefix = {}; // unique among all products
    QString place = {};    // beside the person's name in the list of accounts ("desk"); empty: no other has that person
};

// The account as the project knows it.
PracticeKeeper keeperOf(const PracticeAccount &account, const PracticeDoor &door);

std::vector<TestActor> actorsOf(const std::vector<PracticeKeeper> &keepers);
std::vector<Credential> credentialsOf(const std::vector<PracticeKeeper> &keepers);
// Null without one of that entry.
const PracticeKeeper *keeperIn(const std::vector<PracticeKeeper> &keepers, const QString &keychainEntry);

} // namespace cockpit
